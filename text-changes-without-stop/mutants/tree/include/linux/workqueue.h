/* SPDX-License-Identifier: GPL-2.0 */
/* Work: a function called once, soon or after a delay, in a thread, where it may sleep. */
#ifndef _LINUX_WORKQUEUE_H
#define _LINUX_WORKQUEUE_H

#include <linux/bitops.h>
#include <linux/jiffies.h>
#include <linux/list.h>
#include <linux/smp.h>
#include <linux/timer.h>

struct work_struct;
struct workqueue_struct;

typedef void (*work_func_t)(struct work_struct *work);

/**
 * struct work_struct - one piece of work; never run by two threads at a time
 * @pending: bit 0: queued, or its timer armed, or being cancelled: queueing it again does nothing
 * @entry: on its queue, else empty
 * @func: what to call
 * @wq: where it was queued last
 * @seq: its number in that queue
 */
struct work_struct {
	unsigned long pending;
	struct list_head entry;
	work_func_t func;
	struct workqueue_struct *wq;
	u64 seq;
};

struct delayed_work {
	struct work_struct work;
	struct timer_list timer;
};

#define __WORK_INITIALIZER(n, f) \
	{ .entry = LIST_HEAD_INIT((n).entry), .func = (f) }
#define __DELAYED_WORK_INITIALIZER(n, f) \
	{ .work = __WORK_INITIALIZER((n).work, f), .timer.function = delayed_work_timer_fn }

#define DECLARE_WORK(n, f)		struct work_struct n = __WORK_INITIALIZER(n, f)
#define DECLARE_DELAYED_WORK(n, f)	struct delayed_work n = __DELAYED_WORK_INITIALIZER(n, f)

#define INIT_WORK(_work, _func)							\
	do {									\
		struct work_struct *__w = (_work);				\
										\
		*__w = (struct work_struct)__WORK_INITIALIZER(*__w, _func);	\
	} while (0)
#define INIT_DELAYED_WORK(_work, _func)						\
	do {									\
		INIT_WORK(&(_work)->work, _func);				\
		timer_setup(&(_work)->timer, delayed_work_timer_fn, 0);		\
	} while (0)
#define INIT_WORK_ONSTACK(work, func)		INIT_WORK(work, func)
#define INIT_DELAYED_WORK_ONSTACK(work, func)	INIT_DELAYED_WORK(work, func)
#define destroy_work_on_stack(work)		do { (void)(work); } while (0)

static inline struct delayed_work *to_delayed_work(struct work_struct *work)
{
	return container_of(work, struct delayed_work, work);
}

#define work_pending(work)		test_bit(0, &(work)->pending)
#define delayed_work_pending(dwork)	work_pending(&(dwork)->work)

/* Only WQ_UNBOUND queues exist; the other flags say what they always say and change nothing. */
#define WQ_UNBOUND		0x0002
#define WQ_FREEZABLE		0x0004
#define WQ_MEM_RECLAIM		0x0008
#define WQ_HIGHPRI		0x0010
#define WQ_CPU_INTENSIVE	0x0020
#define WQ_SYSFS		0x0040
#define WORK_CPU_UNBOUND	NR_CPUS

extern struct workqueue_struct *system_wq;
#define system_long_wq		system_wq
#define system_highpri_wq	system_wq
#define system_unbound_wq	system_wq

__printf(1, 4)
struct workqueue_struct *alloc_workqueue(const char *fmt, unsigned int flags, int max_active, ...);
#define alloc_ordered_workqueue(fmt, flags, args...)	alloc_workqueue(fmt, flags, 1, ##args)
#define create_workqueue(name)			alloc_workqueue("%s", 0, 1, name)
#define create_singlethread_workqueue(name)	alloc_workqueue("%s", 0, 1, name)
void destroy_workqueue(struct workqueue_struct *wq);

bool queue_work(struct workqueue_struct *wq, struct work_struct *work);
bool queue_delayed_work(struct workqueue_struct *wq, struct delayed_work *dwork,
			unsigned long delay);
bool mod_delayed_work(struct workqueue_struct *wq, struct delayed_work *dwork,
		      unsigned long delay);

/* The CPU is a wish. */
#define queue_work_on(cpu, wq, work)			queue_work(wq, work)
#define queue_delayed_work_on(cpu, wq, dwork, delay)	queue_delayed_work(wq, dwork, delay)
#define schedule_work(work)			queue_work(system_wq, work)
#define schedule_work_on(cpu, work)		queue_work(system_wq, work)
#define schedule_delayed_work(dwork, delay)	queue_delayed_work(system_wq, dwork, delay)
#define schedule_delayed_work_on(cpu, dwork, delay)	schedule_delayed_work(dwork, delay)

void flush_workqueue(struct workqueue_struct *wq);
void drain_workqueue(struct workqueue_struct *wq);
#define flush_scheduled_work()	flush_workqueue(system_wq)
bool flush_work(struct work_struct *work);
bool flush_delayed_work(struct delayed_work *dwork);
bool cancel_work(struct work_struct *work);
bool cancel_work_sync(struct work_struct *work);
bool cancel_delayed_work(struct delayed_work *dwork);
bool cancel_delayed_work_sync(struct delayed_work *dwork);

void delayed_work_timer_fn(struct timer_list *timer);

#endif
