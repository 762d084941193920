// SPDX-License-Identifier: GPL-2.0
/* The matrix where every CPU runs by itself: a column for each adversary. */
#include "internal.h"

static bool nth(unsigned int i, struct race_cell *cell)
{
	const struct race_adversary *a = race_adversary_nth(i);

	if (!a)
		return false;
	*cell = (struct race_cell){ .column = { a->name, "native" }, .id = i, .sought = NOT_BOUNDED };
	return true;
}

static int run_cell(struct race_run *run, struct race_cell *cell)
{
	run->adversary = cell->column.name;
	return race_run(run);
}

const struct race_columns race_columns = {
	.kind = "adversary", .width = 16, .rounds = 2000, .nth = nth, .run = run_cell,
};
