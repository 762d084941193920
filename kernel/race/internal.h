/* SPDX-License-Identifier: GPL-2.0 */
/* Between the files of the "race" command. */
#ifndef _RACE_INTERNAL_H
#define _RACE_INTERNAL_H

#include <asm/ptrace.h>
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

/* Was it as expect= said, if it said anything? Return: 0, or -EPROTO after a message. */
int race_judge(const struct race_run *run, const char *expect);

/* The axis unlink=, which sets kallsyms.unlink (unlink_axis.c). */
const char *race_unlink_nth(const struct race_axis *axis, unsigned int i);
int race_unlink_set(const struct race_axis *axis, const char *value);
const char *race_unlink_get(const struct race_axis *axis);

#define RACE_UNLINK_AXIS \
	{ .name = "unlink", .nth = race_unlink_nth, .set = race_unlink_set, .get = race_unlink_get, .headline = true }

/* A fault that was caught, or not: @run has gone wrong. Context: any. */
void race_fault(struct race_run *run, const struct pt_regs *regs);

/* "race matrix". */
int race_matrix(int argc, char **argv);

/**
 * struct race_column - a way of running every row of a matrix
 * @name: of an adversary, or of a dispatch policy and its parameters
 * @model: how stores behave
 */
struct race_column {
	const char *name;
	const char *model;
};

#define NOT_BOUNDED	(~0u)

/**
 * struct race_cell - what there is to say of a row in a column, besides the run's score
 * @column: which
 * @id: of the column, to those who run it
 * @exhausted: every schedule with up to @bound preemptions has been run
 * @bound: see @exhausted
 * @sought: it was to be run with up to so many; NOT_BOUNDED if all were not what it was about
 * @replay: replay string of the first hit, from kmalloc(); NULL if there is none
 */
struct race_cell {
	struct race_column column;
	unsigned int id;
	bool exhausted;
	unsigned int bound;
	unsigned int sought;
	char *replay;
};

/**
 * struct race_columns - the columns of every matrix
 * @kind: what their names are names of
 * @width: of a cell, in characters
 * @rounds: to run in each cell, if nobody says otherwise
 * @nth: begin a cell of the @i-th column. Return: false past the last
 * @run: run @run, whose axes are in force, in cell->column. Return: 0, or an errno that ends the matrix
 * @readers: the axis of scenarios with a crowd: how many there are of the last participant. NULL = always one
 */
struct race_columns {
	const char *kind;
	int width;
	unsigned int rounds;
	bool (*nth)(unsigned int i, struct race_cell *cell);
	int (*run)(struct race_run *run, struct race_cell *cell);
	const struct race_axis *readers;
};

/* Each image has its own: kernel/race/columns.c, kernel/hv/explore/columns.c. */
extern const struct race_columns race_columns;

#endif
