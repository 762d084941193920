// SPDX-License-Identifier: GPL-2.0
/* Timers fire in order and not early, and are gone once deleted; sleeping is never too short. */
#include <kunit/test.h>
#include <linux/irqflags.h>
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/jiffies.h>
#include <linux/ktime.h>
#include <linux/sched.h>
#include <linux/timer.h>

#define TIMERS		5
#define WAIT		(60 * HZ)

struct test_timer {
	struct timer_list timer;
	unsigned long fired_at;		/* jiffies; 0 = not yet */
	int place;
	bool in_irq;
	struct completion *all_fired;
};

static int places;

static void test_timer_fn(struct timer_list *t)
{
	struct test_timer *tt = from_timer(tt, t, timer);

	tt->fired_at = jiffies;
	tt->place = places++;
	tt->in_irq = in_hardirq();
	if (places == TIMERS)
		complete(tt->all_fired);
}

/* All on one CPU: a timer fires where it was armed. */
static void timers_fire_in_order(struct kunit *test)
{
	static const unsigned int delay[TIMERS] = { 4, 1, 5, 2, 3 };
	struct test_timer tt[TIMERS] = {};
	DECLARE_COMPLETION_ONSTACK(all_fired);
	unsigned long start, flags;
	int i;

	places = 0;
	/* None may fire before all are set, however slow the host is. */
	local_irq_save(flags);
	start = jiffies;
	for (i = 0; i < TIMERS; i++) {
		timer_setup(&tt[i].timer, test_timer_fn, 0);
		tt[i].all_fired = &all_fired;
		KUNIT_EXPECT_EQ(test, mod_timer(&tt[i].timer, start + delay[i]), 0);
		KUNIT_EXPECT_TRUE(test, timer_pending(&tt[i].timer));
	}
	local_irq_restore(flags);
	KUNIT_EXPECT_NE_MSG(test, wait_for_completion_timeout(&all_fired, WAIT), 0ul,
			    "waiting for all timers");
	for (i = 0; i < TIMERS; i++) {
		del_timer_sync(&tt[i].timer);
		KUNIT_EXPECT_EQ(test, tt[i].place, (int)delay[i] - 1);
		KUNIT_EXPECT_TRUE(test, time_after_eq(tt[i].fired_at, start + delay[i]));
		KUNIT_EXPECT_TRUE(test, tt[i].in_irq);
	}
}

static void a_deleted_timer_does_not_fire(struct kunit *test)
{
	DECLARE_COMPLETION_ONSTACK(all_fired);
	struct test_timer tt = { .all_fired = &all_fired };

	timer_setup(&tt.timer, test_timer_fn, 0);
	mod_timer(&tt.timer, jiffies + 2);
	KUNIT_EXPECT_EQ(test, mod_timer(&tt.timer, jiffies + 3), 1);
	KUNIT_EXPECT_EQ(test, del_timer_sync(&tt.timer), 1);
	KUNIT_EXPECT_FALSE(test, timer_pending(&tt.timer));
	KUNIT_EXPECT_EQ(test, del_timer(&tt.timer), 0);
	msleep(50);
	KUNIT_EXPECT_EQ(test, tt.fired_at, 0ul);
}

struct hasty_timer {
	struct timer_list timer;
	unsigned long fired_at;
	int fired, at_once;
	struct completion enough;
};

static void hasty_timer_fn(struct timer_list *t)
{
	struct hasty_timer *ht = from_timer(ht, t, timer);

	ht->at_once += ht->fired_at == jiffies;
	ht->fired_at = jiffies;
	if (++ht->fired < TIMERS)
		mod_timer(t, ht->fired_at);
	else
		complete(&ht->enough);
}

/* Or its CPU would do nothing else any more. */
static void a_timer_that_arms_itself_for_now_waits_a_jiffy(struct kunit *test)
{
	struct hasty_timer ht = {};

	init_completion(&ht.enough);
	timer_setup(&ht.timer, hasty_timer_fn, 0);
	mod_timer(&ht.timer, jiffies);
	KUNIT_EXPECT_NE_MSG(test, wait_for_completion_timeout(&ht.enough, WAIT), 0ul,
			    "waiting for the last time it fires");
	del_timer_sync(&ht.timer);
	KUNIT_EXPECT_EQ(test, ht.at_once, 0);
}

static void sleep_is_never_too_short(struct kunit *test)
{
	static const unsigned int usecs[] = { 1, 50, 700, 3000, 12345 };
	unsigned int i;
	u64 start;

	for (i = 0; i < ARRAY_SIZE(usecs); i++) {
		start = ktime_get_ns();
		usleep_range(usecs[i], usecs[i]);
		KUNIT_EXPECT_GE(test, ktime_get_ns() - start, usecs[i] * 1000ull);
		start = ktime_get_ns();
		udelay(usecs[i]);
		KUNIT_EXPECT_GE(test, ktime_get_ns() - start, usecs[i] * 1000ull);
	}
	start = ktime_get_ns();
	msleep(20);
	KUNIT_EXPECT_GE(test, ktime_get_ns() - start, 20ull * NSEC_PER_MSEC);
	start = ktime_get_ns();
	KUNIT_EXPECT_EQ(test, schedule_timeout_uninterruptible(2), 0l);
	KUNIT_EXPECT_GE(test, ktime_get_ns() - start, 20ull * NSEC_PER_MSEC);
}

static void conversions_do_not_overflow(struct kunit *test)
{
	const u64 century = 100ull * 366 * 86400 * NSEC_PER_SEC;

	KUNIT_EXPECT_GE(test, tb_to_ns(ns_to_tb(century)), century);
	KUNIT_EXPECT_LT(test, tb_to_ns(ns_to_tb(century)) - century, century / 1000000);
	KUNIT_EXPECT_EQ(test, ns_to_tb(0), 0ull);
	KUNIT_EXPECT_EQ(test, ns_to_tb(1), 1ull);
	KUNIT_EXPECT_EQ(test, msecs_to_jiffies(1), 1ul);
	KUNIT_EXPECT_EQ(test, msecs_to_jiffies(11), 2ul);
	KUNIT_EXPECT_TRUE(test, time_after(0ul, ~0ul));
}

static struct kunit_case timer_cases[] = {
	KUNIT_CASE(timers_fire_in_order),
	KUNIT_CASE(a_deleted_timer_does_not_fire),
	KUNIT_CASE(a_timer_that_arms_itself_for_now_waits_a_jiffy),
	KUNIT_CASE(sleep_is_never_too_short),
	KUNIT_CASE(conversions_do_not_overflow),
	{}
};

static struct kunit_suite timer_suite = { .name = "timer", .test_cases = timer_cases };
kunit_test_suite(timer_suite);
