// SPDX-License-Identifier: GPL-2.0
/* The lock-order check on the kernel's own hooks, and the models inside the kernel. */
#include <kunit/test.h>
#include <linux/irqflags.h>
#include <linux/preempt.h>

#include "../litmus/litmus.h"
#include "lockdep.h"

#define SCHEDULES	2000

/* Locks nobody has seen before: what is learnt stays, and the suite may run again. */
static unsigned long generation;

#define LOCK(i)	(64 * generation + 8 * (i))

static int be_silent(struct kunit *test)
{
	generation++;
	lockdep_set_silent(true);
	return 0;
}

static void be_loud(struct kunit *test)
{
	lockdep_set_silent(false);
}

static void nest(unsigned long outer, unsigned long inner)
{
	hv_lockdep_acquire(outer);
	hv_lockdep_acquire(inner);
	hv_lockdep_release(inner);
	hv_lockdep_release(outer);
}

static void an_inversion_is_reported_once(struct kunit *test)
{
	unsigned int before = lockdep_reports();

	nest(LOCK(0), LOCK(1));
	nest(LOCK(1), LOCK(2));
	KUNIT_EXPECT_EQ(test, lockdep_reports(), before);
	nest(LOCK(2), LOCK(0));
	nest(LOCK(2), LOCK(0));
	KUNIT_EXPECT_EQ(test, lockdep_reports(), before + 1);
}

/* One call site, as a loop in the kernel would be. */
static noinline void sleep_here(void)
{
	hv_lockdep_might_sleep();
	barrier();
}

static void sleeping_in_atomic_context_is_reported_once(struct kunit *test)
{
	unsigned int before = lockdep_reports();

	sleep_here();
	KUNIT_EXPECT_EQ(test, lockdep_reports(), before);
	preempt_disable();
	sleep_here();
	sleep_here();
	preempt_enable();
	KUNIT_EXPECT_EQ(test, lockdep_reports(), before + 1);
	local_irq_disable();
	hv_lockdep_might_sleep();
	local_irq_enable();
	KUNIT_EXPECT_EQ(test, lockdep_reports(), before + 2);
}

static void each_model_keeps_its_word(struct kunit *test)
{
	for (unsigned int i = 0; i < litmus_nr_tests; i++) {
		const struct litmus_test *t = &litmus_tests[i];

		for (enum memory_model model = 0; model < MODEL_NR; model++) {
			unsigned int hits = 0;

			for (u64 seed = 0; seed < SCHEDULES; seed++)
				hits += litmus_simulate(t, model, seed);
			KUNIT_EXPECT_EQ_MSG(test, hits > 0, t->allowed[model], "%s under %s: %u",
					    t->name, model_name(model), hits);
		}
	}
}

static struct kunit_case model_cases[] = {
	KUNIT_CASE(an_inversion_is_reported_once),
	KUNIT_CASE(sleeping_in_atomic_context_is_reported_once),
	KUNIT_CASE(each_model_keeps_its_word),
	{}
};

static struct kunit_suite model_suite = {
	.name = "model",
	.init = be_silent,
	.exit = be_loud,
	.test_cases = model_cases,
};
kunit_test_suite(model_suite);
