/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Toy programs: lists of memory accesses, one per CPU, that the explorer is tried on because
 * everything about them is known: how many schedules they have, which of these fail, how deep
 * their bug is.
 */
#ifndef _HV_POLICY_TOY_H
#define _HV_POLICY_TOY_H

#include <stopgap/dispatch.h>

#define TOY_WORDS	16

enum toy_kind {
	TOY_READ,		/* reg = mem[word] */
	TOY_WRITE,		/* mem[word] = value */
	TOY_WRITE_INC,		/* mem[word] = reg + 1 */
	TOY_STEP,		/* atomically: if mem[word] is value, value + 1 */
	TOY_EXPECT,		/* read; a bug if mem[word] is not value */
	TOY_NEVER,		/* read; a bug if mem[word] is value */
	TOY_LOCK,		/* mem[word]: 0 = free */
	TOY_UNLOCK,
};

struct toy_op {
	u8 kind, word;
	u8 value;
};

/**
 * struct toy - a program
 * @ncpus: how many CPUs it has
 * @ops: what each does
 * @n: how many ops that is
 * @ticks: how often the clock may go on meanwhile, which nobody minds
 */
struct toy {
	unsigned int ncpus;
	const struct toy_op *ops[DISPATCH_MAX_CPUS];
	unsigned int n[DISPATCH_MAX_CPUS];
	unsigned int ticks;
};

/**
 * struct toy_result - how a run of it went
 * @bug: an EXPECT or NEVER has complained
 * @deadlock: not everybody got to the end
 * @hash: of who did what in which order
 */
struct toy_result {
	bool bug, deadlock;
	u64 hash;
};

/* Run @toy once under @d, between dispatch_next_run() and dispatch_end_run(). Context: any. */
struct toy_result toy_run(const struct toy *toy, struct dispatch *d);

/* Both, and the end of the run. Return: false if the policy has no more. */
bool toy_next(const struct toy *toy, struct dispatch *d, struct toy_result *res);

/*
 * Up to @max runs, after dispatch_begin(). Return: how many failed; *@first is the first, 0 = none.
 */
unsigned int toy_explore(const struct toy *toy, struct dispatch *d, unsigned int max,
			 unsigned int *first);

/* One hash over the orders of the next @n runs. */
u64 toy_fingerprint(const struct toy *toy, struct dispatch *d, unsigned int n);

/*
 * Of the first 10 runs of random, seed 1, on 3 CPUs with 8 accesses each: the same on every
 * machine.
 */
#define TOY_WALK	0x10f4d2bc86d5df30ull

/*
 * Make a bug of @depth out of @len accesses per CPU: the CPUs take turns in stepping mem[0] up,
 * which works only in one order of all steps, and CPU @depth % 2 has the last one. Every CPU steps
 * in the middle of its program; the rest is reading. @ops has room for 2 * @len.
 */
void toy_plant(struct toy *toy, struct toy_op *ops, unsigned int len, unsigned int depth);

#endif
