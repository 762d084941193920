/* SPDX-License-Identifier: GPL-2.0 */
/* Between the files of the "race" command. */
#ifndef _RACE_INTERNAL_H
#define _RACE_INTERNAL_H

#include <stopgap/race.h>

/* What a run is before anybody says otherwise. */
#define RACE_DEFAULTS	((struct race_run){ .steal = HV_STEAL_DEFAULT, .n = 2000, .seed = 1 })

/*
 * Read name=value arguments into @run, whose scenario is set, and expect= into @expect.
 * Return: 0, or a negative errno after a message.
 */
int race_parse(struct race_run *run, const char **expect, int argc, char **argv);

/* Find @name and enough CPUs for it. Return: 0, or a negative errno after a message. */
int race_begin(struct race_run *run, int argc, char **argv);

/* "race matrix". */
int race_matrix(int argc, char **argv);

#endif
