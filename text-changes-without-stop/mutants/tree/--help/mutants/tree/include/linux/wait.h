/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Wait queues: threads that sleep until a condition holds. The waiter publishes its state, then
 * looks at the condition; the waker makes the condition true, then looks for waiters: one of the
 * two always sees the other.
 */
#ifndef _LINUX_WAIT_H
#define _LINUX_WAIT_H

#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/spinlock.h>

struct wait_queue_entry;

/* Wake one waiter. Return: whether it was woken by this call. */
typedef int (*wait_queue_func_t)(struct wait_queue_entry *wq_entry, unsigned int mode, int flags,
				 void *key);

#define WQ_FLAG_EXCLUSIVE	0x1

struct wait_queue_entry {
	unsigned int flags;
	void *private;
	wait_queue_func_t func;
	struct list_head entry;
};

struct wait_queue_head {
	spinlock_t lock;
	struct list_head head;
};

typedef struct wait_queue_entry wait_queue_entry_t;
typedef struct wait_queue_head wait_queue_head_t;

#define __WAIT_QUEUE_HEAD_INITIALIZER(name)			\
	{							\
		.lock = __SPIN_LOCK_UNLOCKED((name).lock),	\
		.head = LIST_HEAD_INIT((name).head),		\
	}

#define DECLARE_WAIT_QUEUE_HEAD(name) \
	struct wait_queue_head name = __WAIT_QUEUE_HEAD_INITIALIZER(name)

#define DEFINE_WAIT_FUNC(name, function)			\
	struct wait_queue_entry name = {			\
		.private = current,				\
		.func = (function),				\
		.entry = LIST_HEAD_INIT((name).entry),		\
	}

#define DEFINE_WAIT(name)		DEFINE_WAIT_FUNC(name, autoremove_wake_function)
#define DECLARE_WAITQUEUE(name, tsk) \
	struct wait_queue_entry name = { .private = (tsk), .func = default_wake_function }

static inline void init_waitqueue_head(struct wait_queue_head *wq)
{
	spin_lock_init(&wq->lock);
	INIT_LIST_HEAD(&wq->head);
}

/* Only a hint unless the caller has a barrier between its store to the condition and this look. */
static inline int waitqueue_active(struct wait_queue_head *wq)
{
	return !list_empty(&wq->head);
}

int default_wake_function(struct wait_queue_entry *wq_entry, unsigned int mode, int flags,
			  void *key);
int autoremove_wake_function(struct wait_queue_entry *wq_entry, unsigned int mode, int flags,
			     void *key);

void add_wait_queue(struct wait_queue_head *wq, struct wait_queue_entry *wq_entry);
void remove_wait_queue(struct wait_queue_head *wq, struct wait_queue_entry *wq_entry);
void prepare_to_wait(struct wait_queue_head *wq, struct wait_queue_entry *wq_entry, int state);
void prepare_to_wait_exclusive(struct wait_queue_head *wq, struct wait_queue_entry *wq_entry,
			       int state);
void finish_wait(struct wait_queue_head *wq, struct wait_queue_entry *wq_entry);

void __wake_up(struct wait_queue_head *wq, unsigned int mode, int nr_exclusive, void *key);
void __wake_up_locked(struct wait_queue_head *wq, unsigned int mode, int nr_exclusive);

/* All waiters, but only one (or @nr) of the exclusive ones. Context: any. */
#define wake_up(wq)			__wake_up(wq, TASK_NORMAL, 1, NULL)
#define wake_up_nr(wq, nr)		__wake_up(wq, TASK_NORMAL, nr, NULL)
#define wake_up_all(wq)			__wake_up(wq, TASK_NORMAL, 0, NULL)
#define wake_up_interruptible(wq)	__wake_up(wq, TASK_INTERRUPTIBLE, 1, NULL)
#define wake_up_interruptible_all(wq)	__wake_up(wq, TASK_INTERRUPTIBLE, 0, NULL)

/* Sleep with @cmd, a statement, until @condition holds. */
#define ___wait_event(wq, condition, state, cmd)			\
	do {								\
		DEFINE_WAIT(__wait);					\
									\
		for (;;) {						\
			prepare_to_wait(&(wq), &__wait, state);		\
			if (condition)					\
				break;					\
			cmd;						\
		}							\
		finish_wait(&(wq), &__wait);				\
	} while (0)

#define wait_event(wq, condition)					\
	do {								\
		might_sleep();						\
		if (!(condition))					\
			___wait_event(wq, condition, TASK_UNINTERRUPTIBLE, schedule());	\
	} while (0)

/* There are no signals, so this always returns 0. */
#define wait_event_interruptible(wq, condition)				\
	({								\
		might_sleep();						\
		if (!(condition))					\
			___wait_event(wq, condition, TASK_INTERRUPTIBLE, schedule());	\
		0;							\
	})

#define __wait_event_timeout(wq, condition, timeout, state)		\
	({								\
		long __left = (timeout);				\
		bool __met = (condition);				\
									\
		might_sleep();						\
		if (!__met && __left)					\
			___wait_event(wq, (__met = (condition)) || !__left, state,	\
				      __left = schedule_timeout(__left));	\
		__met && !__left ? 1 : __met ? __left : 0;		\
	})

/*
 * Return: 0 if @timeout jiffies passed and @condition is still false, else what is left of them, at
 * least 1.
 */
#define wait_event_timeout(wq, condition, timeout) \
	__wait_event_timeout(wq, condition, timeout, TASK_UNINTERRUPTIBLE)
#define wait_event_interruptible_timeout(wq, condition, timeout) \
	__wait_event_timeout(wq, condition, timeout, TASK_INTERRUPTIBLE)

#endif
