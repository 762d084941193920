// SPDX-License-Identifier: GPL-2.0
/*
 * Tasklets. One thread runs them all, one after the other, with preemption off: what a tasklet may
 * not do (sleep), it cannot do here either, and no tasklet runs twice at a time.
 */
#include <linux/bitops.h>
#include <linux/bug.h>
#include <linux/delay.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/kthread.h>
#include <linux/spinlock.h>
#include <linux/wait.h>

static DEFINE_SPINLOCK(tasklet_lock);	/* the list */
static LIST_HEAD(scheduled);
static DECLARE_WAIT_QUEUE_HEAD(more);

void tasklet_setup(struct tasklet_struct *t, void (*callback)(struct tasklet_struct *t))
{
	*t = (struct tasklet_struct) { .callback = callback };
}
EXPORT_SYMBOL(tasklet_setup);

/* The form before Linux 5.9. */
void tasklet_init(struct tasklet_struct *t, void (*func)(unsigned long data), unsigned long data)
{
	*t = (struct tasklet_struct) { .func = func, .data = data };
}
EXPORT_SYMBOL(tasklet_init);

/* Have @t called, unless that is going to happen anyway. Context: any. */
void tasklet_schedule(struct tasklet_struct *t)
{
	unsigned long flags;

	if (test_and_set_bit(TASKLET_STATE_SCHED, &t->state))
		return;
	spin_lock_irqsave(&tasklet_lock, flags);
	list_add_tail(&t->entry, &scheduled);
	spin_unlock_irqrestore(&tasklet_lock, flags);
	wake_up(&more);
}
EXPORT_SYMBOL(tasklet_schedule);

/* The first that is enabled, off the list and marked as running; NULL if there is none. */
static struct tasklet_struct *take_tasklet(void)
{
	struct tasklet_struct *t, *found = NULL;

	spin_lock_irq(&tasklet_lock);
	list_for_each_entry(t, &scheduled, entry) {
		if (atomic_read(&t->count))
			continue;
		list_del(&t->entry);
		set_bit(TASKLET_STATE_RUN, &t->state);
		clear_bit_unlock(TASKLET_STATE_SCHED, &t->state);
		found = t;
		break;
	}
	spin_unlock_irq(&tasklet_lock);
	return found;
}

static void run_tasklet(struct tasklet_struct *t)
{
	preempt_disable();
	if (t->callback)
		t->callback(t);
	else
		t->func(t->data);
	clear_bit_unlock(TASKLET_STATE_RUN, &t->state);
	preempt_enable();
}

static int tasklet_thread(void *unused)
{
	struct tasklet_struct *t;

	for (;;) {
		wait_event_interruptible(more, (t = take_tasklet()) != NULL);
		run_tasklet(t);
		cond_resched();
	}
	return 0;
}

static void wait_for_bit_clear(struct tasklet_struct *t, unsigned int bit)
{
	while (test_bit(bit, &t->state))
		msleep(1);
	smp_mb();
}

/* Keep @t from running until tasklet_enable(), and wait while it runs. Context: may sleep. */
void tasklet_disable(struct tasklet_struct *t)
{
	atomic_inc_return(&t->count);
	wait_for_bit_clear(t, TASKLET_STATE_RUN);
}
EXPORT_SYMBOL(tasklet_disable);

void tasklet_enable(struct tasklet_struct *t)
{
	atomic_dec_return(&t->count);
	wake_up(&more);
}
EXPORT_SYMBOL(tasklet_enable);

/* Wait until @t is neither scheduled nor running. Context: may sleep. */
void tasklet_kill(struct tasklet_struct *t)
{
	WARN_ON(in_interrupt());
	wait_for_bit_clear(t, TASKLET_STATE_SCHED);
	wait_for_bit_clear(t, TASKLET_STATE_RUN);
}
EXPORT_SYMBOL(tasklet_kill);

static int __init tasklet_start(void)
{
	return PTR_ERR_OR_ZERO(kthread_run(tasklet_thread, NULL, "tasklets"));
}
core_initcall(tasklet_start);
