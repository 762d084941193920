// SPDX-License-Identifier: GPL-2.0
/* The matrix of the explore image: a column for each way of searching, under a memory model. */
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/vmalloc.h>
#include <stopgap/explore.h>

#include "../../race/internal.h"
#include "../replay/failure.h"
#include "../oracle/oracle.h"
#include "players.h"

/* Schedules in a cell of a random search; all cells of kallsyms together then take about a minute. */
#define ROUNDS	50
/* Enough for two stores to become visible in the wrong order, which takes two coins: once in 1000 times it is not. */
#define DRAWS	24

/**
 * struct search - one column
 * @column: what it is called
 * @policy: who chooses
 * @model: how stores behave
 * @depth: for pct
 * @bound: for bounded
 * @patience: how many times the schedules of a random search it may take, times the scenario's own if it is begun once
 * @draws: how often it is begun anew, until it hits: a schedule says nothing of which stores are delayed
 */
struct search {
	struct race_column column;
	const struct dispatch_policy *policy;
	enum memory_model model;
	unsigned int depth;
	unsigned int bound;
	unsigned int patience;
	unsigned int draws;
};

static const struct search searches[] = {
	{ { "random", "sc" }, &dispatch_random, MODEL_SC, 0, 0, 1, 1 },
	{ { "pct depth=2", "sc" }, &dispatch_pct, MODEL_SC, 2, 0, 1, 1 },
	{ { "pos", "sc" }, &dispatch_pos, MODEL_SC, 0, 0, 1, 1 },
	{ { "bounded c=1", "sc" }, &dispatch_bounded, MODEL_SC, 0, 1, 20, 1 },
	{ { "pos", "tso" }, &dispatch_pos, MODEL_TSO, 0, 0, 1, 1 },
	{ { "pos", "pso" }, &dispatch_pos, MODEL_PSO, 0, 0, 1, 1 },
	{ { "bounded c=1", "pso" }, &dispatch_bounded, MODEL_PSO, 0, 1, 20, DRAWS },
};

static bool nth(unsigned int i, struct race_cell *cell)
{
	if (i >= ARRAY_SIZE(searches))
		return false;
	*cell = (struct race_cell){
		.column = searches[i].column, .id = i,
		.sought = searches[i].policy->takes & DISPATCH_BOUND ? searches[i].bound : NOT_BOUNDED,
	};
	return true;
}

static int run_under(struct race_run *run, struct dispatch *d, struct race_cell *cell)
{
	struct explore_stats stats;
	int err = explore(run, d, &stats);

	cell->exhausted = d->exhausted;
	cell->bound = d->exhausted_bound;
	if (!err && d->first_run)
		cell->replay = failure_string(run, d);
	return err;
}

static int search_once(struct race_run *run, struct race_cell *cell, const struct search *s, void *arena)
{
	const struct dispatch_params params = {
		.ncpus = num_online_cpus(), .seed = run->seed, .depth = s->depth, .bound = s->bound,
		.filter = FILTER_ADDRESS,
	};
	static struct dispatch d;
	int err;

	err = dispatch_begin(&d, s->policy, &params, arena, DISPATCH_ARENA_SIZE);
	if (err)
		return err;
	err = run_under(run, &d, cell);
	dispatch_end(&d);
	return err;
}

/* How many schedules a search may take, of @n that a random one takes. */
static unsigned int budget(const struct search *s, const struct race_scenario *scenario, unsigned int n)
{
	u64 own = s->patience > 1 && s->draws == 1 && scenario->patience ? scenario->patience : 1;

	return (unsigned int)min(own * s->patience * n, (u64)UINT_MAX);
}

static int run_cell(struct race_run *run, struct race_cell *cell)
{
	const struct search *s = &searches[cell->id];
	const struct race_run asked = *run;
	unsigned int draw;
	void *arena;
	int err = 0;

	arena = vmalloc(DISPATCH_ARENA_SIZE);
	if (!arena)
		return -ENOMEM;
	oracle_config = (struct oracle_config){ .model = s->model };
	run->n = budget(s, run->scenario, asked.n);
	for (draw = 0; !err && draw < s->draws && !(draw && run->hits); draw++) {
		run->seed = asked.seed + (u64)draw * run->n;
		err = search_once(run, cell, s, arena);
	}
	run->n = asked.n;
	run->seed = asked.seed;
	oracle_config = ORACLE_DEFAULTS;
	vfree(arena);
	return err;
}

const struct race_columns race_columns = {
	.kind = "dispatch", .width = 20, .rounds = ROUNDS, .nth = nth, .run = run_cell, .readers = &readers_axis,
};
