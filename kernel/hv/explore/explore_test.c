// SPDX-License-Identifier: GPL-2.0
/*
 * Does the explorer find what is wrong, and nothing else? Toy races of two threads, whose right answers are known.
 * This file is explored code: its accesses are scheduling points.
 */
#include <kunit/test.h>
#include <asm/processor.h>
#include <asm/reg.h>
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include <stopgap/explore.h>

#include "explore_test.h"
#include "../oracle/lockdep.h"

static int shared;
static bool flag[2];
static DEFINE_SPINLOCK(lock_a);
static DEFINE_SPINLOCK(lock_b);
static DEFINE_MUTEX(mutex_a);
static DEFINE_MUTEX(mutex_b);

/* ---- what the participants do ---- */

static int add_one(struct race_run *run)
{
	WRITE_ONCE(shared, READ_ONCE(shared) + 1);
	return 0;
}

static int add_one_locked(struct race_run *run)
{
	spin_lock(&lock_a);
	add_one(run);
	spin_unlock(&lock_a);
	return 0;
}

static int add_one_asleep(struct race_run *run)
{
	mutex_lock(&mutex_a);
	add_one(run);
	mutex_unlock(&mutex_a);
	return 0;
}

static int lock_a_then_b(struct race_run *run)
{
	spin_lock(&lock_a);
	spin_lock(&lock_b);
	spin_unlock(&lock_b);
	spin_unlock(&lock_a);
	return 0;
}

static int lock_b_then_a(struct race_run *run)
{
	spin_lock(&lock_b);
	spin_lock(&lock_a);
	spin_unlock(&lock_a);
	spin_unlock(&lock_b);
	return 0;
}

static int mutex_a_then_b(struct race_run *run)
{
	mutex_lock(&mutex_a);
	mutex_lock(&mutex_b);
	mutex_unlock(&mutex_b);
	mutex_unlock(&mutex_a);
	return 0;
}

static int mutex_b_then_a(struct race_run *run)
{
	mutex_lock(&mutex_b);
	mutex_lock(&mutex_a);
	mutex_unlock(&mutex_a);
	mutex_unlock(&mutex_b);
	return 0;
}

static int raise_flag(struct race_run *run)
{
	WRITE_ONCE(flag[0], true);
	return 0;
}

static int await_flag(struct race_run *run)
{
	while (!READ_ONCE(flag[0]))
		cpu_relax();
	return 0;
}

/* Switched to and fro, the CPU never finds itself open to the machine's own interrupts. */
static int look_at_msr(struct race_run *run)
{
	int i;

	for (i = 0; i < 10; i++) {
		WRITE_ONCE(shared, i);
		if (mfmsr() & MSR_EE)
			race_hit(run, "MSR[EE] is on");
	}
	return 0;
}

/* Two that politely make way for each other for ever. */
static int never_settle(struct race_run *run)
{
	while (!READ_ONCE(flag[1]))
		WRITE_ONCE(shared, READ_ONCE(shared) + 1);
	return 0;
}

/* ---- the scenario they are in ---- */

static int set_up(struct race_run *run)
{
	return 0;
}

static int prepare(struct race_run *run)
{
	shared = 0;
	flag[0] = flag[1] = false;
	spin_lock_init(&lock_a);
	spin_lock_init(&lock_b);
	mutex_init(&mutex_a);
	mutex_init(&mutex_b);
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

static void tear_down(struct race_run *run)
{
}

int explore_toy(struct kunit *test, const struct toy *toy, const char *policy, struct race_run *run,
		struct explore_stats *stats)
{
	const struct race_participant participants[] = { { "one", toy->act[0] }, { "other", toy->act[1] } };
	const struct race_scenario scenario = {
		.name = "toy", .participants = participants, .nr_participants = 2,
		.setup = set_up, .prepare = toy->prepare ?: prepare, .finish = toy->finish, .teardown = tear_down,
	};
	struct dispatch_params params = { .ncpus = 2, .seed = run->seed, .filter = FILTER_NONE };
	struct dispatch *d = kzalloc(sizeof(*d), GFP_KERNEL);
	void *arena = vmalloc(DISPATCH_ARENA_SIZE);
	int err;

	KUNIT_ASSERT_TRUE(test, d && arena);
	run->scenario = &scenario;
	err = dispatch_begin(d, dispatch_policy_find(policy), &params, arena, DISPATCH_ARENA_SIZE);
	if (!err)
		err = explore(run, d, stats);
	vfree(arena);
	kfree(d);
	return err;
}

static void a_lost_update_is_found(struct kunit *test)
{
	const struct toy toy = { { add_one, add_one }, NULL, finish_sum };
	struct race_run run = { .n = SCHEDULES, .seed = 1 };
	struct explore_stats stats;

	KUNIT_EXPECT_EQ(test, explore_toy(test, &toy, "random", &run, &stats), 0);
	KUNIT_EXPECT_GT(test, run.hits, 0u);
	KUNIT_EXPECT_LT(test, run.hits, (unsigned int)SCHEDULES);
	KUNIT_EXPECT_STREQ(test, run.what, "lost update: 1");
}

static void a_spinlock_prevents_it(struct kunit *test)
{
	const struct toy toy = { { add_one_locked, add_one_locked }, NULL, finish_sum };
	struct race_run run = { .n = SCHEDULES, .seed = 1 };
	struct explore_stats stats;

	KUNIT_EXPECT_EQ(test, explore_toy(test, &toy, "random", &run, &stats), 0);
	KUNIT_EXPECT_EQ(test, run.hits, 0u);
	KUNIT_EXPECT_EQ(test, run.round, (unsigned int)SCHEDULES);
}

static void a_mutex_prevents_it(struct kunit *test)
{
	const struct toy toy = { { add_one_asleep, add_one_asleep }, NULL, finish_sum };
	struct race_run run = { .n = SCHEDULES, .seed = 1 };
	struct explore_stats stats;

	KUNIT_EXPECT_EQ(test, explore_toy(test, &toy, "random", &run, &stats), 0);
	KUNIT_EXPECT_EQ(test, run.hits, 0u);
	KUNIT_EXPECT_EQ(test, run.round, (unsigned int)SCHEDULES);
}

static void waiting_for_a_flag_ends(struct kunit *test)
{
	const struct toy toy = { { raise_flag, await_flag }, NULL, finish_nothing };
	struct race_run run = { .n = SCHEDULES, .seed = 1 };
	struct explore_stats stats;

	KUNIT_EXPECT_EQ(test, explore_toy(test, &toy, "random", &run, &stats), 0);
	KUNIT_EXPECT_EQ(test, run.hits, 0u);
}

static void the_machine_does_not_interrupt(struct kunit *test)
{
	const struct toy toy = { { look_at_msr, look_at_msr }, NULL, finish_nothing };
	struct race_run run = { .n = SCHEDULES, .seed = 1 };
	struct explore_stats stats;

	KUNIT_EXPECT_EQ(test, explore_toy(test, &toy, "random", &run, &stats), 0);
	KUNIT_EXPECT_EQ(test, run.hits, 0u);
	KUNIT_EXPECT_TRUE(test, mfmsr() & MSR_EE);
}

/* Are the words of @words in @text, in this order? */
static void expect_words(struct kunit *test, const char *text, const char *words)
{
	const char *at = text;
	char word[48];
	size_t len;

	for (; *words; words = skip_spaces(words + len)) {
		len = strcspn(words, " ");
		strscpy(word, words, min(len + 1, sizeof(word)));
		at = strstr(at, word);
		KUNIT_ASSERT_TRUE_MSG(test, at, "no \"%s\" where it should be in \"%s\"", word, text);
		at += strlen(word);
	}
}

static void a_deadlock_of_spinlocks_is_named(struct kunit *test)
{
	const struct toy toy = { { lock_a_then_b, lock_b_then_a }, NULL, finish_nothing };
	struct race_run run = { .n = SCHEDULES, .seed = 1 };
	struct explore_stats stats;

	KUNIT_EXPECT_EQ(test, explore_toy(test, &toy, "random", &run, &stats), 0);
	KUNIT_EXPECT_EQ(test, run.round, (unsigned int)SCHEDULES);
	KUNIT_EXPECT_GT(test, stats.deadlocks, 1u);
	KUNIT_EXPECT_EQ(test, stats.deadlocks, run.hits);
	expect_words(test, run.what, "deadlock: CPU0 waits for lock_b at lock_a_then_b+ (kernel/hv/explore/explore_test.c: "
		     "held by CPU1 since lock_b_then_a+ ; CPU1 waits for lock_a at lock_b_then_a+ "
		     "held by CPU0 since lock_a_then_b+ ; circle: CPU0 -> lock_b -> CPU1 -> lock_a -> CPU0");
}

static void a_deadlock_of_mutexes_is_found(struct kunit *test)
{
	const struct toy toy = { { mutex_a_then_b, mutex_b_then_a }, NULL, finish_nothing };
	struct race_run run = { .n = SCHEDULES, .seed = 1 };
	struct explore_stats stats;

	KUNIT_EXPECT_EQ(test, explore_toy(test, &toy, "random", &run, &stats), 0);
	KUNIT_EXPECT_GT(test, stats.deadlocks, 1u);
	expect_words(test, run.what, "deadlock: CPU0 waits for mutex_b at mutex_a_then_b+ (kernel/hv/explore/explore_test.c: "
		     "held by CPU1 since mutex_b_then_a+ ; CPU1 waits for mutex_a at mutex_b_then_a+ "
		     "held by CPU0 since mutex_a_then_b+ ; circle: CPU0 -> mutex_b -> CPU1 -> mutex_a -> CPU0");
}

static void a_run_without_end_is_ended(struct kunit *test)
{
	const struct toy toy = { { never_settle, add_one }, NULL, finish_nothing };
	struct race_run run = { .n = 1, .seed = 1 };
	struct explore_stats stats;

	KUNIT_EXPECT_EQ(test, explore_toy(test, &toy, "random", &run, &stats), 0);
	KUNIT_EXPECT_EQ(test, stats.endless, 1u);
	KUNIT_EXPECT_NOT_NULL(test, strstr(run.what, "no end"));
}

static void the_same_seed_is_the_same_run(struct kunit *test)
{
	const struct toy toy = { { add_one, add_one_locked }, NULL, finish_sum };
	struct race_run run = { .n = 50, .seed = 7 }, again = run, other = { .n = 50, .seed = 8 };
	struct explore_stats stats, stats_again, stats_other;

	KUNIT_EXPECT_EQ(test, explore_toy(test, &toy, "random", &run, &stats), 0);
	KUNIT_EXPECT_EQ(test, explore_toy(test, &toy, "random", &again, &stats_again), 0);
	KUNIT_EXPECT_EQ(test, explore_toy(test, &toy, "random", &other, &stats_other), 0);
	KUNIT_EXPECT_EQ(test, stats.hash, stats_again.hash);
	KUNIT_EXPECT_EQ(test, run.hits, again.hits);
	KUNIT_EXPECT_NE(test, stats.hash, stats_other.hash);
}

static int explore_test_init(struct kunit *test)
{
	if (num_online_cpus() < 2)
		kunit_skip(test, "takes 2 CPUs");
	lockdep_set_silent(true);	/* these deadlocks are meant */
	return 0;
}

static void explore_test_exit(struct kunit *test)
{
	lockdep_set_silent(false);
}

static struct kunit_case explore_cases[] = {
	KUNIT_CASE(a_lost_update_is_found),
	KUNIT_CASE(a_spinlock_prevents_it),
	KUNIT_CASE(a_mutex_prevents_it),
	KUNIT_CASE(waiting_for_a_flag_ends),
	KUNIT_CASE(the_machine_does_not_interrupt),
	KUNIT_CASE(a_deadlock_of_spinlocks_is_named),
	KUNIT_CASE(a_deadlock_of_mutexes_is_found),
	KUNIT_CASE(a_run_without_end_is_ended),
	KUNIT_CASE(the_same_seed_is_the_same_run),
	{ 0 }
};

static struct kunit_suite explore_suite = {
	.name = "explore",
	.init = explore_test_init,
	.exit = explore_test_exit,
	.test_cases = explore_cases,
};
kunit_test_suite(explore_suite);
