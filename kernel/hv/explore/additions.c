// SPDX-License-Identifier: GPL-2.0
/*
 * "race explore additions": what a schedule costs by itself. Two threads do next to nothing, at about 50
 * scheduling points, and nothing they do is wrong. This file is explored code: its accesses are scheduling points.
 */
#include <linux/compiler.h>
#include <linux/kernel.h>
#include <stopgap/race.h>

#define ADDITIONS	10	/* of two points each, by each thread */

static unsigned int counter;

static int add(struct race_run *run)
{
	unsigned int i;

	for (i = 0; i < ADDITIONS; i++)
		WRITE_ONCE(counter, READ_ONCE(counter) + 1);
	return 0;
}

static int nothing(struct race_run *run)
{
	return 0;
}

static void tear_down(struct race_run *run)
{
}

static const struct race_participant participants[] = { { "one", add }, { "other", add } };

static const struct race_scenario additions_scenario = {
	.name = "additions",
	.story = "two threads add to one number, and nobody minds: what a schedule costs",
	.participants = participants,
	.nr_participants = ARRAY_SIZE(participants),
	.setup = nothing,
	.prepare = nothing,
	.teardown = tear_down,
};
RACE_SCENARIO(additions_scenario);
