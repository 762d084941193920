/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Timers that fire at a moment of the fine clock: lib/hrtimer.c, linked into each module that uses it. They are the
 * ordinary timers, whose deadlines are as fine; the function is called in interrupt context.
 */
#ifndef _LINUX_HRTIMER_H
#define _LINUX_HRTIMER_H

#include <linux/ktime.h>
#include <linux/time.h>
#include <linux/timekeeping.h>
#include <linux/timer.h>

enum hrtimer_restart { HRTIMER_NORESTART, HRTIMER_RESTART };

enum hrtimer_mode {
	HRTIMER_MODE_ABS = 0x0,
	HRTIMER_MODE_REL = 0x1,
	HRTIMER_MODE_PINNED = 0x2,
	HRTIMER_MODE_SOFT = 0x4,
	HRTIMER_MODE_ABS_PINNED = HRTIMER_MODE_ABS | HRTIMER_MODE_PINNED,
	HRTIMER_MODE_REL_PINNED = HRTIMER_MODE_REL | HRTIMER_MODE_PINNED,
	HRTIMER_MODE_ABS_SOFT = HRTIMER_MODE_ABS | HRTIMER_MODE_SOFT,
	HRTIMER_MODE_REL_SOFT = HRTIMER_MODE_REL | HRTIMER_MODE_SOFT,
};

/**
 * struct hrtimer - one timer
 * @timer: what it is made of
 * @expires: when it fires, or fired last
 * @function: what to call; HRTIMER_RESTART arms it again, at an @expires it has moved on
 */
struct hrtimer {
	struct timer_list timer;
	ktime_t expires;
	enum hrtimer_restart (*function)(struct hrtimer *timer);
};

#ifndef CLOCK_REALTIME
#define CLOCK_REALTIME	0
#define CLOCK_MONOTONIC	1
#define CLOCK_BOOTTIME	7
#endif

/* All clocks are the same here: they count from boot. @function is set by hand. */
void hrtimer_init(struct hrtimer *timer, int clock_id, enum hrtimer_mode mode);
void hrtimer_setup(struct hrtimer *timer, enum hrtimer_restart (*function)(struct hrtimer *timer),
		   int clock_id, enum hrtimer_mode mode);
void hrtimer_start(struct hrtimer *timer, ktime_t tim, enum hrtimer_mode mode);
int hrtimer_cancel(struct hrtimer *timer);
u64 hrtimer_forward(struct hrtimer *timer, ktime_t now, ktime_t interval);

static inline void hrtimer_restart(struct hrtimer *timer)
{
	mod_timer_ktime(&timer->timer, timer->expires);
}

#define hrtimer_start_range_ns(timer, tim, range, mode)	hrtimer_start(timer, tim, mode)
#define hrtimer_forward_now(t, i)	hrtimer_forward(t, ktime_get(), i)
#define hrtimer_cb_get_time(t)		ktime_get()
#define hrtimer_get_expires(t)		((t)->expires)
#define hrtimer_set_expires(t, time)	((void)((t)->expires = (time)))
#define hrtimer_get_remaining(t)	ktime_sub((t)->expires, ktime_get())
#define hrtimer_is_queued(t)		timer_pending(&(t)->timer)
#define hrtimer_active(t)		timer_pending(&(t)->timer)

#endif
