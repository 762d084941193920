// SPDX-License-Identifier: GPL-2.0
/* Sleeping for a while: a timer on the sleeper's stack that wakes it. */
#include "sched.h"

#include <linux/delay.h>
#include <linux/export.h>
#include <linux/ktime.h>
#include <linux/timer.h>
#include <stopgap/boot_info.h>

struct sleep_timer {
	struct timer_list timer;
	struct task_struct *task;
};

static void wake_sleeper(struct timer_list *t)
{
	struct sleep_timer *sleeper = from_timer(sleeper, t, timer);

	wake_up_process(sleeper->task);
}

void schedule_until(u64 deadline)
{
	struct sleep_timer sleeper = { .task = current };

	timer_setup_on_stack(&sleeper.timer, wake_sleeper, 0);
	mod_timer_deadline(&sleeper.timer, deadline);
	schedule();
	del_timer_sync(&sleeper.timer);
}

/**
 * schedule_timeout() - sleep until woken, but not for ever
 * @timeout: in jiffies; MAX_SCHEDULE_TIMEOUT is for ever
 *
 * The caller sets its state first; with TASK_RUNNING this is just schedule().
 *
 * Context: may sleep. Return: the jiffies left, 0 if they have all passed.
 */
long schedule_timeout(long timeout)
{
	u64 ticks_per_jiffy = boot_info.tb_freq / HZ;
	u64 deadline, now;

	if (timeout > (long)(MAX_JIFFY_OFFSET / ticks_per_jiffy) / 2) {
		schedule();
		return timeout;
	}
	deadline = platform->clock() + (u64)max(timeout, 0L) * ticks_per_jiffy;
	schedule_until(deadline);
	now = platform->clock();
	return now >= deadline ? 0 : (long)DIV_ROUND_UP(deadline - now, ticks_per_jiffy);
}
EXPORT_SYMBOL(schedule_timeout);

long schedule_timeout_interruptible(long timeout)
{
	__set_current_state(TASK_INTERRUPTIBLE);
	return schedule_timeout(timeout);
}
EXPORT_SYMBOL(schedule_timeout_interruptible);

long schedule_timeout_uninterruptible(long timeout)
{
	__set_current_state(TASK_UNINTERRUPTIBLE);
	return schedule_timeout(timeout);
}
EXPORT_SYMBOL(schedule_timeout_uninterruptible);

/* Wake-ups meant for something else do not cut it short. */
static void sleep_ns(u64 ns)
{
	u64 deadline = platform->clock() + ns_to_tb(ns);

	might_sleep();
	do {
		__set_current_state(TASK_UNINTERRUPTIBLE);
		schedule_until(deadline);
	} while (platform->clock() < deadline);
}

/**
 * msleep() - sleep at least @msecs milliseconds
 * @msecs: how long
 *
 * Context: may sleep.
 */
void msleep(unsigned int msecs)
{
	sleep_ns((u64)msecs * NSEC_PER_MSEC);
}
EXPORT_SYMBOL(msleep);

/* Ends early if somebody wakes the thread. Return: the milliseconds left. */
unsigned long msleep_interruptible(unsigned int msecs)
{
	return jiffies_to_msecs(schedule_timeout_interruptible(msecs_to_jiffies(msecs)));
}
EXPORT_SYMBOL(msleep_interruptible);

/*
 * At least @min microseconds; timers are precise here, so @max is not needed. Context: may sleep.
 */
void usleep_range(unsigned long min, unsigned long max)
{
	sleep_ns(min * NSEC_PER_USEC);
}
EXPORT_SYMBOL(usleep_range);

void fsleep(unsigned long usecs)
{
	sleep_ns(usecs * NSEC_PER_USEC);
}
EXPORT_SYMBOL(fsleep);

void ssleep(unsigned int seconds)
{
	sleep_ns((u64)seconds * NSEC_PER_SEC);
}
EXPORT_SYMBOL(ssleep);
