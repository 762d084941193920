// SPDX-License-Identifier: GPL-2.0
/*
 * "race matrix": a scenario's rows, each run against every adversary. For a person an aligned table, filled in while
 * one looks; for a program JSON.
 */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include <stopgap/console.h>
#include <stopgap/race.h>

#include "internal.h"

#define MATRIX_ROUNDS	2000
#define MAX_WORDS	RACE_MAX_AXES
#define CELL_WIDTH	16
#define MODEL		"native"

/**
 * struct matrix_writer - one way of printing a matrix
 * @begin: before the first row
 * @row: before the cells of a row
 * @cell: after a cell has been run
 * @row_end: after the last cell of a row
 * @end: after the last row
 */
struct matrix_writer {
	void (*begin)(const struct race_run *run);
	void (*row)(const char *row);
	void (*cell)(const struct race_run *run);
	void (*row_end)(void);
	void (*end)(void);
};

/* ---- for a person ---- */

static int label_width(const struct race_scenario *s)
{
	size_t width = 0;
	unsigned int i;

	for (i = 0; s->rows[i]; i++)
		width = max(width, strlen(s->rows[i]));
	return (int)width;
}

static int table_width;

static void table_begin(const struct race_run *run)
{
	const struct race_adversary *a;
	char title[32];
	unsigned int i;

	table_width = label_width(run->scenario);
	cprintf("%-*s", table_width, "");
	for (i = 0; (a = race_adversary_nth(i)); i++) {
		scnprintf(title, sizeof(title), "%s/" MODEL, a->name);
		cprintf("  %-*s", CELL_WIDTH, title);
	}
	cprintf("\n");
}

static void table_row(const char *row)
{
	cprintf("%-*s", table_width, row);
}

static void table_cell(const struct race_run *run)
{
	char text[48];

	if (run->hits)
		scnprintf(text, sizeof(text), "%u/%u @%u", run->hits, run->round, run->first);
	else
		scnprintf(text, sizeof(text), "none in %u", run->round);
	cprintf("  %-*s", CELL_WIDTH, text);
}

static void table_row_end(void)
{
	cprintf("\n");
}

static void table_end(void)
{
}

static const struct matrix_writer table_writer = {
	table_begin, table_row, table_cell, table_row_end, table_end,
};

/* ---- for a program ---- */

static bool json_first;

static void json_string(const char *s)
{
	cprintf("\"");
	for (; *s; s++)
		cprintf(*s == '"' || *s == '\\' ? "\\%c" : *s < ' ' ? "?" : "%c", *s);
	cprintf("\"");
}

static void json_begin(const struct race_run *run)
{
	json_first = true;
	cprintf("{\"scenario\": \"%s\", \"seed\": %llu, \"cells\": [", run->scenario->name, run->seed);
}

static void json_row(const char *row)
{
}

static void json_cell(const struct race_run *run)
{
	const struct race_axis *axis;
	unsigned int i;

	cprintf("%s\n{", json_first ? "" : ",");
	json_first = false;
	for (i = 0; (axis = race_axis_nth(run->scenario, i)); i++)
		cprintf("\"%s\": \"%s\", ", axis->name, axis->get(axis));
	cprintf("\"adversary\": \"%s\", \"model\": \"" MODEL "\", \"n\": %u, \"hits\": %u, \"first\": %u, \"what\": ",
		run->adversary, run->round, run->hits, run->first);
	json_string(run->first ? run->what : "");
	cprintf("}");
}

static void json_row_end(void)
{
}

static void json_end(void)
{
	cprintf("\n]}\n");
}

static const struct matrix_writer json_writer = {
	json_begin, json_row, json_cell, json_row_end, json_end,
};

/* ---- rows and cells ---- */

/* Read one row, which is kept in @text, into @run->given. */
static int parse_row(struct race_run *run, const char *row, char *text, size_t size)
{
	const char *expect = NULL;
	char *argv[MAX_WORDS], *rest = text, *word;
	int argc = 0;

	strscpy(text, row, size);
	while ((word = strsep(&rest, " ")) && argc < MAX_WORDS)
		argv[argc++] = word;
	memset(run->given, 0, sizeof(run->given));
	return race_parse(run, &expect, argc, argv);
}

/* Is this a row that @wanted asks for? What a row does not name has the value it has now. */
static bool is_wanted(const struct race_run *run, const char *const wanted[RACE_MAX_AXES])
{
	const struct race_axis *axis;
	unsigned int i;

	for (i = 0; (axis = race_axis_nth(run->scenario, i)); i++)
		if (wanted[i] && strcmp(run->given[i] ?: axis->get(axis), wanted[i]))
			return false;
	return true;
}

static int run_cells(struct race_run *run, const struct matrix_writer *writer)
{
	const char *old[RACE_MAX_AXES];
	const struct race_adversary *a;
	unsigned int i;
	int err;

	err = race_axes_apply(run, old);
	for (i = 0; !err && (a = race_adversary_nth(i)); i++) {
		run->adversary = a->name;
		err = race_run(run);
		if (!err)
			writer->cell(run);
	}
	race_axes_restore(run, old);
	return err;
}

static int run_rows(struct race_run *run, const struct matrix_writer *writer)
{
	const char *wanted[RACE_MAX_AXES];
	const char *const *row;
	char text[128];
	int err = 0;

	memcpy(wanted, run->given, sizeof(wanted));
	writer->begin(run);
	for (row = run->scenario->rows; !err && *row; row++) {
		err = parse_row(run, *row, text, sizeof(text));
		if (err || !is_wanted(run, wanted))
			continue;
		writer->row(*row);
		err = run_cells(run, writer);
		writer->row_end();
	}
	writer->end();
	return err;
}

/* Take "--json" out of the arguments, if it is there. */
static const struct matrix_writer *choose_writer(int *argc, char **argv)
{
	if (*argc < 1 || strcmp(argv[*argc - 1], "--json"))
		return &table_writer;
	(*argc)--;
	return &json_writer;
}

int race_matrix(int argc, char **argv)
{
	static struct race_run run;
	const struct matrix_writer *writer = choose_writer(&argc, argv);
	const char *expect = NULL;
	int err;

	run = RACE_DEFAULTS;
	run.n = MATRIX_ROUNDS;
	err = race_begin(&run, argc, argv);
	if (!err)
		err = race_parse(&run, &expect, argc - 1, argv + 1);
	if (!err)
		err = run_rows(&run, writer);
	if (err == -EINTR)
		cprintf("race: interrupted\n");
	return err;
}
