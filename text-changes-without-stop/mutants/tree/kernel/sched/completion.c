// SPDX-License-Identifier: GPL-2.0
/*
 * Completions. All happens under the wait queue's lock, which the waiter takes again before it goes
 * on: when it returns, the completer has let go of the completion, which may be on the waiter's
 * stack.
 */
#include <linux/completion.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/sched.h>

/**
 * complete() - let one waiter go on, now or when it comes
 * @x: the completion
 *
 * Context: any.
 */
void complete(struct completion *x)
{
	unsigned long flags;

	spin_lock_irqsave(&x->wait.lock, flags);
	if (x->done != COMPLETION_ALL)
		x->done++;
	__wake_up_locked(&x->wait, TASK_NORMAL, 1);
	spin_unlock_irqrestore(&x->wait.lock, flags);
}
EXPORT_SYMBOL(complete);

/**
 * complete_all() - let all waiters go on, now and ever, until reinit_completion()
 * @x: the completion
 *
 * Context: any.
 */
void complete_all(struct completion *x)
{
	unsigned long flags;

	spin_lock_irqsave(&x->wait.lock, flags);
	x->done = COMPLETION_ALL;
	__wake_up_locked(&x->wait, TASK_NORMAL, 0);
	spin_unlock_irqrestore(&x->wait.lock, flags);
}
EXPORT_SYMBOL(complete_all);

static void take_one(struct completion *x)
{
	if (x->done != COMPLETION_ALL)
		x->done--;
}

/* Return: what is left of @timeout, at least 1, or 0 if it ran out. */
static long wait_common(struct completion *x, long timeout, int state)
{
	DEFINE_WAIT(wait);

	might_sleep();
	wait.flags = WQ_FLAG_EXCLUSIVE;
	spin_lock_irq(&x->wait.lock);
	while (!x->done && timeout) {
		if (list_empty(&wait.entry))
			list_add_tail(&wait.entry, &x->wait.head);
		__set_current_state(state);
		spin_unlock_irq(&x->wait.lock);
		timeout = schedule_timeout(timeout);
		spin_lock_irq(&x->wait.lock);
	}
	list_del_init(&wait.entry);
	if (x->done) {
		take_one(x);
		timeout = timeout ? timeout : 1;
	}
	spin_unlock_irq(&x->wait.lock);
	return timeout;
}

/**
 * wait_for_completion() - wait for complete()
 * @x: the completion
 *
 * Context: may sleep.
 */
void wait_for_completion(struct completion *x)
{
	wait_common(x, MAX_SCHEDULE_TIMEOUT, TASK_UNINTERRUPTIBLE);
}
EXPORT_SYMBOL(wait_for_completion);

/* The same, shown as S and not D. Return: 0; there are no signals. */
int wait_for_completion_interruptible(struct completion *x)
{
	wait_common(x, MAX_SCHEDULE_TIMEOUT, TASK_INTERRUPTIBLE);
	return 0;
}
EXPORT_SYMBOL(wait_for_completion_interruptible);

/**
 * wait_for_completion_timeout() - wait for complete(), but not for ever
 * @x: the completion
 * @timeout: in jiffies
 *
 * Context: may sleep. Return: 0 if the time ran out, else the jiffies left, at least 1.
 */
unsigned long wait_for_completion_timeout(struct completion *x, unsigned long timeout)
{
	return wait_common(x, (long)timeout, TASK_UNINTERRUPTIBLE);
}
EXPORT_SYMBOL(wait_for_completion_timeout);

/* The same, shown as S and not D. */
long wait_for_completion_interruptible_timeout(struct completion *x, unsigned long timeout)
{
	return wait_common(x, (long)timeout, TASK_INTERRUPTIBLE);
}
EXPORT_SYMBOL(wait_for_completion_interruptible_timeout);

/**
 * kthread_complete_and_exit() - complete() and end the calling thread, without a step between
 * @x: the completion, or NULL
 * @code: what kthread_stop() will return
 *
 * Whoever waits for @x may unload the module that the thread comes from.
 *
 * Context: thread.
 */
void __noreturn kthread_complete_and_exit(struct completion *x, long code)
{
	if (x)
		complete(x);
	do_exit(code);
}
EXPORT_SYMBOL(kthread_complete_and_exit);

/**
 * try_wait_for_completion() - take a completion if there is one
 * @x: the completion
 *
 * Context: any. Return: whether there was.
 */
bool try_wait_for_completion(struct completion *x)
{
	unsigned long flags;
	bool done;

	spin_lock_irqsave(&x->wait.lock, flags);
	done = x->done != 0;
	if (done)
		take_one(x);
	spin_unlock_irqrestore(&x->wait.lock, flags);
	return done;
}
EXPORT_SYMBOL(try_wait_for_completion);

/* Return: whether a waiter would not have to wait. Context: any. */
bool completion_done(struct completion *x)
{
	unsigned long flags;
	bool done;

	spin_lock_irqsave(&x->wait.lock, flags);
	done = x->done != 0;
	spin_unlock_irqrestore(&x->wait.lock, flags);
	return done;
}
EXPORT_SYMBOL(completion_done);
