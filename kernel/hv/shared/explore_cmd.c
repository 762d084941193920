// SPDX-License-Identifier: GPL-2.0
/* "race explore": look for the schedules in which a scenario goes wrong. */
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include <stopgap/console.h>
#include <stopgap/explore.h>
#include <stopgap/kv.h>

#include "../../race/internal.h"
#include "failure.h"
#include "oracle.h"

#define DEFAULT_SCHEDULES	10000

/* What "race explore" takes besides what every "race" verb takes. */
struct explore_options {
	const char *dispatch;
	const char *expect;
	const char *model;
	const char *until;
	unsigned int hb;
	struct dispatch_params params;
};

static int complain(int err, const char *why)
{
	cprintf("race: %s\n", why);
	return err;
}

/* Sort out the arguments that are ours, and parse both kinds. */
static int parse(struct race_run *run, struct explore_options *opt, int argc, char **argv)
{
	const struct kv table[] = {
		{ "dispatch", KV_STRING, &opt->dispatch },
		{ "depth", KV_UINT, &opt->params.depth },
		{ "c", KV_UINT, &opt->params.bound },
		{ "k", KV_UINT, &opt->params.k_estimate },
		{ "model", KV_STRING, &opt->model },
		{ "hb", KV_UINT, &opt->hb },
		{ "until", KV_STRING, &opt->until },
	};
	char *ours[ARRAY_SIZE(table)], *others[RACE_MAX_AXES + 8];
	int nr_ours = 0, nr_others = 0, i, err;
	unsigned int k;

	for (i = 0; i < argc; i++) {
		size_t len = strcspn(argv[i], "=");

		for (k = 0; k < ARRAY_SIZE(table); k++)
			if (strlen(table[k].name) == len && !strncmp(argv[i], table[k].name, len))
				break;
		if (k < ARRAY_SIZE(table) && nr_ours < (int)ARRAY_SIZE(ours))
			ours[nr_ours++] = argv[i];
		else if (nr_others < (int)ARRAY_SIZE(others))
			others[nr_others++] = argv[i];
		else
			return complain(-E2BIG, "too many parameters");
	}
	err = kv_parse("race", nr_ours, ours, table, ARRAY_SIZE(table));
	if (!err)
		err = race_parse(run, &opt->expect, nr_others, others);
	if (!err && run->adversary)
		return complain(-EINVAL, "adversary= is for race run: here the dispatch policy decides");
	return err;
}

static void print_score(const struct race_run *run, const struct dispatch *d, const struct explore_stats *stats)
{
	u64 ms = stats->ns / 1000000 ?: 1;
	char axes[160];

	race_axes_print(run, axes, sizeof(axes));
	oracle_print_races();
	if (run->first)
		cprintf("first hit, schedule %u: %s\n", run->first, run->what);
	cprintf("explored %u schedules, %llu steps, %u deadlocks, %u endless, hash %016llx, %llu ms, %llu per second\n",
		run->round, stats->steps, stats->deadlocks, stats->endless, stats->hash, ms,
		run->round * 1000ull / ms);
	cprintf("race: %s %s dispatch=%s model=%s: ", run->scenario->name, axes, d->policy->name,
		model_name(oracle_config.model));
	if (run->hits)
		cprintf("%u hits in %u, first at %u, ", run->hits, run->round, run->first);
	else
		cprintf("none in %u, ", run->round);
	if (d->exhausted)
		cprintf("exhausted c=%u, ", d->exhausted_bound);
	if (d->incomplete)
		cprintf("incomplete, ");
	cprintf("k=%u, seed=%llu\n", d->k, run->seed);
}

static int explore_with(struct race_run *run, struct dispatch *d, bool to_first_hit)
{
	const char *old[RACE_MAX_AXES];
	struct explore_stats stats;
	int err;

	err = race_axes_apply(run, old);
	if (err)
		return err;
	err = to_first_hit ? explore_to_first_hit(run, d, &stats) : explore(run, d, &stats);
	if (!err || err == -EINTR)
		print_score(run, d, &stats);
	else
		cprintf("race: %s: schedule %u failed (err %d)\n", run->scenario->name, run->round, err);
	if (!err && d->first_run)
		failure_report(run, d);
	race_axes_restore(run, old);
	return err;
}

static int no_such_policy(const char *name)
{
	const struct dispatch_policy *policy;
	unsigned int i;

	cprintf("race: dispatch=%s: not one of ", name);
	for (i = 0; (policy = dispatch_policy_nth(i)); i++)
		cprintf("%s%s", i ? "|" : "", policy->name);
	cprintf("\n");
	return -EINVAL;
}

static int start(struct race_run *run, struct explore_options *opt)
{
	const struct dispatch_policy *policy = dispatch_policy_find(opt->dispatch);
	static struct dispatch d;
	void *arena;
	int err;

	oracle_config.model = model_find(opt->model);
	oracle_config.hb = opt->hb != 0;
	if (oracle_config.model == MODEL_NR) {
		cprintf("race: model=%s: sc, tso or pso?\n", opt->model);
		return -EINVAL;
	}
	if (opt->until && strcmp(opt->until, "hit")) {
		cprintf("race: until=%s: hit?\n", opt->until);
		return -EINVAL;
	}
	if (!policy)
		return no_such_policy(opt->dispatch);
	arena = vmalloc(DISPATCH_ARENA_SIZE);
	if (!arena)
		return -ENOMEM;
	opt->params.ncpus = num_online_cpus();
	opt->params.seed = run->seed;
	err = dispatch_begin(&d, policy, &opt->params, arena, DISPATCH_ARENA_SIZE);
	if (err) {
		cprintf("race: dispatch=%s does not take these parameters (err %d)\n", policy->name, err);
		goto out_free;
	}
	err = explore_with(run, &d, opt->until);
	dispatch_end(&d);
out_free:
	vfree(arena);
	return err ?: race_judge(run, opt->expect);
}

static int explore_command(int argc, char **argv)
{
	static struct race_run run;
	struct explore_options opt = { .dispatch = "random", .model = "sc", .params.filter = FILTER_ADDRESS };
	int err;

	run = RACE_DEFAULTS;
	run.n = DEFAULT_SCHEDULES;
	err = race_begin(&run, argc, argv);
	if (!err)
		err = parse(&run, &opt, argc - 1, argv + 1);
	return err ?: start(&run, &opt);
}

static const struct race_verb explore_verb = { .name = "explore", .run = explore_command };
RACE_VERB(explore_verb);
