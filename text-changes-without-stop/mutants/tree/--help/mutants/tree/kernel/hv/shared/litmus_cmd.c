// SPDX-License-Identifier: GPL-2.0
/* "race litmus": what each memory model lets happen, under the dispatcher that the scenarios use. */
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/vmalloc.h>
#include <stopgap/console.h>
#include <stopgap/explore.h>
#include <stopgap/kv.h>

#include "litmus_run.h"
#include "oracle.h"

#define DEFAULT_SCHEDULES	500

/* What was asked for, and what it takes. */
struct litmus_plan {
	const char *model;
	unsigned int n;
	u64 seed;
	void *arena;
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
	oracle_config.model = model;
	err = dispatch_begin(&d, dispatch_policy_find("random"), &params, plan->arena,
			     DISPATCH_ARENA_SIZE);
	if (err)
		return err;
	err = explore(&run, &d, &stats);
	dispatch_end(&d);
	return err ?: (int)run.hits;
}

/* Return: 0, -EPROTO if the model does not keep its word, or the errno of what went wrong. */
static int try_one(const struct litmus_plan *plan, const struct litmus_test *test,
		   enum memory_model model)
{
	bool allowed = test->allowed[model];
	int hits = explore_one(plan, test, model);
	bool kept = hits >= 0 && (hits > 0) == allowed;

	cprintf("%-12s %-24s %-5s %7d of %-7u %-10s %s\n", test->name, test->outcome,
		model_name(model), hits, plan->n, allowed ? "allowed" : "forbidden",
		kept ? test->power && !allowed ? "POWER allows it" : "" : "WRONG");
	return hits < 0 ? hits : kept ? 0 : -EPROTO;
}

static int try_all(const struct litmus_plan *plan)
{
	int err = 0;

	for (unsigned int i = 0; i < litmus_nr_tests; i++) {
		if (litmus_nr_threads(&litmus_tests[i]) > num_online_cpus()) {
			cprintf("%-12s takes %u CPUs\n", litmus_tests[i].name,
				litmus_nr_threads(&litmus_tests[i]));
			continue;
		}
		for (enum memory_model model = 0; model < MODEL_NR; model++) {
			if (!plan->model || model == model_find(plan->model))
				err = try_one(plan, &litmus_tests[i], model) ?: err;
			if (err == -EINTR)
				return err;
		}
	}
	return err;
}

static int litmus_command(int argc, char **argv)
{
	struct litmus_plan plan = { .n = DEFAULT_SCHEDULES, .seed = 1 };
	const struct kv table[] = {
		{ "model", KV_STRING, &plan.model },
		{ "n", KV_UINT, &plan.n },
		{ "seed", KV_U64, &plan.seed },
	};
	int err = kv_parse("race litmus", argc, argv, table, ARRAY_SIZE(table));

	if (err)
		return err;
	if (plan.model && model_find(plan.model) == MODEL_NR) {
		cprintf("race litmus: model=%s: sc, tso or pso?\n", plan.model);
		return -EINVAL;
	}
	plan.arena = vmalloc(DISPATCH_ARENA_SIZE);
	if (!plan.arena)
		return -ENOMEM;
	err = try_all(&plan);
	oracle_config.model = MODEL_SC;
	vfree(plan.arena);
	return err;
}

static const struct race_verb litmus_verb = { .name = "litmus", .run = litmus_command };
RACE_VERB(litmus_verb);
