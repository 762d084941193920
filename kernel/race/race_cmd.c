// SPDX-License-Identifier: GPL-2.0
/* The shell's "race": list the scenarios, run one, print its score on one line. */
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include <stopgap/console.h>
#include <stopgap/kv.h>
#include <stopgap/race.h>
#include <stopgap/shell.h>

#include "internal.h"

static int cmd_list(int argc, char **argv)
{
	const struct race_scenario *const *s;
	const struct race_table *const *t;
	const struct race_adversary *a;
	const struct race_axis *axis;
	int err = kv_parse("race", argc, argv, NULL, 0);
	const char *value;
	unsigned int i, k;

	if (err)
		return err;
	for (s = __start_race_scenarios; s < __stop_race_scenarios; s++) {
		cprintf("%s: %s\n", (*s)->name, (*s)->story);
		for (i = 0; (axis = race_axis_nth(*s, i)); i++) {
			cprintf("  %s=", axis->name);
			for (k = 0; (value = axis->nth(axis, k)); k++)
				cprintf("%s%s", k ? "|" : "", value);
			cprintf("\n");
		}
	}
	for (t = __start_race_tables; t < __stop_race_tables; t++)
		cprintf("%s: %s (matrix only)\n", (*t)->name, (*t)->story);
	cprintf("adversaries:\n");
	for (i = 0; (a = race_adversary_nth(i)); i++)
		cprintf("  %-8s %s\n", a->name, a->what);
	return 0;
}

int race_begin(struct race_run *run, int argc, char **argv)
{
	if (argc < 1) {
		cprintf("race: which scenario?\n");
		return -EINVAL;
	}
	run->scenario = race_find(argv[0]);
	if (!run->scenario) {
		cprintf("race: %s: no such scenario; \"race list\" shows them\n", argv[0]);
		return -ENOENT;
	}
	if (num_online_cpus() < run->scenario->nr_participants) {
		cprintf("race: %s takes %u CPUs, %u online\n", run->scenario->name, run->scenario->nr_participants,
			num_online_cpus());
		return -ENODEV;
	}
	return 0;
}

/* Check what can be wrong with the parameters, before anything changes. */
static int check(const struct race_run *run, const char *expect)
{
	if (run->adversary && !race_adversary_find(run->adversary)) {
		cprintf("race: adversary=%s: no such adversary\n", run->adversary);
		return -EINVAL;
	}
	if (expect && strcmp(expect, "hit") && strcmp(expect, "none")) {
		cprintf("race: expect=%s: hit or none?\n", expect);
		return -EINVAL;
	}
	if (!run->n) {
		cprintf("race: n=0: nothing would be tried\n");
		return -EINVAL;
	}
	if (!hv_steal_valid(&run->steal)) {
		cprintf("race: rate=%u min=%u max=%u: out of range\n", run->steal.rate, run->steal.min_us,
			run->steal.max_us);
		return -EINVAL;
	}
	return 0;
}

int race_parse(struct race_run *run, const char **expect, int argc, char **argv)
{
	struct kv table[RACE_MAX_AXES + 7] = {
		{ "adversary", KV_STRING, &run->adversary },
		{ "expect", KV_STRING, expect },
		{ "n", KV_UINT, &run->n },
		{ "seed", KV_U64, &run->seed },
		{ "rate", KV_UINT, &run->steal.rate },
		{ "min", KV_UINT, &run->steal.min_us },
		{ "max", KV_UINT, &run->steal.max_us },
	};
	const struct race_axis *axis;
	unsigned int i;
	int err;

	for (i = 0; (axis = race_axis_nth(run->scenario, i)); i++)
		table[7 + i] = (struct kv){ axis->name, KV_STRING, &run->given[i] };
	err = kv_parse("race", argc, argv, table, 7 + i);
	return err ?: check(run, *expect);
}

static void print_score(const struct race_run *run)
{
	char axes[160];

	race_axes_print(run, axes, sizeof(axes));
	if (run->first)
		cprintf("first hit, round %u: %s\n%s", run->first, run->what, run->picture);
	cprintf("race: %s %s adversary=%s model=native: ", run->scenario->name, axes, run->adversary);
	if (run->hits)
		cprintf("%u hits in %u, first at %u, seed=%llu\n", run->hits, run->round, run->first, run->seed);
	else
		cprintf("none in %u, seed=%llu\n", run->round, run->seed);
}

int race_judge(const struct race_run *run, const char *expect)
{
	if (!expect || (run->hits > 0) == !strcmp(expect, "hit"))
		return 0;
	cprintf("race: expected %s\n", expect);
	return -EPROTO;
}

/* Run with the axes that were asked for, and put them back. */
static int run_once(struct race_run *run)
{
	const char *old[RACE_MAX_AXES];
	int err;

	err = race_axes_apply(run, old);
	if (err)
		return err;
	err = race_run(run);
	if (!err || err == -EINTR)
		print_score(run);
	else
		cprintf("race: %s: round %u failed (err %d)\n", run->scenario->name, run->round, err);
	race_axes_restore(run, old);
	return err;
}

static int cmd_run(int argc, char **argv)
{
	static struct race_run run;
	const char *expect = NULL;
	int err;

	run = RACE_DEFAULTS;
	run.adversary = "steal";
	err = race_begin(&run, argc, argv);
	if (!err)
		err = race_parse(&run, &expect, argc - 1, argv + 1);
	if (!err)
		err = run_once(&run);
	return err ?: race_judge(&run, expect);
}

static const struct {
	const char *name;
	int (*run)(int argc, char **argv);
} verbs[] = {
	{ "list", cmd_list },
	{ "run", cmd_run },
	{ "matrix", race_matrix },
};

static int race_command(int argc, char **argv)
{
	const struct race_verb *const *v;
	unsigned int i;

	for (i = 0; argc > 1 && i < ARRAY_SIZE(verbs); i++)
		if (!strcmp(argv[1], verbs[i].name))
			return verbs[i].run(argc - 2, argv + 2);
	for (v = __start_race_verbs; argc > 1 && v < __stop_race_verbs; v++)
		if (!strcmp(argv[1], (*v)->name))
			return (*v)->run(argc - 2, argv + 2);
	cprintf("race: list, run, matrix");
	for (v = __start_race_verbs; v < __stop_race_verbs; v++)
		cprintf(", %s", (*v)->name);
	cprintf(v > __start_race_verbs ? "?\n" : "? The others take qemu-run.sh --explore\n");
	return -EINVAL;
}

/* The @n-th name=value, of any scenario, that starts with @word. */
static const char *complete_value(const char *word, int n)
{
	const struct race_scenario *const *s;
	const struct race_axis *axis;
	static char candidate[48];
	const char *value;
	unsigned int i, k;

	for (s = __start_race_scenarios; s < __stop_race_scenarios; s++) {
		for (i = 0; (axis = race_axis_nth(*s, i)); i++) {
			for (k = 0; (value = axis->nth(axis, k)); k++) {
				scnprintf(candidate, sizeof(candidate), "%s=%s", axis->name, value);
				if (!strncmp(candidate, word, strlen(word)) && n-- == 0)
					return candidate;
			}
		}
	}
	return NULL;
}

static const char *race_complete(int argc, const char *word, int n)
{
	const struct race_scenario *const *s;
	const struct race_table *const *t;
	unsigned int i;

	for (i = 0; argc == 2 && i < ARRAY_SIZE(verbs); i++)
		if (!strncmp(verbs[i].name, word, strlen(word)) && n-- == 0)
			return verbs[i].name;
	for (s = __start_race_scenarios; argc == 3 && s < __stop_race_scenarios; s++)
		if (!strncmp((*s)->name, word, strlen(word)) && n-- == 0)
			return (*s)->name;
	for (t = __start_race_tables; argc == 3 && t < __stop_race_tables; t++)
		if (!strncmp((*t)->name, word, strlen(word)) && n-- == 0)
			return (*t)->name;
	return argc > 3 ? complete_value(word, n) : NULL;
}

SHELL_COMMAND_ALONE(race, race_command, race_complete,
	      "list\n"
	      "   | run SCENARIO [NAME=VALUE ...] [adversary=A] [n=N] [seed=S] [expect=hit|none] [rate=N min=US max=US]\n"
	      "   | matrix [SCENARIO [NAME=VALUE ...] [n=N]] [--json]\n"
	      "   with qemu-run.sh --explore also\n"
	      "   | explore SCENARIO [NAME=VALUE ...] [dispatch=P] [depth=D] [c=C] [k=K] [model=sc|tso|pso] [hb=1]\n"
	      "             [until=hit] [n=N] [seed=S] [expect=hit|none]\n"
	      "   | replay 'RX1:...' [n=N] | replay SCENARIO [NAME=VALUE ...] PLACES\n"
	      "   | litmus [test=T] [model=M] [n=N] [seed=S] [--ppc]",
	      "make a race happen, many times over, and count");
