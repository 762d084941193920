// SPDX-License-Identifier: GPL-2.0
/*
 * Does a run leave no trace? On the kernel's own path of rmmod: all memory must be as it was, and a
 * schedule must go the same way wherever it begins: after others that were undone, or after a new
 * set-up.
 */
#include <kunit/test.h>
#include <asm/page.h>
#include <linux/cpumask.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include <stopgap/explore.h>

#include "../../race/internal.h"
#include "shared.h"
#include "state.h"

#define SCHEDULES	24
#define EACH		4	/* schedules from one look at the state to the next */

/**
 * struct trial - schedules of the kernel's own path, and what is to be known of them
 * @run: of the scenario
 * @stats: of them
 * @d: who decides
 * @old: what the scenario's axes were
 * @hashes: of each schedule
 * @hits: a bit for each
 * @n: schedules so far
 * @each: of one session
 * @victim: a word that nobody says it changes, changed after the first schedule; NULL = none
 * @differs: an address that was not as before, 0 = none
 */
struct trial {
	struct race_run run;
	struct explore_stats stats;
	struct dispatch d;
	const char *old[RACE_MAX_AXES];
	u64 hashes[SCHEDULES];
	u64 hits;
	unsigned int n, each;
	u64 *victim;
	unsigned long differs;
	char arena[DISPATCH_ARENA_SIZE] __aligned(16);
};

/* By instruction, so that it does not matter where the module lies. */
static void begin(struct kunit *test, struct trial *t, char *unlink, char *op)
{
	char *args[] = { unlink, op };
	const struct dispatch_params params = {
		.ncpus = num_online_cpus(), .seed = 3, .filter = FILTER_PC,
	};
	const char *expect = NULL;

	memset(t, 0, offsetof(struct trial, arena));
	t->run = RACE_DEFAULTS;
	t->run.scenario = race_find("kallsyms");
	KUNIT_ASSERT_NOT_NULL(test, t->run.scenario);
	KUNIT_ASSERT_EQ(test, race_parse(&t->run, &expect, 2, args), 0);
	KUNIT_ASSERT_EQ(test, race_axes_apply(&t->run, t->old), 0);
	KUNIT_ASSERT_EQ(test, dispatch_begin(&t->d, &dispatch_random, &params, t->arena,
					     sizeof(t->arena)), 0);
}

static void end(struct trial *t)
{
	dispatch_end(&t->d);
	race_axes_restore(&t->run, t->old);
}

static int play_some(void *ctx)
{
	struct trial *t = ctx;
	unsigned int i;
	int ret = 0;

	for (i = 0; i < t->each && ret >= 0; i++) {
		exploration.hash = 0;
		ret = explore_next(&t->d);
		t->hashes[t->n] = exploration.hash;
		t->hits |= (u64)(ret > 0) << t->n++;
	}
	return min(ret, 0);
}

static int play_and_look(void *ctx)
{
	struct trial *t = ctx;
	int err = 0;

	state_keep();
	while (!err && !t->differs && t->n < SCHEDULES) {
		err = play_some(t);
		if (t->victim)
			++*t->victim;
		t->differs = state_differs();
	}
	return err;
}

static void play(struct kunit *test, struct trial *t, unsigned int each, int (*fn)(void *ctx))
{
	t->each = each;
	KUNIT_EXPECT_EQ(test, explore_session(&t->run, &t->stats, fn, t), 0);
}

static void expect_no_trace(struct kunit *test, char *unlink, char *op)
{
	struct trial *t = test->priv;

	begin(test, t, unlink, op);
	play(test, t, EACH, play_and_look);
	KUNIT_EXPECT_EQ_MSG(test, t->differs, 0ul, "%pS", (void *)t->differs);
	KUNIT_EXPECT_EQ(test, t->n, (unsigned int)SCHEDULES);
	end(t);
}

static void a_run_leaves_no_trace(struct kunit *test)
{
	expect_no_trace(test, "unlink=stop_machine", "op=unlink");
	expect_no_trace(test, "unlink=rcu", "op=unlink");
	expect_no_trace(test, "unlink=rcu", "op=link");
}

static void a_run_that_goes_wrong_leaves_none_either(struct kunit *test)
{
	struct trial *t = test->priv;

	expect_no_trace(test, "unlink=spinlock", "op=unlink");
	KUNIT_EXPECT_NE(test, t->hits, 0ull);
}

static void a_trace_would_be_noticed(struct kunit *test)
{
	struct trial *t = test->priv;

	begin(test, t, "unlink=stop_machine", "op=unlink");
	t->victim = kunit_kzalloc(test, sizeof(*t->victim), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, t->victim);
	play(test, t, 1, play_and_look);
	KUNIT_EXPECT_EQ(test, t->differs, (unsigned long)t->victim & PAGE_MASK);
	KUNIT_EXPECT_EQ(test, t->n, 1u);
	end(t);
}

/* A session for each, and one session for all. */
static void undone_is_as_good_as_new(struct kunit *test)
{
	struct trial *t = test->priv;
	u64 *hashes = kunit_kzalloc(test, sizeof(t->hashes), GFP_KERNEL);
	u64 hits;

	KUNIT_ASSERT_NOT_NULL(test, hashes);
	begin(test, t, "unlink=spinlock", "op=unlink");
	while (t->n < SCHEDULES)
		play(test, t, 1, play_some);
	end(t);
	memcpy(hashes, t->hashes, sizeof(t->hashes));
	hits = t->hits;
	begin(test, t, "unlink=spinlock", "op=unlink");
	play(test, t, SCHEDULES, play_some);
	end(t);
	KUNIT_EXPECT_NE(test, hits, 0ull);
	KUNIT_EXPECT_EQ(test, t->hits, hits);
	KUNIT_EXPECT_EQ(test, memcmp(t->hashes, hashes, sizeof(t->hashes)), 0);
}

static int rollback_test_init(struct kunit *test)
{
	if (num_online_cpus() < 2)
		kunit_skip(test, "takes 2 CPUs");
	test->priv = vmalloc(sizeof(struct trial));
	if (!test->priv)
		return -ENOMEM;
	return state_begin();
}

static void rollback_test_exit(struct kunit *test)
{
	state_end();
	vfree(test->priv);
}

static struct kunit_case rollback_cases[] = {
	KUNIT_CASE(a_run_leaves_no_trace),
	KUNIT_CASE(a_run_that_goes_wrong_leaves_none_either),
	KUNIT_CASE(a_trace_would_be_noticed),
	KUNIT_CASE(undone_is_as_good_as_new),
	{}
};

static struct kunit_suite rollback_suite = {
	.name = "rollback",
	.init = rollback_test_init,
	.exit = rollback_test_exit,
	.test_cases = rollback_cases,
};
kunit_test_suite(rollback_suite);
