// SPDX-License-Identifier: GPL-2.0
/* Timers of the fine clock: see <linux/hrtimer.h>. */
#include <linux/bug.h>
#include <linux/hrtimer.h>

static void fire(struct timer_list *t)
{
	struct hrtimer *timer = from_timer(timer, t, timer);

	if (timer->function(timer) == HRTIMER_RESTART)
		mod_timer_ktime(t, timer->expires);
}

void hrtimer_init(struct hrtimer *timer, int clock_id, enum hrtimer_mode mode)
{
	hrtimer_setup(timer, NULL, clock_id, mode);
}

void hrtimer_setup(struct hrtimer *timer, enum hrtimer_restart (*function)(struct hrtimer *timer),
		   int clock_id, enum hrtimer_mode mode)
{
	timer_setup(&timer->timer, fire, 0);
	timer->expires = 0;
	timer->function = function;
}

/**
 * hrtimer_start() - arm a timer, or change when it fires
 * @timer: the timer
 * @tim: when; with HRTIMER_MODE_REL, in how long
 * @mode: HRTIMER_MODE_*
 *
 * Context: any.
 */
void hrtimer_start(struct hrtimer *timer, ktime_t tim, enum hrtimer_mode mode)
{
	if (WARN_ON(!timer->function))
		return;
	timer->expires = mode & HRTIMER_MODE_REL ? ktime_add(ktime_get(), tim) : tim;
	mod_timer_ktime(&timer->timer, timer->expires);
}

/* Disarm it, and wait until its function has returned. Context: thread. Return: 1 if it was armed, else 0. */
int hrtimer_cancel(struct hrtimer *timer)
{
	return del_timer_sync(&timer->timer);
}

/**
 * hrtimer_forward() - move when a timer fires past @now, by whole intervals
 * @timer: the timer, not armed
 * @now: the moment
 * @interval: the step
 *
 * Context: any, as a rule the timer's own function. Return: how many intervals that took; 0: it was later than @now.
 */
u64 hrtimer_forward(struct hrtimer *timer, ktime_t now, ktime_t interval)
{
	ktime_t late = ktime_sub(now, timer->expires);
	u64 steps;

	if (late < 0 || interval <= 0)
		return 0;
	steps = (u64)late / (u64)interval + 1;
	timer->expires += (s64)steps * interval;
	return steps;
}
