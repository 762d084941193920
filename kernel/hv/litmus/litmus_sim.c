// SPDX-License-Identifier: GPL-2.0
/*
 * Litmus tests on a dispatcher made of paper: what runs next is drawn before every step, and the
 * memory model is told exactly what the access hooks would tell it.
 */
#include <linux/kernel.h>
#include <linux/prandom.h>
#include <linux/string.h>

#include "litmus.h"

/**
 * struct sim - one execution
 * @test: of what
 * @state: its memory and registers
 * @pc: the next step of each thread
 * @cpu: which one is dispatched
 */
struct sim {
	const struct litmus_test *test;
	struct litmus_state state;
	unsigned int pc[LITMUS_THREADS];
	unsigned int cpu;
};

static const struct litmus_step *next_step(const struct sim *sim, unsigned int cpu)
{
	static const struct litmus_step end;

	return sim->pc[cpu] < LITMUS_STEPS ? &sim->test->thread[cpu][sim->pc[cpu]] : &end;
}

/* What an operation is to the memory model before its access; MODEL_BARRIERS: nothing. */
static enum model_barrier barrier_before(enum litmus_op op)
{
	static const enum model_barrier kind[] = {
		[LITMUS_RELEASE] = MODEL_WMB, [LITMUS_INC] = MODEL_ATOMIC,
		[LITMUS_WMB] = MODEL_WMB, [LITMUS_RMB] = MODEL_RMB, [LITMUS_MB] = MODEL_MB,
		[LITMUS_STORE] = MODEL_BARRIERS, [LITMUS_LOAD] = MODEL_BARRIERS,
		[LITMUS_ACQUIRE] = MODEL_BARRIERS,
	};

	return kind[op];
}

static void step(struct sim *sim)
{
	const struct litmus_step *s = next_step(sim, sim->cpu);
	enum model_barrier barrier = barrier_before(s->op);
	volatile unsigned int *var = &sim->state.var[s->var].value;

	sim->pc[sim->cpu]++;
	if (barrier != MODEL_BARRIERS)
		model_barrier(sim->cpu, barrier);
	if (s->op == LITMUS_STORE || s->op == LITMUS_RELEASE) {
		model_store(sim->cpu, (unsigned long)var, sizeof(*var));
		*var = s->arg;
	} else if (s->op == LITMUS_INC) {
		*var += 1;	/* an atomic's own store is not delayed */
	} else if (s->op == LITMUS_LOAD || s->op == LITMUS_ACQUIRE) {
		sim->state.reg[s->arg] = *var;
	}
}

static void dispatch(struct sim *sim, unsigned int cpu)
{
	if (cpu == sim->cpu)
		return;
	model_switch_out(sim->cpu);
	sim->cpu = cpu;
	model_switch_in(cpu);
}

/* Who runs the next step, drawn from those that have one. Return: false if nobody has. */
static bool choose(const struct sim *sim, struct rnd_state *rnd, unsigned int *cpu)
{
	unsigned int runnable[LITMUS_THREADS], n = 0;

	for (unsigned int i = 0; i < litmus_nr_threads(sim->test); i++) {
		if (next_step(sim, i)->op != LITMUS_END)
			runnable[n++] = i;
	}
	if (n)
		*cpu = runnable[prandom_u32_below(rnd, n)];
	return n > 0;
}

bool litmus_simulate(const struct litmus_test *test, enum memory_model model, u64 seed)
{
	struct sim sim = { .test = test };
	struct rnd_state rnd;
	unsigned int cpu;

	prandom_seed_state(&rnd, seed);
	model_run_begin(model, prandom_u64_state(&rnd));
	while (choose(&sim, &rnd, &cpu)) {
		dispatch(&sim, cpu);
		model_settle(cpu);
		step(&sim);
	}
	model_run_end();
	return litmus_hit(test, &sim.state);
}
