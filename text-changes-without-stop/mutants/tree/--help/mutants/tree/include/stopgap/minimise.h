/* SPDX-License-Identifier: GPL-2.0 */
/* Making a failure short enough to be read: fewest preemptions first, then fewest switches. */
#ifndef _STOPGAP_MINIMISE_H
#define _STOPGAP_MINIMISE_H

#include <stopgap/dispatch.h>

/**
 * struct minimiser - one failure, to be shortened
 * @best: the failing schedule; afterwards the shortest found. Its storage is the caller's
 * @params: ncpus, seed and filter of the exploration that found it; the rest is filled in here
 * @run: the next run under @d, from dispatch_next_run() to dispatch_end_run(). Return: 1 if it
 *	failed, 0 if not; -ENODATA if @d has no more; another errno ends the minimiser
 * @ctx: for @run
 * @budget: runs that may be spent
 * @arena: memory, 16-byte aligned, MINIMISE_ARENA_SIZE bytes
 * @runs: how many were spent
 */
struct minimiser {
	struct schedule *best;
	struct dispatch_params params;
	int (*run)(void *ctx, struct dispatch *d);
	void *ctx;
	unsigned int budget;
	void *arena;
	unsigned int runs;

	/* private: */
	struct schedule candidate;
	struct dispatch dispatch;
};

#define MINIMISE_ARENA_SIZE	(DISPATCH_ARENA_SIZE + (1UL << 20))

/*
 * Shorten m->best. Context: as @run. Return: 0, also if nothing shorter was found; -ENOENT if the
 * schedule that was given does not fail; -EINVAL or -ENOMEM as dispatch_begin().
 */
int minimise(struct minimiser *m);

#endif
