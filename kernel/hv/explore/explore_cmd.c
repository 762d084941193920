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
#include "../replay/failure.h"
#include "../oracle/oracle.h"

#define DEFAULT_SCHEDULES	10000
#define STRING_LEN		4096	/* a replay string */
#define NOT_GIVEN		UINT_MAX
#define MAX_BOUND		1000
#define MAX_K			1000000

/* What "race explore" takes besides what every "race" verb takes. */
struct explore_options {
	const char *dispatch;
	const char *expect;
	const char *model;
	const char *until;
	unsigned int hb;
	unsigned int depth, c, k;
	struct dispatch_params params;
};

static int complain(int err, const char *why)
{
	cprintf("race: %s\n", why);
	return err;
}

/* What an adversary takes: only "race run" has one. */
static const char *const foreign[] = { "adversary", "rate", "min", "max" };

/* Is @arg "@name=..."? */
static bool is_named(const char *arg, const char *name)
{
	size_t len = strlen(name);

	return !strncmp(arg, name, len) && arg[len] == '=';
}

static int refuse_foreign(const char *arg)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(foreign); i++) {
		if (is_named(arg, foreign[i])) {
			cprintf("race: %s= is for race run: here the dispatch policy decides\n", foreign[i]);
			return -EINVAL;
		}
	}
	return 0;
}

/* Sort out the arguments that are ours, and parse both kinds. */
static int parse(struct race_run *run, struct explore_options *opt, int argc, char **argv)
{
	const struct kv table[] = {
		{ "dispatch", KV_STRING, &opt->dispatch },
		{ "depth", KV_UINT, &opt->depth },
		{ "c", KV_UINT, &opt->c },
		{ "k", KV_UINT, &opt->k },
		{ "model", KV_STRING, &opt->model },
		{ "hb", KV_UINT, &opt->hb },
		{ "until", KV_STRING, &opt->until },
	};
	char *ours[ARRAY_SIZE(table)], *others[RACE_MAX_AXES + 8];
	int nr_ours = 0, nr_others = 0, i, err;
	unsigned int k;

	for (i = 0; i < argc; i++) {
		err = refuse_foreign(argv[i]);
		if (err)
			return err;
		for (k = 0; k < ARRAY_SIZE(table) && !is_named(argv[i], table[k].name); k++)
			;
		if (k < ARRAY_SIZE(table) && nr_ours < (int)ARRAY_SIZE(ours))
			ours[nr_ours++] = argv[i];
		else if (nr_others < (int)ARRAY_SIZE(others))
			others[nr_others++] = argv[i];
		else
			return complain(-E2BIG, "too many parameters");
	}
	err = kv_parse("race", nr_ours, ours, table, ARRAY_SIZE(table));
	return err ?: race_parse(run, &opt->expect, nr_others, others);
}

/* The policy's own parameters, if they are its own and make sense. */
static int take_params(struct explore_options *opt, const struct dispatch_policy *policy)
{
	const struct {
		const char *name;
		unsigned int what, given, min, max, *param;
	} table[] = {
		{ "depth", DISPATCH_DEPTH, opt->depth, 1, DISPATCH_MAX_DEPTH, &opt->params.depth },
		{ "c", DISPATCH_BOUND, opt->c, 0, MAX_BOUND, &opt->params.bound },
		{ "k", DISPATCH_K, opt->k, 1, MAX_K, &opt->params.k_estimate },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(table); i++) {
		if (table[i].given == NOT_GIVEN)
			continue;
		if (!(policy->takes & table[i].what)) {
			cprintf("race: dispatch=%s does not take %s=\n", policy->name, table[i].name);
			return -EINVAL;
		}
		if (table[i].given < table[i].min || table[i].given > table[i].max) {
			cprintf("race: %s=%u: %u to %u?\n", table[i].name, table[i].given, table[i].min,
				table[i].max);
			return -ERANGE;
		}
		*table[i].param = table[i].given;
	}
	return 0;
}

/* Those that can search: their names, then what each is about. */
static void print_policies(void)
{
	const struct dispatch_policy *policy;
	unsigned int i, n = 0;

	for (i = 0; (policy = dispatch_policy_nth(i)); i++)
		if (!(policy->takes & DISPATCH_SCHEDULE))
			cprintf("%s%s", n++ ? "|" : "", policy->name);
	cprintf("\n");
	for (i = 0; (policy = dispatch_policy_nth(i)); i++)
		cprintf("  %-8s %s%s\n", policy->name, policy->what,
			policy->takes & DISPATCH_SCHEDULE ? " (race replay)" : "");
}

/* Return: the policy of that name, if it can search; NULL after a message. */
static const struct dispatch_policy *find_policy(const char *name)
{
	const struct dispatch_policy *policy = dispatch_policy_find(name);

	if (policy && !(policy->takes & DISPATCH_SCHEDULE))
		return policy;
	cprintf("race: dispatch=%s: not one of ", name);
	print_policies();
	return NULL;
}

static void print_search(const struct race_run *run, const struct explore_stats *stats)
{
	u64 ms = stats->ns / 1000000 ?: 1;

	oracle_print_races();
	if (run->first)
		cprintf("first hit, schedule %u: %s\n", run->first, run->what);
	cprintf("explored %u schedules, %llu steps, %u deadlocks, %u endless, hash %016llx, %llu ms, %llu per second\n",
		run->round, stats->steps, stats->deadlocks, stats->endless, stats->hash, ms,
		run->round * 1000ull / ms);
}

static void print_policy(const struct dispatch *d)
{
	cprintf("dispatch=%s", d->policy->name);
	if (d->policy->takes & DISPATCH_DEPTH)
		cprintf(" depth=%u", d->params.depth);
	if (d->policy->takes & DISPATCH_BOUND)
		cprintf(" c=%u", d->params.bound);
}

/* As much as anybody needs to have the first hit again. */
static void print_string(const struct race_run *run, const struct dispatch *d)
{
	char *text = vmalloc(STRING_LEN);

	if (text && !failure_format(run, d, text, STRING_LEN)) {
		cprintf(", replay '");
		console_write(text, strlen(text));
		cprintf("'");
	}
	vfree(text);
}

/* The line that says it all, last. */
static void print_score(const struct race_run *run, const struct dispatch *d, bool replayable)
{
	char axes[160];

	race_axes_print(run, axes, sizeof(axes));
	cprintf("race: %s %s ", run->scenario->name, axes);
	print_policy(d);
	cprintf(" model=%s: ", model_name(oracle_config.model));
	if (run->hits)
		cprintf("%u hits in %u, first at %u, ", run->hits, run->round, run->first);
	else
		cprintf("none in %u, ", run->round);
	if (d->exhausted)
		cprintf("exhausted c=%u, ", d->exhausted_bound);
	if (d->incomplete)
		cprintf("incomplete, ");
	cprintf("k=%u, seed=%llu", d->k, run->seed);
	if (replayable)
		print_string(run, d);
	cprintf("\n");
}

/* What came of a search: @err, and all that it has found. */
static void report(struct race_run *run, struct dispatch *d, const struct explore_stats *stats, int err)
{
	bool replayable;

	if (err && err != -EINTR) {
		cprintf("race: %s: schedule %u failed (err %d)\n", run->scenario->name, run->round, err);
		return;
	}
	print_search(run, stats);
	replayable = d->first_run && failure_report(run, d, err == -EINTR) > 0;
	print_score(run, d, replayable);
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
	report(run, d, &stats, err);
	race_axes_restore(run, old);
	return err;
}

/* The options that are words, or 0 or 1. */
static int check_options(const struct explore_options *opt)
{
	if (model_find(opt->model) == MODEL_NR) {
		cprintf("race: model=%s: sc, tso or pso?\n", opt->model);
		return -EINVAL;
	}
	if (opt->until && strcmp(opt->until, "hit")) {
		cprintf("race: until=%s: hit?\n", opt->until);
		return -EINVAL;
	}
	if (opt->hb > 1) {
		cprintf("race: hb=%u: 0 or 1?\n", opt->hb);
		return -EINVAL;
	}
	return 0;
}

static int start(struct race_run *run, struct explore_options *opt, const struct dispatch_policy *policy)
{
	static struct dispatch d;
	void *arena;
	int err;

	arena = vmalloc(DISPATCH_ARENA_SIZE);
	if (!arena)
		return -ENOMEM;
	oracle_config.model = model_find(opt->model);
	oracle_config.hb = opt->hb;
	opt->params.ncpus = num_online_cpus();
	opt->params.seed = run->seed;
	err = dispatch_begin(&d, policy, &opt->params, arena, DISPATCH_ARENA_SIZE);
	if (err) {
		cprintf("race: dispatch=%s cannot begin (err %d)\n", policy->name, err);
		goto out_free;
	}
	err = explore_with(run, &d, opt->until);
	dispatch_end(&d);
out_free:
	oracle_config = ORACLE_DEFAULTS;
	vfree(arena);
	return err ?: race_judge(run, opt->expect);
}

static int explore_command(int argc, char **argv)
{
	static struct race_run run;
	struct explore_options opt = {
		.dispatch = "random", .model = "sc", .depth = NOT_GIVEN, .c = NOT_GIVEN, .k = NOT_GIVEN,
		.params.filter = FILTER_ADDRESS,
	};
	const struct dispatch_policy *policy;
	int err;

	run = RACE_DEFAULTS;
	run.n = DEFAULT_SCHEDULES;
	err = race_begin(&run, argc, argv);
	if (!err)
		err = parse(&run, &opt, argc - 1, argv + 1);
	if (!err)
		err = check_options(&opt);
	if (err)
		return err;
	policy = find_policy(opt.dispatch);
	if (!policy)
		return -EINVAL;
	err = take_params(&opt, policy);
	return err ?: start(&run, &opt, policy);
}

static const struct race_verb explore_verb = { .name = "explore", .run = explore_command };
RACE_VERB(explore_verb);
