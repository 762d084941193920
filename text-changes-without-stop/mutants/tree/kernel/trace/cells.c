// SPDX-License-Identifier: GPL-2.0
/*
 * A hash table of addresses, with open addressing: it only ever grows, and is cleared as a
 * whole.
 */
#include <linux/string.h>

#include "trace.h"

void trace_cells_clear(struct trace_cells *cells)
{
	memset(cells->cell, 0, cells->size * sizeof(*cells->cell));
	cells->n = 0;
}

static unsigned int slot(const struct trace_cells *cells, unsigned long key)
{
	return (unsigned int)((key * 0x9e3779b97f4a7c15) >> 32) & (cells->size - 1);
}

struct trace_cell *trace_cells_get(struct trace_cells *cells, unsigned long key)
{
	unsigned int i = slot(cells, key);
	struct trace_cell *c;

	for (c = &cells->cell[i]; c->key; c = &cells->cell[i]) {
		if (c->key == key)
			return c;
		i = (i + 1) & (cells->size - 1);
	}
	/* One slot stays empty, so that every search ends. */
	if (cells->n + 1 >= cells->size)
		return NULL;
	c->key = key;
	c->nth = cells->n++;
	return c;
}
