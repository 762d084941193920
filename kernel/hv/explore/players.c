// SPDX-License-Identifier: GPL-2.0
/*
 * With more CPUs than a scenario has participants there can be more of the last one, if the scenario says so: with
 * readers=3 on four CPUs, three look up what one takes away. Without, the other CPUs only answer interrupts.
 */
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/string.h>

#include "players.h"
#include "../shared/shared.h"

/* Participant 0 has a CPU, too. */
static const char *const numbers[LCPU_MAX - 1] = { "1", "2", "3", "4", "5", "6", "7" };
static unsigned int readers = 1;

static const char *nth(const struct race_axis *axis, unsigned int i)
{
	return i + 1 < num_online_cpus() ? numbers[i] : NULL;
}

static int set(const struct race_axis *axis, const char *value)
{
	const char *number;
	unsigned int i;

	for (i = 0; (number = nth(axis, i)); i++) {
		if (strcmp(number, value))
			continue;
		readers = i + 1;
		return 0;
	}
	return -EINVAL;
}

static const char *get(const struct race_axis *axis)
{
	return numbers[readers - 1];
}

const struct race_axis readers_axis = { .name = "readers", .nth = nth, .set = set, .get = get, .apart = true };

unsigned int nr_players(const struct race_scenario *scenario)
{
	return scenario->nr_participants + (scenario->crowd ? readers - 1 : 0);
}

const struct race_participant *player_part(const struct race_scenario *scenario, unsigned int i)
{
	return &scenario->participants[min(i, scenario->nr_participants - 1)];
}
