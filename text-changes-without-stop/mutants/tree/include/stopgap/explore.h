/* SPDX-License-Identifier: GPL-2.0 */
/* Exploring a race scenario: its participants under a dispatch policy, one schedule after the other. */
#ifndef _STOPGAP_EXPLORE_H
#define _STOPGAP_EXPLORE_H

#include <stopgap/dispatch.h>
#include <stopgap/race.h>

/**
 * struct explore_stats - what became of the schedules
 * @deadlocks: ended with nobody able to go on
 * @endless: ended at the bound on steps
 * @steps: scheduling points of all of them
 * @hash: of all scheduling points, in order: the same for the same seed, in every boot
 * @ns: time they took, preparation and all
 */
struct explore_stats {
	unsigned int deadlocks;
	unsigned int endless;
	u64 steps;
	u64 hash;
	u64 ns;
};

/* A run that has not ended after as many scheduling points makes no progress. */
#define EXPLORE_MAX_STEPS	200000

/**
 * explore() - run up to run->n schedules of run->scenario, its axes as they are
 * @run: gets the score; a deadlock and an endless run are hits, too
 * @d: dispatch_begin() has been done
 * @stats: gets what became of the schedules
 *
 * Context: thread, may sleep. Return: 0, -EINTR on ^C, -ENOMEM if the schedules change more memory than can be put
 * back, or the scenario's errno.
 */
int explore(struct race_run *run, struct dispatch *d, struct explore_stats *stats);
/* The same, but no further than the first hit. */
int explore_to_first_hit(struct race_run *run, struct dispatch *d, struct explore_stats *stats);

/**
 * explore_session() - prepare a scenario, and have schedules of it run
 * @run: gets the score
 * @stats: gets what became of the schedules
 * @fn: calls explore_next() as often as it likes, under one dispatch or several. It must not sleep, allocate or free
 * @ctx: for @fn
 *
 * Context: thread, may sleep. Return: what @fn returned, or as explore().
 */
int explore_session(struct race_run *run, struct explore_stats *stats, int (*fn)(void *ctx), void *ctx);

/* In @fn: the next schedule of @d. Return: 1 if it was a hit, 0 if not; -ENODATA if @d has no more; or an errno. */
int explore_next(struct dispatch *d);

#endif
