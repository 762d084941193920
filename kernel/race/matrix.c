// SPDX-License-Identifier: GPL-2.0
/*
 * "race matrix": a scenario's rows, each run in every column the image has. For a person an aligned table, filled in
 * while one looks, and then how to replay what failed; for a program JSON.
 */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/slab.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include <stopgap/console.h>
#include <stopgap/race.h>

#include "internal.h"

#define MAX_WORDS	RACE_MAX_AXES
#define USUAL_SCENARIO	"kallsyms"	/* if none is named */

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
	void (*cell)(const struct race_run *run, const struct race_cell *cell);
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
static const char *table_row_now;

/* A failing cell, told about below the table. */
struct finding {
	struct list_head list;
	const char *row;
	char text[];
};

static LIST_HEAD(findings);

static void table_begin(const struct race_run *run)
{
	struct race_cell cell;
	char title[32];
	unsigned int i;

	table_width = label_width(run->scenario);
	cprintf("%-*s", table_width, "");
	for (i = 0; race_columns.nth(i, &cell); i++) {
		scnprintf(title, sizeof(title), "%s/%s", cell.column.name, cell.column.model);
		cprintf("  %-*s", race_columns.width, title);
	}
	cprintf("\n");
}

static void table_row(const char *row)
{
	table_row_now = row;
	cprintf("%-*s", table_width, row);
}

static void keep(const struct race_run *run, const struct race_cell *cell)
{
	size_t room = strlen(cell->replay) + RACE_WHAT_LEN + 64;
	struct finding *f = kmalloc(sizeof(*f) + room, GFP_KERNEL);

	if (!f)
		return;
	f->row = table_row_now;
	snprintf(f->text, room, "%s/%s: %s\nrace replay '%s'", cell->column.name, cell->column.model, run->what,
		 cell->replay);
	list_add_tail(&f->list, &findings);
}

static void table_cell(const struct race_run *run, const struct race_cell *cell)
{
	char text[48];

	if (run->hits)
		scnprintf(text, sizeof(text), "%u/%u @%u", run->hits, run->round, run->first);
	else if (cell->sought == NOT_BOUNDED)
		scnprintf(text, sizeof(text), "none in %u", run->round);
	else if (cell->exhausted && cell->bound == cell->sought)
		scnprintf(text, sizeof(text), "none, exhausted c=%u", cell->bound);
	else
		scnprintf(text, sizeof(text), "none in %u of c=%u", run->round, cell->sought);
	cprintf("  %-*s", race_columns.width, text);
	if (cell->replay)
		keep(run, cell);
}

static void table_row_end(void)
{
	cprintf("\n");
}

static void table_end(void)
{
	struct finding *f, *next;

	list_for_each_entry_safe(f, next, &findings, list) {
		cprintf("\n%s, %s\n", f->row, f->text);
		list_del(&f->list);
		kfree(f);
	}
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

static void json_cell(const struct race_run *run, const struct race_cell *cell)
{
	const struct race_axis *axis;
	unsigned int i;

	cprintf("%s\n{", json_first ? "" : ",");
	json_first = false;
	for (i = 0; (axis = race_axis_nth(run->scenario, i)); i++)
		cprintf("\"%s\": \"%s\", ", axis->name, axis->get(axis));
	cprintf("\"%s\": \"%s\", \"model\": \"%s\", ", race_columns.kind, cell->column.name, cell->column.model);
	cprintf("\"n\": %u, \"hits\": %u, \"first\": %u, \"what\": ", run->round, run->hits, run->first);
	json_string(run->first ? run->what : "");
	if (cell->exhausted)
		cprintf(", \"exhausted\": %u", cell->bound);
	if (cell->replay) {
		cprintf(", \"replay\": ");
		json_string(cell->replay);
	}
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

static int run_cell(struct race_run *run, struct race_cell *cell, const struct matrix_writer *writer)
{
	int err = race_columns.run(run, cell);

	if (!err)
		writer->cell(run, cell);
	kfree(cell->replay);
	return err;
}

static int run_cells(struct race_run *run, const struct matrix_writer *writer)
{
	const char *old[RACE_MAX_AXES];
	struct race_cell cell;
	unsigned int i;
	int err;

	err = race_axes_apply(run, old);
	for (i = 0; !err && race_columns.nth(i, &cell); i++)
		err = run_cell(run, &cell, writer);
	race_axes_restore(run, old);
	return err;
}

/* What rows do not tell is asked for of all of them. */
static void add_apart(struct race_run *run, const char *const wanted[RACE_MAX_AXES])
{
	const struct race_axis *axis;
	unsigned int i;

	for (i = 0; (axis = race_axis_nth(run->scenario, i)); i++)
		if (axis->apart)
			run->given[i] = wanted[i];
}

static int run_row(struct race_run *run, const char *row, const struct matrix_writer *writer, bool first)
{
	int err;

	if (first)
		writer->begin(run);
	writer->row(row);
	err = run_cells(run, writer);
	writer->row_end();
	return err;
}

static int run_rows(struct race_run *run, const struct matrix_writer *writer)
{
	const char *const *row = run->scenario->rows;
	const char *wanted[RACE_MAX_AXES];
	unsigned int nr = 0;
	char text[128];
	int err = 0;

	memcpy(wanted, run->given, sizeof(wanted));
	for (; !err && row && *row; row++) {
		err = parse_row(run, *row, text, sizeof(text));
		add_apart(run, wanted);
		if (!err && is_wanted(run, wanted))
			err = run_row(run, *row, writer, !nr++);
	}
	if (nr) {
		writer->end();
	} else if (!err) {
		cprintf("race: matrix %s: it has no such row\n", run->scenario->name);
		err = -ENOENT;
	}
	return err;
}

/* What a matrix does not take, and what values there are none of: some rows may not come to them. */
static int check_wishes(struct race_run *run, const char *expect)
{
	const char *old[RACE_MAX_AXES];
	int err;

	if (expect || run->adversary) {
		cprintf("race: matrix: %s= is for one run\n", expect ? "expect" : "adversary");
		return -EINVAL;
	}
	err = race_axes_apply(run, old);
	if (!err)
		race_axes_restore(run, old);
	return err;
}

/* Take "--json" out of the arguments, wherever it is. */
static const struct matrix_writer *choose_writer(int *argc, char **argv)
{
	const struct matrix_writer *writer = &table_writer;
	int i, n = 0;

	for (i = 0; i < *argc; i++) {
		if (strcmp(argv[i], "--json"))
			argv[n++] = argv[i];
		else
			writer = &json_writer;
	}
	*argc = n;
	return writer;
}

static const struct race_table *find_table(const char *name)
{
	const struct race_table *const *t;

	for (t = __start_race_tables; t < __stop_race_tables; t++)
		if (!strcmp((*t)->name, name))
			return *t;
	return NULL;
}

int race_matrix(int argc, char **argv)
{
	static struct race_run run;
	const struct matrix_writer *writer = choose_writer(&argc, argv);
	const struct race_table *table = argc ? find_table(argv[0]) : NULL;
	char *usual[] = { USUAL_SCENARIO };
	const char *expect = NULL;
	int err;

	if (!argc) {
		argv = usual;
		argc = ARRAY_SIZE(usual);
	}
	if (table && argc > 1)
		cprintf("race: matrix %s: %s: takes nothing but --json\n", table->name, argv[1]);
	if (table)
		return argc > 1 ? -EINVAL : table->run(writer == &json_writer);
	run = RACE_DEFAULTS;
	run.n = race_columns.rounds;
	err = race_begin(&run, argc, argv);
	if (!err)
		err = race_parse(&run, &expect, argc - 1, argv + 1);
	if (!err)
		err = check_wishes(&run, expect);
	if (!err)
		err = run_rows(&run, writer);
	if (err == -EINTR)
		cprintf("race: interrupted\n");
	return err;
}
