// SPDX-License-Identifier: GPL-2.0
/* The shell's "race": list the scenarios, run one, print its score on one line. */
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <stopgap/console.h>
#include <stopgap/kv.h>
#include <stopgap/race.h>
#include <stopgap/shell.h>

#define DEFAULT_ROUNDS	2000

/* What "race run" takes besides struct race_run. */
struct race_options {
	const char *policy;
	const char *preempt;
	const char *expect;
};

static const struct race_scenario *find_scenario(const char *name)
{
	const struct race_scenario *const *s;

	for (s = __start_race_scenarios; s < __stop_race_scenarios; s++)
		if (!strcmp((*s)->name, name))
			return *s;
	cprintf("race: %s: no such scenario; \"race list\" shows them\n", name);
	return NULL;
}

static int cmd_list(int argc, char **argv)
{
	const struct race_scenario *const *s;
	const struct race_adversary *a;
	const char *policy;
	unsigned int i;

	for (s = __start_race_scenarios; s < __stop_race_scenarios; s++) {
		cprintf("%s: %s\n  %s=", (*s)->name, (*s)->story, (*s)->policy);
		for (i = 0; (policy = (*s)->policy_nth(i)); i++)
			cprintf("%s%s", i ? "|" : "", policy);
		cprintf("\n");
	}
	cprintf("adversaries:\n");
	for (i = 0; (a = race_adversary_nth(i)); i++)
		cprintf("  %-8s %s\n", a->name, a->what);
	return 0;
}

/* Check what can be wrong with the parameters, before anything changes. */
static int check(const struct race_run *run, const struct race_options *opt)
{
	if (!race_adversary_find(run->adversary)) {
		cprintf("race: adversary=%s: no such adversary\n", run->adversary);
		return -EINVAL;
	}
	if (opt->expect && strcmp(opt->expect, "hit") && strcmp(opt->expect, "none")) {
		cprintf("race: expect=%s: hit or none?\n", opt->expect);
		return -EINVAL;
	}
	if (!hv_steal_valid(&run->steal)) {
		cprintf("race: rate=%u min=%u max=%u: out of range\n", run->steal.rate, run->steal.min_us,
			run->steal.max_us);
		return -EINVAL;
	}
	if (num_online_cpus() < run->scenario->min_cpus) {
		cprintf("race: %s takes %u CPUs, %u online\n", run->scenario->name, run->scenario->min_cpus,
			num_online_cpus());
		return -ENODEV;
	}
	return 0;
}

static void print_score(const struct race_run *run)
{
	if (run->first)
		cprintf("first hit, round %u: %s\n", run->first, run->what);
	cprintf("race: %s %s=%s preempt=%s adversary=%s model=native: ", run->scenario->name,
		run->scenario->policy, run->scenario->policy_get(), preempt_model_name(), run->adversary);
	if (run->hits)
		cprintf("%u hits in %u, first at %u, seed=%llu\n", run->hits, run->round, run->first, run->seed);
	else
		cprintf("none in %u, seed=%llu\n", run->round, run->seed);
}

static int judge(const struct race_run *run, const char *expect)
{
	bool hit = run->hits > 0;

	if (!expect || hit == !strcmp(expect, "hit"))
		return 0;
	cprintf("race: expected %s\n", expect);
	return -EPROTO;
}

/* Run with the chosen policy and preemption model, and put both back. */
static int run_with(struct race_run *run, const struct race_options *opt)
{
	const char *old_policy = run->scenario->policy_get();
	const char *old_preempt = preempt_model_name();
	int err;

	err = opt->policy ? run->scenario->policy_set(opt->policy) : 0;
	if (err) {
		cprintf("race: %s=%s: no such policy\n", run->scenario->policy, opt->policy);
		return err;
	}
	err = opt->preempt ? sched_set_preempt(opt->preempt) : 0;
	if (err) {
		cprintf("race: preempt=%s: none or full?\n", opt->preempt);
		goto out_policy;
	}
	err = race_run(run);
	if (!err || err == -EINTR)
		print_score(run);
	else
		cprintf("race: %s: round %u failed (err %d)\n", run->scenario->name, run->round, err);
	sched_set_preempt(old_preempt);
out_policy:
	run->scenario->policy_set(old_policy);
	return err;
}

static int cmd_run(int argc, char **argv)
{
	static struct race_run run;
	struct race_options opt = { 0 };
	int err;

	if (argc < 1) {
		cprintf("race: run which scenario?\n");
		return -EINVAL;
	}
	run = (struct race_run){ .adversary = "steal", .steal = HV_STEAL_DEFAULT, .n = DEFAULT_ROUNDS, .seed = 1 };
	run.scenario = find_scenario(argv[0]);
	if (!run.scenario)
		return -ENOENT;
	const struct kv table[] = {
		{ run.scenario->policy, KV_STRING, &opt.policy },
		{ "adversary", KV_STRING, &run.adversary },
		{ "preempt", KV_STRING, &opt.preempt },
		{ "expect", KV_STRING, &opt.expect },
		{ "n", KV_UINT, &run.n },
		{ "seed", KV_U64, &run.seed },
		{ "rate", KV_UINT, &run.steal.rate },
		{ "min", KV_UINT, &run.steal.min_us },
		{ "max", KV_UINT, &run.steal.max_us },
	};
	err = kv_parse("race", argc - 1, argv + 1, table, ARRAY_SIZE(table));
	if (!err)
		err = check(&run, &opt);
	if (!err)
		err = run_with(&run, &opt);
	return err ? err : judge(&run, opt.expect);
}

static int race_command(int argc, char **argv)
{
	if (argc > 1 && !strcmp(argv[1], "list"))
		return cmd_list(argc - 2, argv + 2);
	if (argc > 1 && !strcmp(argv[1], "run"))
		return cmd_run(argc - 2, argv + 2);
	cprintf("race: list or run?\n");
	return -EINVAL;
}

static const char *race_complete(int argc, const char *word, int n)
{
	static const char *const verbs[] = { "list", "run" };
	const struct race_scenario *const *s;
	unsigned int i;

	for (i = 0; argc == 2 && i < ARRAY_SIZE(verbs); i++)
		if (!strncmp(verbs[i], word, strlen(word)) && n-- == 0)
			return verbs[i];
	for (s = __start_race_scenarios; argc == 3 && s < __stop_race_scenarios; s++)
		if (!strncmp((*s)->name, word, strlen(word)) && n-- == 0)
			return (*s)->name;
	return NULL;
}

SHELL_COMMAND(race, race_command, race_complete,
	      "list | run SCENARIO [POLICY] [adversary=none|steal] [preempt=none|full] [n=N] [seed=S] [expect=hit|none] [rate=N min=US max=US]",
	      "make a race happen, many times over, and count");
