// SPDX-License-Identifier: GPL-2.0
/* "race litmus": what each memory model lets happen, under the dispatcher that the scenarios use. */
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include <stopgap/console.h>
#include <stopgap/explore.h>
#include <stopgap/kv.h>

#include "litmus_run.h"
#include "../oracle/oracle.h"

#define DEFAULT_SCHEDULES	500
#define NAME_WIDTH		18

/**
 * struct litmus_plan - what was asked for, and what it takes
 * @test: only this one; NULL = all
 * @model: only this one; NULL = all
 * @n: schedules for each test and model
 * @seed: of the first
 * @arena: for the dispatch policy
 * @tried: how many tests there were CPUs enough for
 */
struct litmus_plan {
	const char *test;
	const char *model;
	unsigned int n;
	u64 seed;
	void *arena;
	unsigned int tried;
};

/* Explore @test under @model. Return: how often its outcome came, or a negative errno. */
static int explore_one(const struct litmus_plan *plan, const struct litmus_test *test,
		       enum memory_model model)
{
	static struct dispatch d;
	static struct race_run run;
	struct race_scenario scenario;
	struct explore_stats stats;
	struct dispatch_params params = {
		.ncpus = num_online_cpus(), .seed = plan->seed, .filter = FILTER_ADDRESS,
	};
	int err;

	litmus_scenario(test, &scenario);
	run = (struct race_run){ .scenario = &scenario, .n = plan->n, .seed = plan->seed };
	oracle_config = (struct oracle_config){ .model = model };
	err = dispatch_begin(&d, dispatch_policy_find("random"), &params, plan->arena,
			     DISPATCH_ARENA_SIZE);
	if (err)
		return err;
	err = explore(&run, &d, &stats);
	dispatch_end(&d);
	return err ?: (int)run.hits;
}

/* How the outcome and the promise go together, for people. */
static const char *verdict(const struct litmus_test *test, bool allowed, bool seen)
{
	if (seen != allowed)
		return seen ? "WRONG" : "NOT SEEN";
	return test->power && !allowed ? "POWER allows it" : "";
}

/* Return: 0, -EPROTO if the model does not keep its word, or the errno of what went wrong. */
static int try_one(const struct litmus_plan *plan, const struct litmus_test *test,
		   enum memory_model model)
{
	bool allowed = test->allowed[model];
	int hits = explore_one(plan, test, model);

	if (hits < 0) {
		cprintf("race litmus: %s under %s: %s (err %d)\n", test->name, model_name(model),
			hits == -EINTR ? "interrupted" : "failed", hits);
		return hits;
	}
	cprintf("%-*s %-24s %-5s %7d of %-7u %-10s %s\n", NAME_WIDTH, test->name, test->outcome,
		model_name(model), hits, plan->n, allowed ? "allowed" : "forbidden",
		verdict(test, allowed, hits > 0));
	return (hits > 0) == allowed ? 0 : -EPROTO;
}

/* Try @test under the model that was asked for, or under all. */
static int try_models(struct litmus_plan *plan, const struct litmus_test *test)
{
	unsigned int threads = litmus_nr_threads(test);
	int err = 0;

	if (threads > num_online_cpus()) {
		cprintf("%-*s takes %u CPUs, %u online\n", NAME_WIDTH, test->name, threads, num_online_cpus());
		return 0;
	}
	plan->tried++;
	for (enum memory_model model = 0; model < MODEL_NR && err != -EINTR; model++) {
		if (!plan->model || model == model_find(plan->model))
			err = try_one(plan, test, model) ?: err;
	}
	return err;
}

/* In the language of herd7, instead of trying it. */
static int print_ppc(struct litmus_plan *plan, const struct litmus_test *test)
{
	litmus_print_ppc(test);
	return 0;
}

/* Do @what with the test that was asked for, or with all. */
static int for_each_test(struct litmus_plan *plan,
			 int (*what)(struct litmus_plan *plan, const struct litmus_test *test))
{
	unsigned int found = 0;
	int err = 0;

	for (unsigned int i = 0; i < litmus_nr_tests && err != -EINTR; i++) {
		if (plan->test && strcmp(plan->test, litmus_tests[i].name))
			continue;
		err = what(plan, &litmus_tests[i]) ?: err;
		found++;
	}
	if (!found) {
		cprintf("race litmus: test=%s: no such test\n", plan->test);
		return -ENOENT;
	}
	return err;
}

/* Take "--ppc" out of the arguments, if it is there. */
static bool take_ppc(int *argc, char **argv)
{
	if (*argc < 1 || strcmp(argv[*argc - 1], "--ppc"))
		return false;
	(*argc)--;
	return true;
}

static int explore_tests(struct litmus_plan *plan)
{
	int err;

	plan->arena = vmalloc(DISPATCH_ARENA_SIZE);
	if (!plan->arena)
		return -ENOMEM;
	err = for_each_test(plan, try_models);
	if (!err && !plan->tried)
		err = -ENODEV;
	oracle_config = ORACLE_DEFAULTS;
	vfree(plan->arena);
	return err;
}

static int litmus_command(int argc, char **argv)
{
	struct litmus_plan plan = { .n = DEFAULT_SCHEDULES, .seed = 1 };
	const struct kv table[] = {
		{ "test", KV_STRING, &plan.test },
		{ "model", KV_STRING, &plan.model },
		{ "n", KV_UINT, &plan.n },
		{ "seed", KV_U64, &plan.seed },
	};
	bool ppc = take_ppc(&argc, argv);
	int err = kv_parse("race litmus", argc, argv, table, ARRAY_SIZE(table));

	if (err)
		return err;
	if (plan.model && model_find(plan.model) == MODEL_NR) {
		cprintf("race litmus: model=%s: sc, tso or pso?\n", plan.model);
		return -EINVAL;
	}
	if (!plan.n) {
		cprintf("race litmus: n=0: nothing to try\n");
		return -EINVAL;
	}
	return ppc ? for_each_test(&plan, print_ppc) : explore_tests(&plan);
}

static const struct race_verb litmus_verb = { .name = "litmus", .run = litmus_command };
RACE_VERB(litmus_verb);
