// SPDX-License-Identifier: GPL-2.0
/*
 * Wait queues. The queue's lock orders a waiter's queueing against a waker's walk; the barrier in
 * set_current_state() does the rest: the waiter sees the condition, or the waker sees the waiter.
 */
#include <linux/export.h>
#include <linux/sched.h>
#include <linux/wait.h>

int default_wake_function(struct wait_queue_entry *wq_entry, unsigned int mode, int flags,
			  void *key)
{
	return wake_up_state(wq_entry->private, mode);
}
EXPORT_SYMBOL(default_wake_function);

/*
 * As default_wake_function(), and takes the waiter off the queue, so that a second wake-up goes to
 * another one.
 */
int autoremove_wake_function(struct wait_queue_entry *wq_entry, unsigned int mode, int flags,
			     void *key)
{
	int woken = default_wake_function(wq_entry, mode, flags, key);

	if (woken)
		list_del_init(&wq_entry->entry);
	return woken;
}
EXPORT_SYMBOL(autoremove_wake_function);

static void queue_waiter(struct wait_queue_head *wq, struct wait_queue_entry *wq_entry)
{
	if (wq_entry->flags & WQ_FLAG_EXCLUSIVE)
		list_add_tail(&wq_entry->entry, &wq->head);
	else
		list_add(&wq_entry->entry, &wq->head);
}

/* Queue a waiter for every wake-up until remove_wait_queue(). Context: any. */
void add_wait_queue(struct wait_queue_head *wq, struct wait_queue_entry *wq_entry)
{
	unsigned long flags;

	spin_lock_irqsave(&wq->lock, flags);
	wq_entry->flags &= ~WQ_FLAG_EXCLUSIVE;
	queue_waiter(wq, wq_entry);
	spin_unlock_irqrestore(&wq->lock, flags);
}
EXPORT_SYMBOL(add_wait_queue);

void remove_wait_queue(struct wait_queue_head *wq, struct wait_queue_entry *wq_entry)
{
	unsigned long flags;

	spin_lock_irqsave(&wq->lock, flags);
	list_del(&wq_entry->entry);
	spin_unlock_irqrestore(&wq->lock, flags);
}
EXPORT_SYMBOL(remove_wait_queue);

static void prepare(struct wait_queue_head *wq, struct wait_queue_entry *wq_entry, int state)
{
	unsigned long flags;

	spin_lock_irqsave(&wq->lock, flags);
	if (list_empty(&wq_entry->entry))
		queue_waiter(wq, wq_entry);
	set_current_state(state);
	spin_unlock_irqrestore(&wq->lock, flags);
}

/**
 * prepare_to_wait() - queue the caller and set its state; what follows is the look at the
 * condition, then schedule()
 * @wq: the queue
 * @wq_entry: from DEFINE_WAIT()
 * @state: TASK_INTERRUPTIBLE or TASK_UNINTERRUPTIBLE
 *
 * Context: thread.
 */
void prepare_to_wait(struct wait_queue_head *wq, struct wait_queue_entry *wq_entry, int state)
{
	wq_entry->flags &= ~WQ_FLAG_EXCLUSIVE;
	prepare(wq, wq_entry, state);
}
EXPORT_SYMBOL(prepare_to_wait);

/* The same for a waiter of which wake_up() wakes only one, the one that waits longest. */
void prepare_to_wait_exclusive(struct wait_queue_head *wq, struct wait_queue_entry *wq_entry,
			       int state)
{
	wq_entry->flags |= WQ_FLAG_EXCLUSIVE;
	prepare(wq, wq_entry, state);
}
EXPORT_SYMBOL(prepare_to_wait_exclusive);

/**
 * finish_wait() - the end of what prepare_to_wait() began
 * @wq: the queue
 * @wq_entry: the caller's entry, off the queue when this returns
 *
 * Always takes the lock: a waker that has just taken the entry off may still be looking at it.
 *
 * Context: thread.
 */
void finish_wait(struct wait_queue_head *wq, struct wait_queue_entry *wq_entry)
{
	unsigned long flags;

	__set_current_state(TASK_RUNNING);
	spin_lock_irqsave(&wq->lock, flags);
	list_del_init(&wq_entry->entry);
	spin_unlock_irqrestore(&wq->lock, flags);
}
EXPORT_SYMBOL(finish_wait);

static void wake_up_common(struct wait_queue_head *wq, unsigned int mode, int nr_exclusive,
			   void *key)
{
	struct wait_queue_entry *curr, *next;

	list_for_each_entry_safe(curr, next, &wq->head, entry) {
		bool exclusive = curr->flags & WQ_FLAG_EXCLUSIVE;

		if (curr->func(curr, mode, 0, key) && exclusive && --nr_exclusive == 0)
			break;
	}
}

/* For a caller that holds wq->lock. */
void __wake_up_locked(struct wait_queue_head *wq, unsigned int mode, int nr_exclusive)
{
	wake_up_common(wq, mode, nr_exclusive, NULL);
}

/**
 * __wake_up() - wake the threads on a queue; see wake_up()
 * @wq: the queue
 * @mode: the states to wake from
 * @nr_exclusive: how many exclusive waiters, 0 for all
 * @key: for the entries' wake functions
 *
 * Context: any.
 */
void __wake_up(struct wait_queue_head *wq, unsigned int mode, int nr_exclusive, void *key)
{
	unsigned long flags;

	spin_lock_irqsave(&wq->lock, flags);
	wake_up_common(wq, mode, nr_exclusive, key);
	spin_unlock_irqrestore(&wq->lock, flags);
}
EXPORT_SYMBOL(__wake_up);
