/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Race scenarios: what one is, and how it reports. A scenario is one file in kernel/race/; the harness
 * (kernel/race/harness.c) runs it n times under an adversary and says how often it went wrong.
 */
#ifndef _STOPGAP_RACE_H
#define _STOPGAP_RACE_H

#include <linux/types.h>
#include <stopgap/hv.h>

#define RACE_WHAT_LEN	256

/**
 * struct race_run - one "race run": its parameters and its score
 * @scenario: which
 * @adversary: its name
 * @steal: how the adversary "steal" steals
 * @n: rounds to run
 * @seed: of everything random in it
 * @round: the round that is running, from 1
 * @hits: rounds that went wrong
 * @first: the first of them, 0 = none
 * @what: how that one went wrong
 */
struct race_run {
	const struct race_scenario *scenario;
	const char *adversary;
	struct hv_steal_config steal;
	unsigned int n;
	u64 seed;
	unsigned int round;
	unsigned int hits;
	unsigned int first;
	char what[RACE_WHAT_LEN];
};

/**
 * struct race_scenario - one race
 * @name: as typed
 * @story: what races with what, in one line
 * @policy: name of the parameter that chooses between the buggy and the fixed code
 * @policy_set: choose; returns -EINVAL for a policy there is none of
 * @policy_get: the policy chosen now
 * @policy_nth: the @i-th policy's name, NULL past the last
 * @min_cpus: CPUs it takes
 * @setup: before the first round; may sleep. Returns 0, or an errno after a message
 * @round: once; on CPU 0, in a thread of its own. Returns 0, or an errno after a message, which ends the run
 * @teardown: after the last round, also after a failed one
 */
struct race_scenario {
	const char *name;
	const char *story;
	const char *policy;
	int (*policy_set)(const char *name);
	const char *(*policy_get)(void);
	const char *(*policy_nth)(unsigned int i);
	unsigned int min_cpus;
	int (*setup)(struct race_run *run);
	int (*round)(struct race_run *run);
	void (*teardown)(struct race_run *run);
};

#define RACE_SCENARIO(scenario) \
	static const struct race_scenario *const __PASTE(__race_, scenario) \
		__used __section(".race_scenarios") = &scenario

extern const struct race_scenario *const __start_race_scenarios[], *const __stop_race_scenarios[];

/* The round that is running has gone wrong; said once a round, and kept for the first. Context: any, any CPU. */
void race_hit(struct race_run *run, const char *fmt, ...) __printf(2, 3);

/* Run run->n rounds. Context: thread. Return: 0, -EINTR on ^C, or the scenario's errno. */
int race_run(struct race_run *run);

/* What works against a scenario. */
struct race_adversary {
	const char *name;
	const char *what;
	int (*start)(struct race_run *run);
	void (*stop)(void);
};

/* The adversary called @name, or NULL; the @i-th, or NULL. */
const struct race_adversary *race_adversary_find(const char *name);
const struct race_adversary *race_adversary_nth(unsigned int i);

#endif
