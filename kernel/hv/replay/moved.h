/* SPDX-License-Identifier: GPL-2.0 */
/* Steps of a schedule whose code is not where it was. */
#ifndef _HV_SHARED_MOVED_H
#define _HV_SHARED_MOVED_H

#include <stopgap/schedule.h>

#include "repetition.h"

/*
 * run_repetition(), of a schedule that came by name. If nothing comes of it, as the function of a step has been edited
 * since, the places next to it in that function are tried, and said which one it was. Context, Return: as that.
 */
int moved_repetition(struct repetition *r);

/* Print where its CPU was in the last run, if not at the place of @sw. Ends the line. */
void moved_explain(const struct sched_switch *sw);

#endif
