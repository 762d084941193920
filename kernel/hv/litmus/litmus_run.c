// SPDX-License-Identifier: GPL-2.0
/*
 * Litmus tests by the kernel's own barriers and accesses, on real logical CPUs, under the real
 * dispatcher. This file is explored: what it does goes by the hooks.
 */
#include <asm/atomic.h>
#include <asm/barrier.h>
#include <linux/kernel.h>
#include <linux/smp.h>
#include <linux/string.h>

#include "litmus_run.h"

static const struct litmus_test *running;
static struct litmus_state state;

/* 0, since values are small, but nobody can tell before the register is there that @s depends on. */
static unsigned int dependency(const struct litmus_step *s)
{
	return s->dep ? state.reg[s->dep - 1] >> 8 : 0;
}

static void step(const struct litmus_step *s)
{
	unsigned int zero = dependency(s);
	unsigned int *var = &state.var[s->var + zero].value;

	switch (s->op) {
	case LITMUS_STORE:
		WRITE_ONCE(*var, s->arg + zero);
		break;
	case LITMUS_RELEASE:
		smp_store_release(var, s->arg + zero);
		break;
	case LITMUS_LOAD:
		state.reg[s->arg] = READ_ONCE(*var);
		break;
	case LITMUS_ACQUIRE:
		state.reg[s->arg] = smp_load_acquire(var);
		break;
	case LITMUS_INC:
		atomic_inc((atomic_t *)var);
		break;
	case LITMUS_WMB:
		smp_wmb();
		break;
	case LITMUS_RMB:
		smp_rmb();
		break;
	case LITMUS_MB:
		smp_mb();
		break;
	case LITMUS_END:
		break;
	}
}

/* Participant number i runs on CPU i. */
static int act(struct race_run *run)
{
	const struct litmus_step *s = running->thread[raw_smp_processor_id()];
	unsigned int i;

	for (i = 0; i < LITMUS_STEPS && s[i].op != LITMUS_END; i++)
		step(&s[i]);
	return 0;
}

static int prepare(struct race_run *run)
{
	memset(&state, 0, sizeof(state));
	return 0;
}

static int finish(struct race_run *run)
{
	if (litmus_hit(running, &state))
		race_hit(run, "%s: %s", running->name, running->outcome);
	return 0;
}

static int setup(struct race_run *run)
{
	return 0;
}

static void teardown(struct race_run *run)
{
}

static const struct race_participant participants[LITMUS_THREADS] = {
	{ "thread 0", act }, { "thread 1", act }, { "thread 2", act }, { "thread 3", act },
};

void litmus_scenario(const struct litmus_test *test, struct race_scenario *scenario)
{
	running = test;
	*scenario = (struct race_scenario){
		.name = test->name, .story = test->outcome, .participants = participants,
		.nr_participants = litmus_nr_threads(test),
		.setup = setup, .prepare = prepare, .finish = finish, .teardown = teardown,
	};
}
