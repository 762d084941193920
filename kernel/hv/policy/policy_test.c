// SPDX-License-Identifier: GPL-2.0
/*
 * The explorer's honesty: on toy programs, does each policy find what it promises to find, count
 * what there is, and stay silent where there is nothing? The host's tests ask the same with larger
 * numbers.
 */
#include <kunit/test.h>
#include <linux/slab.h>
#include <stopgap/minimise.h>

#include "toy.h"

#define OP(k, w)	{ .kind = (k), .word = (w) }
#define MAX_LEN		32

struct fixture {
	struct dispatch d;
	struct toy toy;
	struct toy_op ops[2 * MAX_LEN];
	struct sched_switch sw[256];
	struct schedule schedule;
	char arena[DISPATCH_ARENA_SIZE] __aligned(16);
};

static int policy_init(struct kunit *test)
{
	struct fixture *f = kmalloc(sizeof(*f), GFP_KERNEL);

	if (!f)
		return -ENOMEM;
	f->schedule = (struct schedule){ .max = ARRAY_SIZE(f->sw), .sw = f->sw };
	test->priv = f;
	return 0;
}

static void policy_exit(struct kunit *test)
{
	kfree(test->priv);
}

static void begin(struct kunit *test, const char *policy, struct dispatch_params params)
{
	struct fixture *f = test->priv;

	KUNIT_ASSERT_EQ(test, dispatch_begin(&f->d, dispatch_policy_find(policy), &params, f->arena,
					     sizeof(f->arena)), 0);
}

/* CPUs that only read, @n times each. */
static void make_readers(struct fixture *f, unsigned int ncpus, unsigned int n)
{
	unsigned int cpu;

	memset(f->ops, 0, sizeof(f->ops));
	f->toy = (struct toy){ .ncpus = ncpus };
	for (cpu = 0; cpu < ncpus; cpu++) {
		f->toy.ops[cpu] = f->ops;
		f->toy.n[cpu] = n;
	}
}

static void expect_count(struct kunit *test, unsigned int ncpus, unsigned int n, unsigned int c,
			 unsigned int want)
{
	struct fixture *f = test->priv;
	unsigned int first;

	make_readers(f, ncpus, n);
	begin(test, "bounded", (struct dispatch_params){ .ncpus = ncpus, .bound = c });
	KUNIT_EXPECT_EQ(test, toy_explore(&f->toy, &f->d, 100000, &first), 0u);
	KUNIT_EXPECT_EQ_MSG(test, f->d.schedules, (u64)want, "%u CPUs, %u accesses, c=%u",
			    ncpus, n, c);
	KUNIT_EXPECT_TRUE(test, f->d.exhausted);
	KUNIT_EXPECT_EQ(test, f->d.exhausted_bound, c);
}

/*
 * Two CPUs with n accesses: 2 schedules without a preemption, 2 (n - 1) more with one (who begins,
 * where it is left), (n - 1)^2 times 2 with two. With no limit, the binomial and multinomial
 * coefficients.
 */
static void bounded_counts_are_exact(struct kunit *test)
{
	expect_count(test, 2, 10, 0, 2);
	expect_count(test, 2, 10, 1, 2 + 2 * 9);
	expect_count(test, 2, 10, 2, 2 + 2 * 9 + 2 * 81);
	expect_count(test, 2, 6, 50, 924);
	expect_count(test, 3, 2, 50, 90);
	expect_count(test, 4, 3, 0, 24);
}

/*
 * The clock goes on once, at any of the 2n places before an access, or after the last, which is too late: of every
 * order of the accesses there are 2n + 1.
 */
static void bounded_counts_are_exact_with_a_clock(struct kunit *test)
{
	struct fixture *f = test->priv;
	unsigned int n, first, orders = 2;

	for (n = 1; n <= 5; orders = orders * 2 * (2 * n + 1) / (n + 1), n++) {
		make_readers(f, 2, n);
		f->toy.ticks = 1;
		begin(test, "bounded", (struct dispatch_params){ .ncpus = 2, .bound = 50 });
		KUNIT_EXPECT_EQ(test, toy_explore(&f->toy, &f->d, 100000, &first), 0u);
		KUNIT_EXPECT_TRUE(test, f->d.exhausted);
		KUNIT_EXPECT_EQ_MSG(test, f->d.schedules, (u64)orders * (2 * n + 1), "%u accesses", n);
	}
}

static void bounded_finds_each_depth(struct kunit *test)
{
	struct fixture *f = test->priv;
	unsigned int depth, first;

	for (depth = 1; depth <= 4; depth++) {
		toy_plant(&f->toy, f->ops, 8, depth);
		begin(test, "bounded", (struct dispatch_params){ .ncpus = 2, .bound = depth - 1 });
		KUNIT_EXPECT_NE(test, toy_explore(&f->toy, &f->d, 100000, &first), 0u);
		if (depth == 1)
			continue;
		begin(test, "bounded", (struct dispatch_params){ .ncpus = 2, .bound = depth - 2 });
		KUNIT_EXPECT_EQ(test, toy_explore(&f->toy, &f->d, 100000, &first), 0u);
		KUNIT_EXPECT_TRUE(test, f->d.exhausted);
	}
}

/* Too little memory for the path: the search says that it has not seen all. */
static void bounded_knows_that_it_is_incomplete(struct kunit *test)
{
	struct fixture *f = test->priv;
	unsigned int first;

	make_readers(f, 2, 6);
	begin(test, "bounded", (struct dispatch_params){ .ncpus = 2, .bound = 50, .max_points = 4 });
	toy_explore(&f->toy, &f->d, 100000, &first);
	KUNIT_EXPECT_TRUE(test, f->d.incomplete);
	KUNIT_EXPECT_LT(test, f->d.exhausted_bound, 50u);
}

/*
 * At least n k^(d-1) runs for one hit, at 99 % confidence: with the mean that this promises, a
 * count of hits more than 2.33 standard deviations below it is less than 1 % likely.
 */
static void expect_pct(struct kunit *test, unsigned int depth, unsigned int len, unsigned int mean)
{
	struct fixture *f = test->priv;
	unsigned int i, first, hits, k = 2 * len, p = 2;
	const struct dispatch_params params = {
		.ncpus = 2, .seed = depth, .depth = depth, .k_estimate = k,
	};

	for (i = 1; i < depth; i++)
		p *= k;
	toy_plant(&f->toy, f->ops, len, depth);
	begin(test, "pct", params);
	hits = toy_explore(&f->toy, &f->d, mean * p, &first);
	kunit_info(test, "d=%u k=%u: %u hits in %u, promised %u", depth, k, hits, mean * p, mean);
	KUNIT_EXPECT_TRUE(test, hits >= mean || (mean - hits) * (mean - hits) * 100 <= 543 * mean);
	KUNIT_EXPECT_EQ(test, f->d.k, k);
}

static void pct_keeps_its_promise(struct kunit *test)
{
	expect_pct(test, 1, 20, 400);
	expect_pct(test, 2, 20, 200);
	expect_pct(test, 3, 6, 200);
	expect_pct(test, 4, 4, 100);
}

static void seeds_repeat_in_every_boot(struct kunit *test)
{
	struct fixture *f = test->priv;

	make_readers(f, 3, 8);
	begin(test, "random", (struct dispatch_params){ .ncpus = 3, .seed = 1 });
	KUNIT_EXPECT_EQ(test, toy_fingerprint(&f->toy, &f->d, 10), TOY_WALK);
	begin(test, "random", (struct dispatch_params){ .ncpus = 3, .seed = 2 });
	KUNIT_EXPECT_NE(test, toy_fingerprint(&f->toy, &f->d, 10), TOY_WALK);
}

/* Under a lock a word is 1 for a moment, which whoever takes the lock to look never sees. */
static const struct toy_op setter[] = {
	OP(TOY_LOCK, 0), { .kind = TOY_WRITE, .word = 1, .value = 1 }, { .kind = TOY_WRITE, .word = 1 },
	OP(TOY_UNLOCK, 0),
};

static const struct toy_op looker[] = {
	OP(TOY_LOCK, 0), { .kind = TOY_NEVER, .word = 1, .value = 1 }, OP(TOY_UNLOCK, 0),
};

/* 100,000 in all. */
static void correct_programs_are_never_reported(struct kunit *test)
{
	static const struct toy toy = { .ncpus = 2, .ops = { setter, looker }, .n = { 4, 3 } };
	static const char *const names[] = { "random", "pct", "pos", "rr" };
	struct dispatch_params params = { .ncpus = 2, .seed = 5, .depth = 3 };
	struct fixture *f = test->priv;
	unsigned int i, first;

	for (i = 0; i < ARRAY_SIZE(names); i++) {
		begin(test, names[i], params);
		KUNIT_EXPECT_EQ(test, toy_explore(&toy, &f->d, 25000, &first), 0u);
		KUNIT_EXPECT_EQ(test, f->d.run, 25000u);
	}
}

/* The same without the lock is found at once, so that silence means something. */
static void incorrect_programs_are(struct kunit *test)
{
	static const struct toy toy = { .ncpus = 2, .ops = { setter + 1, looker + 1 }, .n = { 2, 1 } };
	struct fixture *f = test->priv;
	unsigned int first;

	begin(test, "random", (struct dispatch_params){ .ncpus = 2, .seed = 5 });
	KUNIT_EXPECT_NE(test, toy_explore(&toy, &f->d, 100, &first), 0u);
}

static int run_toy(void *ctx, struct dispatch *d)
{
	struct toy_result res;

	return toy_next(ctx, d, &res) ? res.bug : -ENODATA;
}

static void failures_replay_and_get_short(struct kunit *test)
{
	struct fixture *f = test->priv;
	struct minimiser m = {
		.best = &f->schedule, .params = { .ncpus = 2 }, .run = run_toy, .ctx = &f->toy,
		.budget = 2500, .arena = kunit_kmalloc(test, MINIMISE_ARENA_SIZE, GFP_KERNEL),
	};
	struct toy_result was = {}, is = {};

	KUNIT_ASSERT_NOT_NULL(test, m.arena);
	toy_plant(&f->toy, f->ops, 20, 2);
	begin(test, "random", (struct dispatch_params){ .ncpus = 2, .seed = 9 });
	while (!was.bug && toy_next(&f->toy, &f->d, &was))
		;
	KUNIT_ASSERT_EQ(test, schedule_copy(&f->schedule, &f->d.taken), 0);
	begin(test, "replay", (struct dispatch_params){ .ncpus = 2, .schedule = &f->schedule });
	toy_next(&f->toy, &f->d, &is);
	KUNIT_EXPECT_EQ(test, is.hash, was.hash);
	KUNIT_EXPECT_EQ(test, minimise(&m), 0);
	KUNIT_EXPECT_EQ(test, schedule_preemptions(&f->schedule), 1u);
}

static struct kunit_case policy_cases[] = {
	KUNIT_CASE(bounded_counts_are_exact),
	KUNIT_CASE(bounded_counts_are_exact_with_a_clock),
	KUNIT_CASE(bounded_finds_each_depth),
	KUNIT_CASE(bounded_knows_that_it_is_incomplete),
	KUNIT_CASE(pct_keeps_its_promise),
	KUNIT_CASE(seeds_repeat_in_every_boot),
	KUNIT_CASE(correct_programs_are_never_reported),
	KUNIT_CASE(incorrect_programs_are),
	KUNIT_CASE(failures_replay_and_get_short),
	{}
};

static struct kunit_suite policy_suite = {
	.name = "dispatch",
	.init = policy_init,
	.exit = policy_exit,
	.test_cases = policy_cases,
};
kunit_test_suite(policy_suite);
