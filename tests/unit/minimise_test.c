// SPDX-License-Identifier: GPL-2.0
/*
 * From a failure to its story: schedules replay exactly, by number and by name, and come out of the
 * minimiser with as few preemptions as the bug needs.
 */
// LINK: kernel/hv/policy/policy.c kernel/hv/policy/filter.c kernel/hv/policy/rr.c
// LINK: kernel/hv/policy/random.c kernel/hv/policy/pct.c kernel/hv/policy/pos.c
// LINK: kernel/hv/policy/bounded.c kernel/hv/policy/replay.c kernel/hv/policy/schedule.c
// LINK: kernel/hv/policy/text.c kernel/hv/policy/toy.c kernel/hv/policy/minimise.c
#include <stdlib.h>

#include <linux/errno.h>
#include <stopgap/minimise.h>

#include "toy.h"
#include "unit.h"

static char arena[DISPATCH_ARENA_SIZE] __aligned(16);
static char minimise_arena[MINIMISE_ARENA_SIZE] __aligned(16);
static struct sched_switch storage[8192];
static struct schedule found = { .max = 8192, .sw = storage };

/* Explore until the first bug; leave its schedule in found. Return: how that run went. */
static struct toy_result find(const struct toy *toy, const char *policy, u64 seed)
{
	const struct dispatch_params params = {
		.ncpus = toy->ncpus, .seed = seed, .depth = 3, .bound = 3,
	};
	struct toy_result res = {};
	struct dispatch d;

	CHECK_EQ(dispatch_begin(&d, dispatch_policy_find(policy), &params, arena,
				sizeof(arena)), 0);
	while (d.run < 1000000 && !res.bug && toy_next(toy, &d, &res))
		;
	CHECK(res.bug);
	CHECK_EQ(schedule_copy(&found, &d.taken), 0);
	return res;
}

/* Replay found. Return: how it went; *@diverged says whether it was followed. */
static struct toy_result replay(const struct toy *toy, bool *diverged)
{
	const struct dispatch_params params = { .ncpus = toy->ncpus, .schedule = &found };
	struct toy_result res = {};
	struct dispatch d;

	CHECK_EQ(dispatch_begin(&d, &dispatch_replay, &params, arena, sizeof(arena)), 0);
	CHECK(toy_next(toy, &d, &res));
	*diverged = d.diverged;
	return res;
}

TEST(replays_are_identical)
{
	static const char *const names[] = { "random", "pct", "pos", "bounded", "rr" };
	struct toy_result was, is;
	struct toy_op ops[64];
	struct toy toy;
	unsigned int i;
	bool diverged;
	u64 seed;

	toy_plant(&toy, ops, 10, 2);
	for (i = 0; i < 5; i++)
		for (seed = 1; seed <= 100; seed++) {
			was = find(&toy, names[i], seed);
			is = replay(&toy, &diverged);
			CHECK(!diverged);
			CHECK_EQ(is.hash, was.hash);
			CHECK(is.bug);
		}
}

/*
 * CPU 1 only helps, from somewhere in CPU 0's program on. A replay asks at every point, the search at those only that
 * conflict: the helper must come between the same two accesses.
 */
TEST(helpers_replay_identically)
{
	static const char *const names[] = { "random", "pct", "pos", "bounded", "rr" };
	static const struct toy_op asks[] = {
		{ TOY_READ, 1, 0 }, { TOY_UNLOCK, 0, 0 }, { TOY_READ, 2, 0 }, { TOY_READ, 2, 0 }, { TOY_WRITE, 1, 5 },
	};
	static const struct toy_op helps[] = {
		{ TOY_WRITE, 0, 1 }, { TOY_LOCK, 0, 0 }, { TOY_READ, 1, 0 }, { TOY_READ, 4, 0 },
	};
	static const struct toy_op other[] = { { TOY_READ, 3, 0 }, { TOY_WRITE, 1, 7 }, { TOY_READ, 3, 0 } };
	const struct toy toy = { .ncpus = 3, .ops = { asks, helps, other }, .n = { 5, 4, 3 } };
	struct dispatch_params params = {
		.ncpus = 3, .participants = 5, .seed = 1, .bound = 2, .filter = FILTER_ADDRESS,
	};
	struct toy_result was, is;
	struct dispatch d, again;
	unsigned int i;

	params.schedule = &found;
	for (i = 0; i < 5; i++) {
		CHECK_EQ(dispatch_begin(&d, dispatch_policy_find(names[i]), &params, arena, sizeof(arena)), 0);
		while (d.run < 100 && toy_next(&toy, &d, &was)) {
			CHECK_EQ(schedule_copy(&found, &d.taken), 0);
			CHECK_EQ(dispatch_begin(&again, &dispatch_replay, &params, minimise_arena,
						sizeof(minimise_arena)), 0);
			CHECK(toy_next(&toy, &again, &is));
			CHECK_EQ(is.hash, was.hash);
			CHECK(!again.diverged);
		}
	}
}

/* Forget the numbers of the points, keep pc and occurrence: the same run. */
TEST(places_replay_too)
{
	struct toy_result was, is;
	struct toy_op ops[64];
	struct toy toy;
	unsigned int i;
	bool diverged;

	toy_plant(&toy, ops, 10, 3);
	was = find(&toy, "pct", 5);
	replay(&toy, &diverged);
	for (i = 0; i < found.n; i++) {
		CHECK_EQ(found.sw[i].occurrence, 1);
		found.sw[i].nth = 0;
	}
	is = replay(&toy, &diverged);
	CHECK(!diverged);
	CHECK_EQ(is.hash, was.hash);
}

TEST(divergence_is_noticed)
{
	struct toy_op ops[64];
	struct toy toy;
	bool diverged;

	toy_plant(&toy, ops, 10, 2);
	find(&toy, "pct", 5);
	toy.n[0] = toy.n[1] = 3;
	replay(&toy, &diverged);
	CHECK(diverged);
}

static int run_toy(void *ctx, struct dispatch *d)
{
	struct toy_result res;

	return toy_next(ctx, d, &res) ? res.bug : -ENODATA;
}

static int shorten(struct toy *toy, unsigned int budget, unsigned int *runs)
{
	struct minimiser m = {
		.best = &found,
		.params = { .ncpus = toy->ncpus },
		.run = run_toy,
		.ctx = toy,
		.budget = budget,
		.arena = minimise_arena,
	};
	int err = minimise(&m);

	*runs = m.runs;
	return err;
}

TEST(failures_get_as_short_as_they_can)
{
	unsigned int depth, runs;
	struct toy_op ops[256];
	struct toy toy;
	bool diverged;
	u64 seed;

	for (depth = 1; depth <= 4; depth++) {
		toy_plant(&toy, ops, depth < 3 ? 60 : 15, depth);
		for (seed = 1; seed <= 25; seed++) {
			find(&toy, "random", seed);
			CHECK_EQ(shorten(&toy, 2500, &runs), 0);
			CHECK_EQ(schedule_preemptions(&found), depth - 1);
			CHECK(found.n <= depth);
			CHECK(runs <= 2501);
			CHECK(replay(&toy, &diverged).bug);
			CHECK(!diverged);
		}
	}
}

TEST(what_does_not_fail_is_not_shortened)
{
	struct toy_op ops[64];
	unsigned int runs;
	struct toy toy;

	toy_plant(&toy, ops, 10, 2);
	found.n = found.lost = 0;
	CHECK_EQ(shorten(&toy, 100, &runs), -ENOENT);
	CHECK_EQ(runs, 1);
}

/* A budget that is too small leaves something that fails all the same. */
TEST(budgets_are_kept)
{
	struct toy_op ops[256];
	unsigned int runs;
	struct toy toy;
	bool diverged;

	toy_plant(&toy, ops, 60, 2);
	find(&toy, "random", 9);
	CHECK_EQ(shorten(&toy, 4, &runs), 0);
	CHECK(runs <= 4);
	CHECK(replay(&toy, &diverged).bug);
}
