// SPDX-License-Identifier: GPL-2.0
/* Litmus tests on the paper dispatcher: each model shows every outcome it allows, and no other. */
// LINK: kernel/hv/litmus/litmus.c kernel/hv/litmus/litmus_sim.c
// LINK: kernel/hv/oracle/model.c kernel/hv/oracle/storebuf.c kernel/hv/oracle/shadow.c
// LINK: tests/unit/model_fakes.c
#include "litmus.h"
#include "unit.h"

#define RUNS	20000

static unsigned int hits(const struct litmus_test *test, enum memory_model model)
{
	unsigned int n = 0;

	for (u64 seed = 0; seed < RUNS; seed++)
		n += litmus_simulate(test, model, seed);
	return n;
}

static void check(const struct litmus_test *test, enum memory_model model)
{
	unsigned int n = hits(test, model);

	if (!CHECK_EQ(n > 0, test->allowed[model]))
		fprintf(stderr, "\t%s under %s: %u of %u\n", test->name, model_name(model), n, RUNS);
}

TEST(each_model_shows_what_it_allows_and_nothing_else)
{
	for (unsigned int i = 0; i < litmus_nr_tests; i++) {
		for (enum memory_model model = 0; model < MODEL_NR; model++)
			check(&litmus_tests[i], model);
	}
}

/*
 * The emulation may be stronger than POWER, never weaker; and each model contains the one before.
 */
TEST(what_the_models_allow_is_nested)
{
	for (unsigned int i = 0; i < litmus_nr_tests; i++) {
		const struct litmus_test *t = &litmus_tests[i];

		CHECK(t->allowed[MODEL_SC] <= t->allowed[MODEL_TSO]);
		CHECK(t->allowed[MODEL_TSO] <= t->allowed[MODEL_PSO]);
		CHECK(t->allowed[MODEL_PSO] <= t->power);
		CHECK(!t->allowed[MODEL_SC]);
	}
}

TEST(a_seed_is_an_execution)
{
	for (u64 seed = 0; seed < 200; seed++)
		CHECK_EQ(litmus_simulate(&litmus_tests[0], MODEL_PSO, seed),
			 litmus_simulate(&litmus_tests[0], MODEL_PSO, seed));
}
