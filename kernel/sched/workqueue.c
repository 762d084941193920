// SPDX-License-Identifier: GPL-2.0
/*
 * Workqueues: a list of work, and a few threads that take it off, first come first served. One lock
 * protects all queues. A piece of work is never run by two threads at a time: a worker passes over
 * what another one is just running.
 *
 * The pending bit of a piece of work has one owner at a time: its queue, its timer, or whoever
 * cancels it. From getting it to passing it on the owner has interrupts off, as who comes with one may
 * wait for it. What work->func does to the work, its memory included, is its own business: once it
 * has been called, nothing here touches the work again, and the worker remembers only its address.
 *
 * Each piece of work gets a number when it joins a queue. Waiting is for numbers up to the one that
 * was the last when the wait began, so that work that queues itself again cannot prolong it.
 */
#include <linux/bug.h>
#include <linux/delay.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

#define SYSTEM_WORKERS	4
#define MAX_WORKERS	8
#define DRAIN_ROUNDS	10	/* before a queue whose work keeps queueing itself is named */

/**
 * struct worker - one thread of a queue
 * @wq: its queue
 * @task: the thread
 * @current_work: what it runs; only to compare with
 * @seq: its number
 */
struct worker {
	struct workqueue_struct *wq;
	struct task_struct *task;
	struct work_struct *current_work;
	u64 seq;
};

/**
 * struct workqueue_struct - a queue
 * @name: of its threads
 * @worklist: what is to be done
 * @more: where idle workers wait
 * @last_seq: the number of what was queued last
 * @nr_workers: how many of @workers there are
 */
struct workqueue_struct {
	char name[TASK_COMM_LEN];
	struct list_head worklist;
	struct wait_queue_head more;
	u64 last_seq;
	unsigned int nr_workers;
	struct worker workers[MAX_WORKERS];
};

static DEFINE_SPINLOCK(wq_lock);		/* all queues, and the work on them */
static DECLARE_WAIT_QUEUE_HEAD(wq_done);	/* woken when something has been done */

struct workqueue_struct *system_wq __ro_after_init;
EXPORT_SYMBOL(system_wq);

/* ---- the workers ---- */

/* Whether a worker of @wq runs @work (NULL: anything) with a number up to @seq. Under wq_lock. */
static bool is_running(const struct workqueue_struct *wq, const struct work_struct *work, u64 seq)
{
	for (unsigned int i = 0; i < wq->nr_workers; i++) {
		const struct worker *w = &wq->workers[i];

		if (w->current_work && (!work || w->current_work == work) && w->seq <= seq)
			return true;
	}
	return false;
}

/* The first piece of work that nobody runs; its pending bit is cleared. Return: NULL if none. */
static work_func_t take_work(struct worker *worker)
{
	struct workqueue_struct *wq = worker->wq;
	work_func_t func = NULL;
	struct work_struct *work;

	spin_lock_irq(&wq_lock);
	list_for_each_entry(work, &wq->worklist, entry) {
		if (is_running(wq, work, ~0ull))
			continue;
		list_del_init(&work->entry);
		worker->current_work = work;
		worker->seq = work->seq;
		func = work->func;
		clear_bit_unlock(0, &work->pending);
		break;
	}
	spin_unlock_irq(&wq_lock);
	return func;
}

static void finish_work(struct worker *worker)
{
	spin_lock_irq(&wq_lock);
	worker->current_work = NULL;
	spin_unlock_irq(&wq_lock);
	wake_up_all(&wq_done);
}

static int worker_main(void *data)
{
	struct worker *worker = data;
	work_func_t func;

	for (;;) {
		wait_event_interruptible(worker->wq->more,
					 (func = take_work(worker)) || kthread_should_stop());
		if (!func)
			return 0;
		func(worker->current_work);
		finish_work(worker);
		cond_resched();
	}
}

/* ---- queueing ---- */

/* Put work whose pending bit the caller owns on a queue. Context: any. */
static void insert_work(struct workqueue_struct *wq, struct work_struct *work)
{
	unsigned long flags;

	spin_lock_irqsave(&wq_lock, flags);
	work->wq = wq;
	work->seq = ++wq->last_seq;
	list_add_tail(&work->entry, &wq->worklist);
	spin_unlock_irqrestore(&wq_lock, flags);
	wake_up_all(&wq->more);
}

/**
 * queue_work() - have a function called by one of a queue's threads
 * @wq: the queue
 * @work: the function
 *
 * Context: any. Return: false if it was pending already; then nothing changes.
 */
bool queue_work(struct workqueue_struct *wq, struct work_struct *work)
{
	unsigned long flags;
	bool queued;

	local_irq_save(flags);
	queued = !test_and_set_bit(0, &work->pending);
	if (queued)
		insert_work(wq, work);
	local_irq_restore(flags);
	return queued;
}
EXPORT_SYMBOL(queue_work);

void delayed_work_timer_fn(struct timer_list *timer)
{
	struct delayed_work *dwork = container_of(timer, struct delayed_work, timer);

	insert_work(dwork->work.wq, &dwork->work);
}
EXPORT_SYMBOL(delayed_work_timer_fn);

/* The same after @delay jiffies; the caller owns the pending bit. */
static void start_delayed(struct workqueue_struct *wq, struct delayed_work *dwork,
			  unsigned long delay)
{
	if (!delay) {
		insert_work(wq, &dwork->work);
		return;
	}
	dwork->work.wq = wq;
	mod_timer(&dwork->timer, jiffies + delay);
}

/**
 * queue_delayed_work() - queue_work() after a while
 * @wq: the queue
 * @dwork: the function
 * @delay: in jiffies
 *
 * Context: any. Return: false if it was pending already; then nothing changes.
 */
bool queue_delayed_work(struct workqueue_struct *wq, struct delayed_work *dwork,
			unsigned long delay)
{
	unsigned long flags;
	bool queued;

	local_irq_save(flags);
	queued = !test_and_set_bit(0, &dwork->work.pending);
	if (queued)
		start_delayed(wq, dwork, delay);
	local_irq_restore(flags);
	return queued;
}
EXPORT_SYMBOL(queue_delayed_work);

/* ---- taking it back ---- */

static bool take_off_list(struct work_struct *work)
{
	unsigned long flags;
	bool queued;

	spin_lock_irqsave(&wq_lock, flags);
	queued = !list_empty(&work->entry);
	list_del_init(&work->entry);
	spin_unlock_irqrestore(&wq_lock, flags);
	return queued;
}

/*
 * Become the owner of @work's pending bit. While its timer function runs, or somebody else cancels
 * it, that takes a few rounds. Context: any; @may_sleep if another canceller may be in the way.
 * Return: whether the work was pending; interrupts are off, as *@flags tells.
 */
static bool grab_pending(struct work_struct *work, struct timer_list *timer, bool may_sleep,
			 unsigned long *flags)
{
	for (;;) {
		local_irq_save(*flags);
		if (timer && del_timer(timer))
			return true;
		if (!test_and_set_bit(0, &work->pending))
			return false;
		if (take_off_list(work))
			return true;
		local_irq_restore(*flags);
		if (may_sleep)
			msleep(1);
		else
			cpu_relax();
	}
}

/**
 * mod_delayed_work() - queue_delayed_work(), or change the delay of what is pending
 * @wq: the queue
 * @dwork: the function
 * @delay: in jiffies, from now
 *
 * Context: any, if nobody cancels it meanwhile. Return: whether it was pending.
 */
bool mod_delayed_work(struct workqueue_struct *wq, struct delayed_work *dwork,
		      unsigned long delay)
{
	unsigned long flags;
	bool pending = grab_pending(&dwork->work, &dwork->timer, false, &flags);

	start_delayed(wq, dwork, delay);
	local_irq_restore(flags);
	return pending;
}
EXPORT_SYMBOL(mod_delayed_work);

static bool cancel(struct work_struct *work, struct timer_list *timer)
{
	unsigned long flags;
	bool pending = grab_pending(work, timer, false, &flags);

	clear_bit_unlock(0, &work->pending);
	local_irq_restore(flags);
	return pending;
}

/* Whether @work is still queued or running with a number up to @seq. */
static bool is_busy(struct workqueue_struct *wq, struct work_struct *work, u64 seq)
{
	unsigned long flags;
	bool busy;

	spin_lock_irqsave(&wq_lock, flags);
	busy = is_running(wq, work, seq);
	if (work)
		busy |= !list_empty(&work->entry) && work->seq <= seq;
	else if (!list_empty(&wq->worklist))
		busy |= list_first_entry(&wq->worklist, struct work_struct, entry)->seq <= seq;
	spin_unlock_irqrestore(&wq_lock, flags);
	return busy;
}

static bool cancel_sync(struct work_struct *work, struct timer_list *timer)
{
	unsigned long flags;
	bool pending = grab_pending(work, timer, true, &flags);

	local_irq_restore(flags);
	if (work->wq)
		wait_event(wq_done, !is_busy(work->wq, work, ~0ull));
	clear_bit_unlock(0, &work->pending);
	return pending;
}

/* Take work back if it has not begun. Context: any. Return: whether it was pending. */
bool cancel_work(struct work_struct *work)
{
	return cancel(work, NULL);
}
EXPORT_SYMBOL(cancel_work);

bool cancel_delayed_work(struct delayed_work *dwork)
{
	return cancel(&dwork->work, &dwork->timer);
}
EXPORT_SYMBOL(cancel_delayed_work);

/**
 * cancel_work_sync() - take work back, and wait until it has ended if it runs
 * @work: the work; it may be queueing itself again: that has no effect
 *
 * Context: may sleep; not from the work itself. Return: whether it was pending.
 */
bool cancel_work_sync(struct work_struct *work)
{
	return cancel_sync(work, NULL);
}
EXPORT_SYMBOL(cancel_work_sync);

bool cancel_delayed_work_sync(struct delayed_work *dwork)
{
	return cancel_sync(&dwork->work, &dwork->timer);
}
EXPORT_SYMBOL(cancel_delayed_work_sync);

/* ---- waiting for it ---- */

/**
 * flush_work() - wait until work has been done as often as it is queued now
 * @work: the work
 *
 * Context: may sleep; not from the work itself. Return: whether there was anything to wait for.
 */
bool flush_work(struct work_struct *work)
{
	struct workqueue_struct *wq = READ_ONCE(work->wq);
	u64 seq = READ_ONCE(work->seq);

	if (!wq || !is_busy(wq, work, seq))
		return false;
	wait_event(wq_done, !is_busy(wq, work, seq));
	return true;
}
EXPORT_SYMBOL(flush_work);

/* The same, without the rest of the delay. */
bool flush_delayed_work(struct delayed_work *dwork)
{
	if (del_timer_sync(&dwork->timer))
		insert_work(dwork->work.wq, &dwork->work);
	return flush_work(&dwork->work);
}
EXPORT_SYMBOL(flush_delayed_work);

/**
 * flush_workqueue() - wait until all that is queued now has been done
 * @wq: the queue
 *
 * Context: may sleep; not from work on @wq.
 */
void flush_workqueue(struct workqueue_struct *wq)
{
	u64 seq = READ_ONCE(wq->last_seq);

	wait_event(wq_done, !is_busy(wq, NULL, seq));
}
EXPORT_SYMBOL(flush_workqueue);

/* Wait until nothing is queued any more, not even by the work itself. Context: may sleep. */
void drain_workqueue(struct workqueue_struct *wq)
{
	for (unsigned int round = 1; is_busy(wq, NULL, ~0ull); round++) {
		if (round == DRAIN_ROUNDS)
			pr_warn("workqueue %s: its work keeps queueing itself\n", wq->name);
		flush_workqueue(wq);
	}
}
EXPORT_SYMBOL(drain_workqueue);

/* ---- queues ---- */

static void stop_workers(struct workqueue_struct *wq)
{
	for (unsigned int i = 0; i < wq->nr_workers; i++)
		kthread_stop(wq->workers[i].task);
}

static int start_workers(struct workqueue_struct *wq, unsigned int n)
{
	for (; wq->nr_workers < n; wq->nr_workers++) {
		struct worker *worker = &wq->workers[wq->nr_workers];

		worker->wq = wq;
		worker->task = kthread_run(worker_main, worker, "%s/%u", wq->name, wq->nr_workers);
		if (IS_ERR(worker->task))
			return -ENOMEM;
	}
	return 0;
}

/**
 * alloc_workqueue() - make a queue
 * @fmt: the name of its threads, a printk format
 * @flags: WQ_*
 * @max_active: how much of its work may run at a time; 0: a few; 1: in the order of queueing
 *
 * Context: may sleep. Return: the queue, or NULL if memory is short.
 */
struct workqueue_struct *alloc_workqueue(const char *fmt, unsigned int flags, int max_active, ...)
{
	struct workqueue_struct *wq = kzalloc(sizeof(*wq), GFP_KERNEL);
	va_list args;

	if (!wq)
		return NULL;
	va_start(args, max_active);
	vsnprintf(wq->name, sizeof(wq->name), fmt, args);
	va_end(args);
	INIT_LIST_HEAD(&wq->worklist);
	init_waitqueue_head(&wq->more);
	if (start_workers(wq, clamp(max_active ?: SYSTEM_WORKERS, 1, MAX_WORKERS)))
		goto out_stop;
	return wq;

out_stop:
	stop_workers(wq);
	kfree(wq);
	return NULL;
}
EXPORT_SYMBOL(alloc_workqueue);

/**
 * destroy_workqueue() - end a queue, after all that is on it has been done
 * @wq: the queue; nobody queues on it any more, except its own work
 *
 * Context: may sleep.
 */
void destroy_workqueue(struct workqueue_struct *wq)
{
	drain_workqueue(wq);
	stop_workers(wq);
	kfree(wq);
}
EXPORT_SYMBOL(destroy_workqueue);

static int __init workqueue_init(void)
{
	system_wq = alloc_workqueue("events", 0, SYSTEM_WORKERS);
	return system_wq ? 0 : -ENOMEM;
}
core_initcall(workqueue_init);
