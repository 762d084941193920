/* SPDX-License-Identifier: GPL-2.0 */
/* Between the scenarios about live patches. */
#ifndef _RACE_KLP_H
#define _RACE_KLP_H

#include <stopgap/race.h>

struct klp_patch;

/**
 * struct klp_race - one of the races
 * @name: as in race=
 * @setup: bring about what all rounds begin with
 * @prepare: and what each of them does
 * @module: what the first participant does
 * @patch: what the second does
 * @finish: judge
 * @undo: and bring back the state before @prepare
 */
struct klp_race {
	const char *name;
	int (*setup)(void);
	int (*prepare)(void);
	int (*module)(struct race_run *run);
	int (*patch)(struct race_run *run);
	int (*finish)(struct race_run *run);
	int (*undo)(struct race_run *run);
};

enum { M, P1, P2, P3, NR_MODULES };

/* klp.c. Context: may sleep. */
int klp_race_load(unsigned int which, const char *args);
struct klp_patch *klp_race_patch(unsigned int which);
/* If M offers its b(), it must fit the a() that it calls. @patch: any that replaces both, for the report. */
void klp_race_check(struct race_run *run, const struct klp_patch *patch);

/* klp_consistency.c */
extern const struct klp_race klp_consistency_race;
extern struct race_choice klp_way_choice;
/* Let a transition come to its end. Return: 0, or -ETIMEDOUT after a message. */
int klp_race_settle(void);

/* klp_axes.c */
const char *klp_policy_axis_nth(const struct race_axis *axis, unsigned int i);
int klp_policy_axis_set(const struct race_axis *axis, const char *value);
const char *klp_policy_axis_get(const struct race_axis *axis);
const char *klp_consistency_axis_nth(const struct race_axis *axis, unsigned int i);
int klp_consistency_axis_set(const struct race_axis *axis, const char *value);
const char *klp_consistency_axis_get(const struct race_axis *axis);

#define KLP_POLICY_AXIS \
	{ .name = "klp", .nth = klp_policy_axis_nth, .set = klp_policy_axis_set, .get = klp_policy_axis_get, \
	  .headline = true }
#define KLP_CONSISTENCY_AXIS \
	{ .name = "consistency", .nth = klp_consistency_axis_nth, .set = klp_consistency_axis_set, \
	  .get = klp_consistency_axis_get }

#endif
