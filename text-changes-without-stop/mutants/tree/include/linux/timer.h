/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Timers: a function called once, in interrupt context, on the CPU that armed it, when its jiffy
 * has come.
 */
#ifndef _LINUX_TIMER_H
#define _LINUX_TIMER_H

#include <linux/container_of.h>
#include <linux/jiffies.h>
#include <linux/types.h>

/**
 * struct timer_list - one timer
 * @entry: on the list of its CPU, NULL pointers while not pending
 * @expires: the jiffy at which it fires
 * @deadline: the same as a timebase value
 * @function: what to call
 * @flags: as given to timer_setup(); none has a meaning here
 * @cpu: whose list it is on, or was on last; ~0 while it moves
 * @data_function: what else to call, for setup_timer()
 * @data: its argument
 */
struct timer_list {
	struct list_head entry;
	unsigned long expires;
	u64 deadline;
	void (*function)(struct timer_list *t);
	u32 flags;
	unsigned int cpu;
	void (*data_function)(unsigned long data);
	unsigned long data;
};

#define TIMER_DEFERRABLE	0x1
#define TIMER_PINNED		0x2
#define TIMER_IRQSAFE		0x4

/* The form before Linux 4.15: the function gets @data instead of the timer. */
#define setup_timer(timer, fn, _data)			\
	do {						\
		timer_setup(timer, timer_call_data, 0);	\
		(timer)->data_function = (fn);		\
		(timer)->data = (_data);		\
	} while (0)

#define DEFINE_TIMER(_name, _function) \
	struct timer_list _name = { .function = (_function) }

#define timer_setup(timer, callback, _flags)		\
	do {						\
		*(timer) = (struct timer_list) {	\
			.function = (callback),		\
			.flags = (_flags),		\
		};					\
	} while (0)

#define timer_setup_on_stack(timer, callback, flags)	timer_setup(timer, callback, flags)
#define destroy_timer_on_stack(timer)			do { (void)(timer); } while (0)
#define from_timer(var, timer, field)			container_of(timer, __typeof__(*var), field)

static inline int timer_pending(const struct timer_list *timer)
{
	return READ_ONCE(timer->entry.next) != NULL;
}

void add_timer(struct timer_list *timer);
int mod_timer(struct timer_list *timer, unsigned long expires);
void mod_timer_ktime(struct timer_list *timer, s64 expires);
int del_timer(struct timer_list *timer);
int del_timer_sync(struct timer_list *timer);

#define timer_container_of(var, timer, field)		from_timer(var, timer, field)
#define timer_delete(timer)		del_timer(timer)
#define timer_delete_sync(timer)	del_timer_sync(timer)
#define timer_shutdown(timer)		del_timer(timer)
#define timer_shutdown_sync(timer)	del_timer_sync(timer)

/* What a timer made by setup_timer() calls. */
void timer_call_data(struct timer_list *timer);

/* The upcall: this CPU's deadline has been reached. Soft mask set, irq context. */
void timer_interrupt(void);

#endif
