// SPDX-License-Identifier: GPL-2.0
/*
 * Does time pass in explored runs? Toy races with timers, sleep, delays, and the ends of slices. This file is explored
 * code: its accesses are scheduling points.
 */
#include <kunit/test.h>
#include <asm/processor.h>
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/ktime.h>
#include <linux/string.h>
#include <linux/timer.h>
#include <linux/wait.h>
#include <stopgap/explore.h>

#include "explore_test.h"

static int shared;
static bool flag[2];
static struct timer_list timer;
static unsigned int rings;
static DECLARE_WAIT_QUEUE_HEAD(nobody_wakes);
static struct task_struct *helper;
static bool helper_wanted;

/* ---- what the participants do ---- */

static int add_one(struct race_run *run)
{
	WRITE_ONCE(shared, READ_ONCE(shared) + 1);
	return 0;
}

static int await_flag(struct race_run *run)
{
	while (!READ_ONCE(flag[0]))
		cpu_relax();
	return 0;
}

static void timer_adds_one(struct timer_list *t)
{
	add_one(NULL);
	WRITE_ONCE(rings, rings + 1);
}

static void timer_comes_later(struct timer_list *t)
{
	WRITE_ONCE(flag[1], !READ_ONCE(rings));
}

static int await_timer(struct race_run *run)
{
	while (!READ_ONCE(rings))
		cpu_relax();
	return 0;
}

/* Long enough for the timer to ring meanwhile. */
static int add_one_slowly(struct race_run *run)
{
	int i, old = READ_ONCE(shared);

	for (i = 0; i < 20; i++)
		READ_ONCE(flag[0]);
	WRITE_ONCE(shared, old + 1);
	return 0;
}

static int sleep(struct race_run *run)
{
	msleep(5000);
	return 0;
}

static int wait_in_vain(struct race_run *run)
{
	if (wait_event_timeout(nobody_wakes, READ_ONCE(flag[0]), 2))
		race_hit(run, "it has happened");
	return 0;
}

static int delay(struct race_run *run)
{
	u64 start = ktime_get_ns();

	udelay(300);
	if (ktime_get_ns() - start < 300 * NSEC_PER_USEC)
		race_hit(run, "the delay is too short");
	return 0;
}

static int help(void *data)
{
	while (!kthread_should_stop()) {
		set_current_state(TASK_UNINTERRUPTIBLE);
		if (!READ_ONCE(helper_wanted))
			schedule();
		__set_current_state(TASK_RUNNING);
		if (!READ_ONCE(helper_wanted))
			continue;
		WRITE_ONCE(helper_wanted, false);
		WRITE_ONCE(flag[0], true);
	}
	return 0;
}

/* The helper is on this CPU, of the same class, and gets it when the slice is over. */
static int await_helper(struct race_run *run)
{
	WRITE_ONCE(helper_wanted, true);
	wake_up_process(helper);
	while (!READ_ONCE(flag[0])) {
		cpu_relax();
		cond_resched();
	}
	return 0;
}

/* The helper is left waiting for a CPU whose player has nothing more to do. */
static int ask_helper(struct race_run *run)
{
	WRITE_ONCE(helper_wanted, true);
	wake_up_process(helper);
	return 0;
}

/* ---- before and after ---- */

static int prepare(struct race_run *run)
{
	shared = 0;
	flag[0] = flag[1] = helper_wanted = false;
	rings = 0;
	return 0;
}

static int prepare_timer(struct race_run *run)
{
	prepare(run);
	timer_setup(&timer, timer_adds_one, 0);
	mod_timer(&timer, jiffies + 3 * HZ);
	return 0;
}

static int prepare_timers(struct race_run *run)
{
	static struct timer_list later;

	prepare_timer(run);
	timer_setup(&later, timer_comes_later, 0);
	mod_timer(&later, jiffies + 4 * HZ);
	return 0;
}

static int finish_order(struct race_run *run)
{
	if (flag[1])
		race_hit(run, "the later timer was first");
	return 0;
}

static int finish_sum(struct race_run *run)
{
	if (shared != 2)
		race_hit(run, "lost update: %d", shared);
	return 0;
}

static int finish_nothing(struct race_run *run)
{
	return 0;
}

/* ---- tests ---- */

/* It rings on CPU 0, where it has been armed, at any moment of what CPU 1 does. */
static void a_timer_rings_anywhere(struct kunit *test)
{
	const struct toy toy = { { await_timer, add_one_slowly }, prepare_timer, finish_sum };
	static const char *const names[] = { "random", "pct", "pos", "bounded", "rr" };
	struct explore_stats stats;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(names); i++) {
		struct race_run run = { .n = SCHEDULES, .seed = 1 };

		KUNIT_EXPECT_EQ(test, explore_toy(test, &toy, names[i], &run, &stats), 0);
		if (strcmp(names[i], "bounded"))	/* this one with no preemption at all */
			KUNIT_EXPECT_TRUE_MSG(test, run.hits, "%s finds nothing", names[i]);
		KUNIT_EXPECT_LT(test, run.hits, run.round);
		KUNIT_EXPECT_EQ(test, stats.deadlocks + stats.endless, 0u);
		KUNIT_EXPECT_TRUE(test, !run.hits || !strcmp(run.what, "lost update: 1"));
	}
}

static void time_passes_the_same_in_every_run(struct kunit *test)
{
	const struct toy toy = { { await_timer, add_one }, prepare_timer, finish_sum };
	struct race_run run = { .n = 50, .seed = 7 }, again = run;
	struct explore_stats stats, stats_again;

	KUNIT_EXPECT_EQ(test, explore_toy(test, &toy, "random", &run, &stats), 0);
	KUNIT_EXPECT_EQ(test, explore_toy(test, &toy, "random", &again, &stats_again), 0);
	KUNIT_EXPECT_EQ(test, stats.hash, stats_again.hash);
	KUNIT_EXPECT_EQ(test, run.hits, again.hits);
}

static void expect_silence(struct kunit *test, const struct toy *toy)
{
	struct race_run run = { .n = SCHEDULES, .seed = 1 };
	struct explore_stats stats;

	KUNIT_EXPECT_EQ(test, explore_toy(test, toy, "random", &run, &stats), 0);
	KUNIT_EXPECT_EQ_MSG(test, run.hits, 0u, "%s", run.what);
	KUNIT_EXPECT_EQ(test, run.round, (unsigned int)SCHEDULES);
}

static void timers_keep_their_order(struct kunit *test)
{
	const struct toy toy = { { sleep, add_one }, prepare_timers, finish_order };

	expect_silence(test, &toy);
}

static void sleepers_wake(struct kunit *test)
{
	const struct toy toy = { { sleep, sleep }, prepare, finish_nothing };

	expect_silence(test, &toy);
}

static void a_timeout_is_no_deadlock(struct kunit *test)
{
	const struct toy toy = { { wait_in_vain, wait_in_vain }, prepare, finish_nothing };

	expect_silence(test, &toy);
}

static void delays_end(struct kunit *test)
{
	const struct toy toy = { { delay, delay }, prepare, finish_nothing };

	expect_silence(test, &toy);
}

static void expect_silence_with_helper(struct kunit *test, const struct toy *toy)
{
	helper = kthread_create_on_cpu(help, NULL, 0, "helper");
	KUNIT_ASSERT_FALSE(test, IS_ERR(helper));
	wake_up_process(helper);
	expect_silence(test, toy);
	kthread_stop(helper);
}

static void a_slice_ends(struct kunit *test)
{
	const struct toy toy = { { await_helper, add_one }, prepare, finish_nothing };

	expect_silence_with_helper(test, &toy);
}

static void who_waits_for_the_cpu_gets_it(struct kunit *test)
{
	const struct toy toy = { { ask_helper, await_flag }, prepare, finish_nothing };

	expect_silence_with_helper(test, &toy);
}

static int explore_time_init(struct kunit *test)
{
	if (num_online_cpus() < 2)
		kunit_skip(test, "takes 2 CPUs");
	return 0;
}

static struct kunit_case explore_time_cases[] = {
	KUNIT_CASE(a_timer_rings_anywhere),
	KUNIT_CASE(time_passes_the_same_in_every_run),
	KUNIT_CASE(timers_keep_their_order),
	KUNIT_CASE(sleepers_wake),
	KUNIT_CASE(a_timeout_is_no_deadlock),
	KUNIT_CASE(delays_end),
	KUNIT_CASE(a_slice_ends),
	KUNIT_CASE(who_waits_for_the_cpu_gets_it),
	{ 0 }
};

static struct kunit_suite explore_time_suite = {
	.name = "explore_time",
	.init = explore_time_init,
	.test_cases = explore_time_cases,
};
kunit_test_suite(explore_time_suite);
