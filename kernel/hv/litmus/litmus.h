/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Litmus tests: programs of a few loads and stores whose outcome tells memory models apart. A test
 * is data, so that the same one runs on a dispatcher made of paper and under the real one.
 */
#ifndef _HV_SHARED_LITMUS_H
#define _HV_SHARED_LITMUS_H

#include "../oracle/model.h"

#define LITMUS_THREADS	4
#define LITMUS_STEPS	6
#define LITMUS_VARS	3
#define LITMUS_REGS	4
#define LITMUS_CONDS	4

enum litmus_op {
	LITMUS_END,
	LITMUS_STORE,	/* var = arg */
	LITMUS_RELEASE,	/* the same, a store-release */
	LITMUS_LOAD,	/* register arg = var */
	LITMUS_ACQUIRE,	/* the same, a load-acquire */
	LITMUS_INC,	/* var += 1, atomically, without order */
	LITMUS_WMB,
	LITMUS_RMB,
	LITMUS_MB,
};

/**
 * struct litmus_step - what a thread does next
 * @op: what
 * @var: to which variable
 * @arg: the value stored, or the register loaded
 * @dep: 0, or 1 + the register from which the value stored, or the address loaded from, is computed
 */
struct litmus_step {
	enum litmus_op op;
	unsigned int var;
	unsigned int arg;
	unsigned int dep;
};

/* "register n has this value", or "variable n has it in the end". */
struct litmus_cond {
	enum { LITMUS_ANY, LITMUS_REG, LITMUS_FINAL } what;
	unsigned int n;
	unsigned int value;
};

/**
 * struct litmus_test - one of them; variables and registers are 0 at first
 * @name: as in the literature, a suffix names the barriers
 * @outcome: the outcome in question, for people
 * @thread: what each does; ends at LITMUS_END
 * @cond: the outcome in question: all of these
 * @allowed: whether the emulation's model lets it happen
 * @power: whether herd7's model of POWER does: tests/litmus has its answer to each
 */
struct litmus_test {
	const char *name;
	const char *outcome;
	struct litmus_step thread[LITMUS_THREADS][LITMUS_STEPS];
	struct litmus_cond cond[LITMUS_CONDS];
	bool allowed[MODEL_NR];
	bool power;
};

extern const struct litmus_test litmus_tests[];
extern const unsigned int litmus_nr_tests;

/**
 * struct litmus_state - one execution
 * @var: the variables, each in a cache line of its own
 * @reg: what was loaded
 */
struct litmus_state {
	struct {
		unsigned int value;
		char pad[60];
	} var[LITMUS_VARS];
	unsigned int reg[LITMUS_REGS];
};

unsigned int litmus_nr_threads(const struct litmus_test *test);
/* Is @state, with all stores visible, the outcome in question? */
bool litmus_hit(const struct litmus_test *test, const struct litmus_state *state);

/*
 * Run @test once against the memory model, dispatched at random between any two steps.
 * Return: whether the outcome in question came.
 */
bool litmus_simulate(const struct litmus_test *test, enum memory_model model, u64 seed);

/* Print @test as herd7 reads it, in instructions of POWER. One at a time. Context: thread. */
void litmus_print_ppc(const struct litmus_test *test);

#endif
