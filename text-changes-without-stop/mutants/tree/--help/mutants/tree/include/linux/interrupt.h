/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Interrupt lines, which a module may request; nothing but irq_raise() raises them. And tasklets: a function called
 * soon, with preemption off, never twice at a time.
 */
#ifndef _LINUX_INTERRUPT_H
#define _LINUX_INTERRUPT_H

#include <linux/atomic.h>
#include <linux/irqflags.h>
#include <linux/list.h>
#include <linux/preempt.h>
#include <linux/smp.h>

#define NR_IRQS		16

#define IRQF_SHARED	0x00000080	/* others on the line who say so too are fine */

typedef enum irqreturn { IRQ_NONE, IRQ_HANDLED } irqreturn_t;
typedef irqreturn_t (*irq_handler_t)(int irq, void *dev_id);

/**
 * request_irq() - have a function called when a line is raised
 * @irq: the line, below NR_IRQS
 * @handler: called in interrupt context
 * @flags: IRQF_*
 * @name: for a person; stays the caller's
 * @dev_id: given to @handler; tells the users of a shared line apart
 *
 * Context: may sleep, as it allocates. Return: 0; -EINVAL; -EBUSY the line is taken; -ENOMEM.
 */
int request_irq(unsigned int irq, irq_handler_t handler, unsigned long flags, const char *name, void *dev_id);

/**
 * free_irq() - undo request_irq(); when it returns, the handler is not running any more
 * @irq: the line
 * @dev_id: as it was given
 *
 * Context: thread, not one that interrupts on @irq wait for. Return: its name, or NULL after a warning: nobody had it.
 */
const char *free_irq(unsigned int irq, void *dev_id);

/* Has anybody requested the line? Context: any. */
bool irq_has_action(unsigned int irq);

/* Raise a line on this CPU: call its handlers. Context: thread. Return: how many handled it. */
unsigned int irq_raise(unsigned int irq);

#define TASKLET_STATE_SCHED	0
#define TASKLET_STATE_RUN	1

/**
 * struct tasklet_struct - one tasklet
 * @entry: on the list of what is to run
 * @state: bits TASKLET_STATE_*
 * @count: runs only while this is 0
 * @callback: what to call, or NULL
 * @func: what else to call, the older form
 * @data: its argument
 */
struct tasklet_struct {
	struct list_head entry;
	unsigned long state;
	atomic_t count;
	void (*callback)(struct tasklet_struct *t);
	void (*func)(unsigned long data);
	unsigned long data;
};

#define DECLARE_TASKLET(name, _callback) \
	struct tasklet_struct name = { .callback = (_callback) }
#define DECLARE_TASKLET_DISABLED(name, _callback) \
	struct tasklet_struct name = { .count = ATOMIC_INIT(1), .callback = (_callback) }
#define DECLARE_TASKLET_OLD(name, _func) \
	struct tasklet_struct name = { .func = (_func) }
#define DECLARE_TASKLET_DISABLED_OLD(name, _func) \
	struct tasklet_struct name = { .count = ATOMIC_INIT(1), .func = (_func) }

#define from_tasklet(var, t, field)	container_of(t, __typeof__(*(var)), field)

void tasklet_setup(struct tasklet_struct *t, void (*callback)(struct tasklet_struct *t));
void tasklet_init(struct tasklet_struct *t, void (*func)(unsigned long data), unsigned long data);
void tasklet_schedule(struct tasklet_struct *t);
#define tasklet_hi_schedule(t)	tasklet_schedule(t)
void tasklet_disable(struct tasklet_struct *t);
void tasklet_enable(struct tasklet_struct *t);
void tasklet_kill(struct tasklet_struct *t);

#endif
