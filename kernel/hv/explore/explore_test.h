/* SPDX-License-Identifier: GPL-2.0 */
/* Scenarios of two threads that a test makes up. */
#ifndef _HV_SHARED_EXPLORE_TEST_H
#define _HV_SHARED_EXPLORE_TEST_H

#include <kunit/test.h>
#include <stopgap/explore.h>

#define SCHEDULES	200

/**
 * struct toy - a scenario
 * @act: what the two do
 * @prepare: what is done before; NULL = the usual
 * @finish: looks at what has come of it; NULL = nobody does
 */
struct toy {
	int (*act[2])(struct race_run *run);
	int (*prepare)(struct race_run *run);
	int (*finish)(struct race_run *run);
};

/* Explore @toy. @run gets the score. Return: what explore() said. */
int explore_toy(struct kunit *test, const struct toy *toy, const char *policy, struct race_run *run,
		struct explore_stats *stats);

#endif
