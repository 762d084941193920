// SPDX-License-Identifier: GPL-2.0
/* A high-resolution timer that moves itself on, and what it left behind when it was cancelled. */
#include <linux/completion.h>
#include <linux/hrtimer.h>
#include <linux/init.h>
#include <linux/ktime.h>
#include <linux/module.h>

#define BEATS	4

static struct hrtimer timer;
static DECLARE_COMPLETION(played);
static ktime_t interval;
static int beats;
static u64 missed;

static enum hrtimer_restart beat(struct hrtimer *t)
{
	missed += hrtimer_forward_now(t, interval) - 1;
	if (++beats < BEATS)
		return HRTIMER_RESTART;
	complete(&played);
	return HRTIMER_NORESTART;
}

static int __init metronome_init(void)
{
	interval = ktime_set(0, 300000);
	hrtimer_init(&timer, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	timer.function = &beat;
	hrtimer_start(&timer, interval, HRTIMER_MODE_REL);
	wait_for_completion(&played);
	pr_info("metronome: %d beats\n", beats);
	hrtimer_start(&timer, ktime_set(3600, 0), HRTIMER_MODE_REL);
	return 0;
}

static void __exit metronome_exit(void)
{
	pr_info("metronome: the timer was %s\n", hrtimer_cancel(&timer) ? "armed" : "idle");
}

module_init(metronome_init);
module_exit(metronome_exit);

MODULE_LICENSE("GPL");
