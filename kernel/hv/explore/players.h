/* SPDX-License-Identifier: GPL-2.0 */
/* Who takes part in an explored run: number i on CPU i. */
#ifndef _HV_SHARED_PLAYERS_H
#define _HV_SHARED_PLAYERS_H

#include <stopgap/race.h>

/* How many there are of the last participant of a scenario with a crowd: "readers=". */
extern const struct race_axis readers_axis;

/* How many take part in @scenario. */
unsigned int nr_players(const struct race_scenario *scenario);
/* What number @i does. */
const struct race_participant *player_part(const struct race_scenario *scenario, unsigned int i);

#endif
