/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Tasklets: a function called soon, with preemption off, never twice at a time. There are no
 * interrupts for modules to request.
 */
#ifndef _LINUX_INTERRUPT_H
#define _LINUX_INTERRUPT_H

#include <linux/atomic.h>
#include <linux/irqflags.h>
#include <linux/list.h>
#include <linux/preempt.h>
#include <linux/smp.h>

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
