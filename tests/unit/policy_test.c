// SPDX-License-Identifier: GPL-2.0
/*
 * The dispatch policies, on toy programs of which everything is known beforehand: the counts
 * against closed formulas, the random ones against their guarantees.
 */
// LINK: kernel/hv/policy/policy.c kernel/hv/policy/filter.c kernel/hv/policy/rr.c
// LINK: kernel/hv/policy/random.c kernel/hv/policy/pct.c kernel/hv/policy/pos.c
// LINK: kernel/hv/policy/bounded.c kernel/hv/policy/replay.c kernel/hv/policy/schedule.c
// LINK: kernel/hv/policy/text.c kernel/hv/policy/toy.c
#include <stdlib.h>

#include <linux/errno.h>
#include <stopgap/dispatch.h>

#include "begin.h"
#include "toy.h"
#include "unit.h"

#define LEN(array)	(sizeof(array) / sizeof((array)[0]))

#define OP(k, w)	{ .kind = (k), .word = (w) }

/* CPUs that do nothing but read word 0, @n accesses each. */
static struct toy readers(unsigned int ncpus, unsigned int n)
{
	static struct toy_op ops[64];
	struct toy toy = { .ncpus = ncpus };
	unsigned int cpu;

	for (cpu = 0; cpu < ncpus; cpu++) {
		toy.ops[cpu] = ops;
		toy.n[cpu] = n;
	}
	return toy;
}

static u64 binomial(unsigned int n, unsigned int k)
{
	u64 b = 1;
	unsigned int i;

	if (k > n)
		return 0;
	for (i = 1; i <= k; i++)
		b = b * (n - k + i) / i;
	return b;
}

/*
 * Interleavings of a and b accesses with at most @c preemptions: m blocks in turn, of which the
 * first CPU has half, rounded up. The block that ends a CPU's program costs nothing to leave.
 */
static u64 count_two(unsigned int a, unsigned int b, unsigned int c)
{
	unsigned int m, first, second;
	u64 n = 0;

	for (m = 2; m <= c + 2; m++) {
		first = (m + 1) / 2 - 1;
		second = m / 2 - 1;
		n += binomial(a - 1, first) * binomial(b - 1, second);
		n += binomial(b - 1, first) * binomial(a - 1, second);
	}
	return n;
}

static int compare(const void *a, const void *b)
{
	u64 x = *(const u64 *)a, y = *(const u64 *)b;

	return (x > y) - (x < y);
}

static size_t distinct(u64 *v, size_t n)
{
	size_t i, found = n > 0;

	qsort(v, n, sizeof(*v), compare);
	for (i = 1; i < n; i++)
		found += v[i] != v[i - 1];
	return found;
}

/*
 * Run to exhaustion. Return: the different orders seen; d->schedules says what the policy counted.
 */
static size_t enumerate(const struct toy *toy, struct dispatch *d)
{
	static u64 hashes[200000];
	struct toy_result res;
	size_t n = 0;

	while (toy_next(toy, d, &res) && n < LEN(hashes))
		hashes[n++] = res.hash;
	return distinct(hashes, n);
}

static void check_count(unsigned int a, unsigned int b, unsigned int c)
{
	struct toy toy = readers(2, a);
	struct dispatch d;

	toy.n[1] = b;
	begin(&d, "bounded", (struct dispatch_params){ .ncpus = 2, .bound = c });
	CHECK_EQ(enumerate(&toy, &d), count_two(a, b, c));
	CHECK_EQ(d.schedules, count_two(a, b, c));
	CHECK(d.exhausted);
	CHECK_EQ(d.exhausted_bound, c);
}

TEST(bounded_enumerates_exactly)
{
	unsigned int a, b, c;

	for (a = 1; a <= 6; a++)
		for (b = 1; b <= 6; b++)
			for (c = 0; c <= 4; c++)
				check_count(a, b, c);
}

/* With no bound that bites, all interleavings: the multinomial coefficient. */
TEST(unbounded_is_everything)
{
	struct toy toy = readers(3, 3);
	struct dispatch d;

	begin(&d, "bounded", (struct dispatch_params){ .ncpus = 3, .bound = 100 });
	CHECK_EQ(enumerate(&toy, &d), 1680);
	CHECK_EQ(d.schedules, 1680);
	CHECK(d.exhausted);
	CHECK_EQ(d.exhausted_bound, 100);
}

/* Without preemptions, only the order of whole programs is free. */
TEST(no_preemption_is_permutations)
{
	struct toy toy = readers(4, 5);
	struct dispatch d;

	begin(&d, "bounded", (struct dispatch_params){ .ncpus = 4 });
	CHECK_EQ(enumerate(&toy, &d), 24);
	CHECK_EQ(d.schedules, 24);
}

TEST(locks_are_not_split)
{
	static const struct toy_op ops[] = {
		OP(TOY_LOCK, 0), OP(TOY_READ, 1), OP(TOY_WRITE_INC, 1), OP(TOY_UNLOCK, 0),
	};
	const struct toy toy = { .ncpus = 2, .ops = { ops, ops }, .n = { 4, 4 } };
	struct dispatch d;
	unsigned int first;

	begin(&d, "bounded", (struct dispatch_params){ .ncpus = 2, .bound = 8 });
	CHECK_EQ(toy_explore(&toy, &d, 100000, &first), 0);
	CHECK(d.exhausted);
}

TEST(deadlocks_are_found)
{
	static const struct toy_op ab[] = {
		OP(TOY_LOCK, 0), OP(TOY_LOCK, 1), OP(TOY_UNLOCK, 1), OP(TOY_UNLOCK, 0),
	};
	static const struct toy_op ba[] = {
		OP(TOY_LOCK, 1), OP(TOY_LOCK, 0), OP(TOY_UNLOCK, 0), OP(TOY_UNLOCK, 1),
	};
	const struct toy toy = { .ncpus = 2, .ops = { ab, ba }, .n = { 4, 4 } };
	struct dispatch d;
	unsigned int first;

	begin(&d, "bounded", (struct dispatch_params){ .ncpus = 2, .bound = 1 });
	CHECK(toy_explore(&toy, &d, 1000, &first) > 0);
	CHECK(first <= 10);
}

TEST(planted_bugs_take_their_depth)
{
	struct toy_op ops[64];
	struct dispatch d;
	struct toy toy;
	unsigned int depth, first;

	for (depth = 1; depth <= 4; depth++) {
		toy_plant(&toy, ops, 8, depth);
		begin(&d, "bounded", (struct dispatch_params){ .ncpus = 2, .bound = depth - 1 });
		CHECK(toy_explore(&toy, &d, 100000, &first) > 0);
		if (depth < 2)
			continue;
		begin(&d, "bounded", (struct dispatch_params){ .ncpus = 2, .bound = depth - 2 });
		CHECK_EQ(toy_explore(&toy, &d, 100000, &first), 0);
		CHECK(d.exhausted);
	}
}

/* h hits where at least n/p were expected: less than 1 % likely, by the normal approximation? */
static bool too_few(u64 h, u64 n, u64 p)
{
	u64 mean = n / p;

	return h < mean && (mean - h) * (mean - h) * 100 > 543 * mean;
}

static void check_pct(unsigned int depth, unsigned int len, unsigned int runs)
{
	unsigned int i, first, hits, k = 2 * len, p = 2;
	const struct dispatch_params params = {
		.ncpus = 2, .seed = len, .depth = depth, .k_estimate = k,
	};
	struct toy_op ops[64];
	struct dispatch d;
	struct toy toy;

	for (i = 1; i < depth; i++)
		p *= k;
	toy_plant(&toy, ops, len, depth);
	begin(&d, "pct", params);
	hits = toy_explore(&toy, &d, runs, &first);
	CHECK(runs / p >= 40);
	CHECK(!too_few(hits, runs, p));
	CHECK_EQ(d.k, k);
}

TEST(pct_keeps_its_promise)
{
	check_pct(1, 20, 2000);
	check_pct(2, 10, 8000);
	check_pct(2, 30, 20000);
	check_pct(3, 6, 60000);
	check_pct(3, 10, 150000);
	check_pct(4, 5, 400000);
}

static const char *const searching[] = { "rr", "random", "pct", "pos", "bounded" };

/* One hash over the @n runs from a seed. */
static u64 fingerprint(const struct toy *toy, const char *policy, u64 seed, unsigned int n)
{
	struct dispatch_params params = {
		.ncpus = toy->ncpus, .seed = seed, .depth = 3, .bound = 3,
	};
	struct dispatch d;

	begin(&d, policy, params);
	return toy_fingerprint(toy, &d, n);
}

TEST(seeds_repeat_and_differ)
{
	static const char *const seeded[] = { "random", "pct", "pos" };
	struct toy toy = readers(3, 8);
	unsigned int i;

	for (i = 0; i < LEN(searching); i++)
		CHECK_EQ(fingerprint(&toy, searching[i], 7, 50),
			 fingerprint(&toy, searching[i], 7, 50));
	for (i = 0; i < LEN(seeded); i++)
		CHECK(fingerprint(&toy, seeded[i], 7, 50) != fingerprint(&toy, seeded[i], 8, 50));
}

/* The same as the kernel's own test, so that host and kernel walk the same way. */
TEST(random_walk_is_the_same_everywhere)
{
	struct toy toy = readers(3, 8);

	CHECK_EQ(fingerprint(&toy, "random", 1, 10), TOY_WALK);
}

TEST(everyone_finds_planted_bugs)
{
	unsigned int i, depth, first;
	struct toy_op ops[64];
	struct dispatch d;
	struct toy toy;

	for (depth = 1; depth <= 4; depth++)
		for (i = 0; i < LEN(searching); i++) {
			struct dispatch_params params = {
				.ncpus = 2, .seed = 3, .depth = depth, .bound = depth - 1,
			};

			/* Turns of equal length cannot make the last steps of a long chain. */
			if (i == 0 && depth > 2)
				continue;
			toy_plant(&toy, ops, 6, depth);
			begin(&d, searching[i], params);
			CHECK(toy_explore(&toy, &d, 20000, &first) > 0);
		}
}

/* Accesses that race draw again: without that, whoever has lost once goes on losing. */
TEST(pos_draws_again)
{
	struct dispatch_params params = { .ncpus = 2, .seed = 4 };
	struct toy_op ops[64];
	struct dispatch d;
	unsigned int first;
	struct toy toy;

	toy_plant(&toy, ops, 3, 4);
	begin(&d, "pos", params);
	CHECK(toy_explore(&toy, &d, 20000, &first) > 400);
}

/* A counter under a lock, and a flag that is set before it is read. */
static const struct toy_op counter[] = {
	OP(TOY_LOCK, 0), OP(TOY_READ, 1), OP(TOY_WRITE_INC, 1), OP(TOY_UNLOCK, 0),
	OP(TOY_READ, 2), OP(TOY_READ, 3),
};

static const struct toy_op checker[] = {
	OP(TOY_LOCK, 0), OP(TOY_READ, 1), OP(TOY_WRITE_INC, 1),
	{ .kind = TOY_NEVER, .word = 1, .value = 0 }, OP(TOY_UNLOCK, 0),
};

TEST(correct_programs_are_never_reported)
{
	const struct toy toy = {
		.ncpus = 3, .ops = { counter, checker, counter }, .n = { 6, 5, 6 },
	};
	struct dispatch_params params = { .ncpus = 3, .seed = 11, .depth = 3, .bound = 4 };
	unsigned int i, first;
	struct dispatch d;

	for (i = 0; i < LEN(searching); i++) {
		begin(&d, searching[i], params);
		CHECK_EQ(toy_explore(&toy, &d, 100000, &first), 0);
	}
}

/* Two CPUs: 30 private accesses each around a lost update. */
static struct toy mostly_private(void)
{
	static struct toy_op ops[2][34];
	struct toy toy = { .ncpus = 2, .ops = { ops[0], ops[1] }, .n = { 34, 34 } };
	unsigned int cpu, i;

	for (cpu = 0; cpu < 2; cpu++) {
		for (i = 0; i < 34; i++)
			ops[cpu][i] = (struct toy_op){ .kind = TOY_WRITE, .word = 2 + cpu };
		ops[cpu][10] = (struct toy_op)OP(TOY_READ, 0);
		ops[cpu][20] = (struct toy_op)OP(TOY_WRITE_INC, 0);
	}
	ops[1][33] = (struct toy_op){ .kind = TOY_EXPECT, .word = 0, .value = 2 };
	ops[0][33] = (struct toy_op)OP(TOY_READ, 4);
	ops[1][32] = (struct toy_op)OP(TOY_READ, 4);
	return toy;
}

/*
 * What no other CPU can tell is not searched: 2 + 3 accesses conflict, the rest is as good as
 * absent.
 */
static void check_filter(enum dispatch_filter filter)
{
	struct dispatch_params params = { .ncpus = 2, .bound = 4, .filter = filter };
	struct toy toy = mostly_private();
	unsigned int first;
	struct dispatch d;

	begin(&d, "bounded", params);
	CHECK(toy_explore(&toy, &d, 100000, &first) > 0);
	CHECK(d.exhausted);
	CHECK_EQ(d.schedules, count_two(2, 3, 4));
	CHECK_EQ(d.k, 5);
}

TEST(filter_leaves_only_conflicts)
{
	check_filter(FILTER_ADDRESS);
	check_filter(FILTER_PC);
}

/* A conflict that a late run is the first to show: what came before counts no more. */
TEST(search_starts_again_when_the_filter_sees_more)
{
	struct dispatch_params params = { .ncpus = 2, .bound = 1, .filter = FILTER_PC };
	struct toy_op ops[10];
	struct toy_result res;
	struct dispatch d;
	struct toy toy;

	toy_plant(&toy, ops, 5, 4);
	begin(&d, "bounded", params);
	toy.n[1] = 2;
	while (d.run < 5)
		CHECK(toy_next(&toy, &d, &res));
	CHECK_EQ(d.k, 4);
	toy.n[1] = 5;
	while (toy_next(&toy, &d, &res))
		;
	CHECK_EQ(d.k, 5);
	CHECK_EQ(d.schedules, count_two(3, 2, 1));
	CHECK(d.exhausted);
}

/* Without a filter the same search takes every pair of places. */
TEST(no_filter_means_everything)
{
	struct dispatch_params params = { .ncpus = 2, .bound = 2 };
	struct toy toy = mostly_private();
	unsigned int first;
	struct dispatch d;

	begin(&d, "bounded", params);
	CHECK(toy_explore(&toy, &d, 100000, &first) > 0);
	CHECK_EQ(d.schedules, count_two(34, 34, 2));
}

TEST(near_keeps_to_the_neighbourhood)
{
	static struct sched_switch sw = { .from = 0, .nth = 12, .to = 1 };
	static const struct schedule near = { .n = 1, .max = 1, .sw = &sw };
	struct dispatch_params params = { .ncpus = 2, .bound = 1, .near = &near, .radius = 3 };
	struct toy toy = readers(2, 30);
	unsigned int first;
	struct dispatch d;

	begin(&d, "bounded", params);
	CHECK_EQ(toy_explore(&toy, &d, 100000, &first), 0);
	CHECK_EQ(d.schedules, 2 + 7);
	CHECK(!d.exhausted);
}

TEST(nonsense_is_refused)
{
	struct dispatch_params params = { .ncpus = 9 };
	struct dispatch d;

	CHECK_EQ(dispatch_begin(&d, &dispatch_random, &params, arena, sizeof(arena)), -EINVAL);
	params.ncpus = 0;
	CHECK_EQ(dispatch_begin(&d, &dispatch_random, &params, arena, sizeof(arena)), -EINVAL);
	params.ncpus = 2;
	CHECK_EQ(dispatch_begin(&d, &dispatch_random, &params, arena, 1000), -ENOMEM);
	CHECK_EQ(dispatch_begin(&d, &dispatch_replay, &params, arena, sizeof(arena)), -EINVAL);
	params.depth = 17;
	CHECK_EQ(dispatch_begin(&d, &dispatch_pct, &params, arena, sizeof(arena)), -EINVAL);
	CHECK(!dispatch_policy_find("pc"));
	CHECK(!dispatch_policy_nth(6));
}

/* Who only helps does so at once, and nothing is drawn; if it yields, one of the others goes on. */
TEST(helpers_are_not_drawn)
{
	static const char *const names[] = { "random", "pct", "pos" };
	struct sched_point p = { .kind = POINT_ACCESS, .addr = 0x10000, .size = 8, .write = true };
	struct sched_point yield = { .kind = POINT_YIELD, .cpu = 1 };
	const struct dispatch_params params = { .ncpus = 4, .seed = 1, .participants = 5 };
	unsigned int i, n, seen;
	struct dispatch d;

	for (i = 0; i < LEN(names); i++) {
		begin(&d, names[i], params);
		for (n = seen = 0; n < 200; n++) {
			CHECK(dispatch_next_run(&d));
			p.cpu = 0;
			CHECK_EQ(dispatch_choose(&d, &p, 0xd), 3);
			p.cpu = 3;
			CHECK_EQ(dispatch_choose(&d, &p, 0xf), 3);
			CHECK_EQ(dispatch_default(&d, &yield, 0x7), 2);
			CHECK_EQ(d.choices, 0);
			p.cpu = 0;
			seen |= 1u << dispatch_choose(&d, &p, 5);
			CHECK_EQ(d.choices, 1);
		}
		CHECK_EQ(seen, 5);
	}
}

/*
 * CPU 1 helps: it waits until CPU 0, or else CPU 2, gives it the lock, and reads on. The others' orders are those of
 * two CPUs.
 */
TEST(helpers_are_not_searched)
{
	static const struct toy_op helper[] = {
		{ .kind = TOY_WRITE, .word = 0, .value = 1 }, OP(TOY_LOCK, 0), OP(TOY_READ, 1), OP(TOY_READ, 1),
	};
	static const struct toy_op giver[] = { OP(TOY_READ, 1), OP(TOY_UNLOCK, 0), OP(TOY_READ, 1), OP(TOY_READ, 1) };
	static const struct toy_op reader[4] = { OP(TOY_READ, 1) };
	struct toy toy = { .ncpus = 3, .ops = { giver, helper, reader }, .n = { 4, 4, 4 } };
	struct dispatch d;
	unsigned int c, i;

	for (i = 0; i < 2; i++) {
		for (c = 0; c <= 3; c++) {
			begin(&d, "bounded", (struct dispatch_params){ .ncpus = 3, .participants = 5, .bound = c });
			CHECK_EQ(enumerate(&toy, &d), count_two(4, 4, c));
			CHECK_EQ(d.schedules, count_two(4, 4, c));
			CHECK(d.exhausted);
		}
		toy.ops[0] = reader;
		toy.ops[2] = giver;
	}
}
