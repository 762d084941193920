/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Race scenarios: what one is, and how it reports. A scenario is one file in kernel/race/: its parameters are
 * axes, what races is a table of participants. The harness (kernel/race/harness.c) runs it n times under an
 * adversary and says how often it went wrong.
 */
#ifndef _STOPGAP_RACE_H
#define _STOPGAP_RACE_H

#include <linux/types.h>
#include <stopgap/hv.h>

#define RACE_WHAT_LEN	768
#define RACE_PICTURE_LEN	384
#define RACE_MAX_AXES	8

/**
 * struct race_axis - one parameter of a scenario: a name, and the values it can have
 * @name: left of the '='
 * @nth: the @i-th value, NULL past the last
 * @set: choose; returns -EINVAL for a value there is none of
 * @get: the value chosen now
 * @choice: for an axis that is nothing but a choice: see RACE_CHOICE()
 * @headline: part of the score's line even if it was not given
 * @apart: no row of a matrix has it; it can be asked for of all rows
 */
struct race_axis {
	const char *name;
	const char *(*nth)(const struct race_axis *axis, unsigned int i);
	int (*set)(const struct race_axis *axis, const char *value);
	const char *(*get)(const struct race_axis *axis);
	struct race_choice *choice;
	bool headline;
	bool apart;
};

/**
 * struct race_choice - an axis whose values mean something to its scenario alone
 * @values: them, NULL past the last; the first is the default
 * @now: index of the one chosen
 */
struct race_choice {
	const char *const *values;
	unsigned int now;
};

const char *race_choice_nth(const struct race_axis *axis, unsigned int i);
int race_choice_set(const struct race_axis *axis, const char *value);
const char *race_choice_get(const struct race_axis *axis);

/* The value chosen. */
static inline const char *race_choice_value(const struct race_choice *choice)
{
	return choice->values[choice->now];
}

#define RACE_CHOICE(_name, _choice) \
	{ .name = (_name), .nth = race_choice_nth, .set = race_choice_set, .get = race_choice_get, .choice = (_choice) }
/* The same, always part of the score's line. */
#define RACE_HEADLINE(_name, _choice) \
	{ .name = (_name), .nth = race_choice_nth, .set = race_choice_set, .get = race_choice_get, \
	  .choice = (_choice), .headline = true }

/**
 * struct race_run - one "race run": its parameters and its score
 * @scenario: which
 * @adversary: its name
 * @steal: how the adversary works: how often, how long
 * @n: rounds to run
 * @seed: of everything random in it
 * @given: by index of axis, the value asked for, NULL = as it is
 * @round: the round that is running, from 1
 * @hits: rounds that went wrong
 * @first: the first of them, 0 = none
 * @what: how that one went wrong
 * @picture: the same in some lines, each ended, or nothing
 */
struct race_run {
	const struct race_scenario *scenario;
	const char *adversary;
	struct hv_steal_config steal;
	unsigned int n;
	u64 seed;
	const char *given[RACE_MAX_AXES];
	unsigned int round;
	unsigned int hits;
	unsigned int first;
	char what[RACE_WHAT_LEN];
	char picture[RACE_PICTURE_LEN];
};

/**
 * struct race_participant - one side of a race; number i runs on CPU i, in a thread of its own
 * @name: for a person
 * @act: what it does. Number 0 acts once a round, and an errno it returns ends the run. Where CPUs run by
 *	themselves the others act over and over until it is done; in an explored schedule each acts once.
 *	A fault in it is a hit. Preemption and interrupts are on when it begins.
 */
struct race_participant {
	const char *name;
	int (*act)(struct race_run *run);
};

/**
 * struct race_scenario - one race
 * @name: as typed
 * @story: what races with what, in one line
 * @axes: its parameters
 * @nr_axes: how many
 * @participants: who races; as many CPUs as that are needed
 * @nr_participants: how many
 * @crowd: of the last there can be several, who keep out of each other's way: see race_columns
 * @patience: how many times as many schedules as usual a matrix gives to a search for all; 0 is the same as 1
 * @rows: rows of its matrix, each a list of name=value as it is typed; NULL past the last
 * @setup: before the first round; may sleep. Returns 0, or an errno after a message
 * @prepare: before each round, on CPU 0, nobody else acts. Returns 0, or an errno, which ends the run. An explorer
 *	that undoes what a round has done calls it only once: every round then begins in the state it has left
 * @finish: after each round that began, likewise: has it gone wrong? May be NULL
 * @undo: after @finish: bring back the state before @prepare. Not called where the round is undone as a whole. May be
 *	NULL
 * @teardown: after the last round, also after a failed one
 */
struct race_scenario {
	const char *name;
	const char *story;
	const struct race_axis *axes;
	unsigned int nr_axes;
	const struct race_participant *participants;
	unsigned int nr_participants;
	bool crowd;
	u8 patience;
	const char *const *rows;
	int (*setup)(struct race_run *run);
	int (*prepare)(struct race_run *run);
	int (*finish)(struct race_run *run);
	int (*undo)(struct race_run *run);
	void (*teardown)(struct race_run *run);
};

#define RACE_SCENARIO(scenario) \
	static const struct race_scenario *const __PASTE(__race_, scenario) \
		__used __section(".race_scenarios") = &scenario

extern const struct race_scenario *const __start_race_scenarios[], *const __stop_race_scenarios[];

/* The scenario called @name, or NULL. */
const struct race_scenario *race_find(const char *name);

/* The round that is running has gone wrong; said once a round, and kept for the first. Context: any, any CPU. */
void race_hit(struct race_run *run, const char *fmt, ...) __printf(2, 3);

/* Lines for a person that go with the hit of this round; kept if it is the first. Context: after race_hit(). */
void race_picture(struct race_run *run, const char *lines);

/* What there is to be done after a round: finish() and undo(), as far as the scenario has them. Return: 0 or an errno. */
int race_finish(struct race_run *run);

/* No round yet, no hit. */
void race_score_reset(struct race_run *run);

/**
 * struct race_table - a matrix of something that is not a race: who may do what
 * @name: as typed after "race matrix"
 * @story: what it is about, in one line
 * @run: print it, for a program if @json. Returns 0 or a negative errno after a message
 */
struct race_table {
	const char *name;
	const char *story;
	int (*run)(bool json);
};

#define RACE_TABLE(table) \
	static const struct race_table *const __PASTE(__race_table_, table) \
		__used __section(".race_tables") = &table

extern const struct race_table *const __start_race_tables[], *const __stop_race_tables[];

/* A verb of the shell's "race" that lives elsewhere. */
struct race_verb {
	const char *name;
	int (*run)(int argc, char **argv);
};

#define RACE_VERB(verb) \
	static const struct race_verb *const __PASTE(__race_verb_, verb) \
		__used __section(".race_verbs") = &verb

extern const struct race_verb *const __start_race_verbs[], *const __stop_race_verbs[];

/**
 * race_guarded() - do something that may fault; a fault is a hit
 * @run: whose
 * @fn: what to do
 *
 * Context: as @fn needs; also in an interrupt. Return: what @fn returned, or -EFAULT.
 */
int race_guarded(struct race_run *run, int (*fn)(struct race_run *run));

/* Run run->n rounds with the axes as they are. Context: thread. Return: 0, -EINTR on ^C, or the scenario's errno. */
int race_run(struct race_run *run);

/* The axes of a run: the scenario's own, then those that every scenario has. NULL past the last. */
const struct race_axis *race_axis_nth(const struct race_scenario *scenario, unsigned int i);

/*
 * Set the axes that run->given names, and remember in @old what they were; put them back.
 * Return: 0, or -EINVAL after a message, with all as it was.
 */
int race_axes_apply(const struct race_run *run, const char *old[RACE_MAX_AXES]);
void race_axes_restore(const struct race_run *run, const char *const old[RACE_MAX_AXES]);

/* Write "name=value ..." of the axes a score's line shows. Return: the length. */
int race_axes_print(const struct race_run *run, char *buf, size_t size);

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
