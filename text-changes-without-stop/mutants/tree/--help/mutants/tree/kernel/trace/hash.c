// SPDX-License-Identifier: GPL-2.0
/*
 * One number for what the CPUs of a run had to do with each other, and in which order: accesses
 * to memory that two of them touch and one writes, interrupts sent, faults. What a CPU does by
 * itself is left out: how long its way through the page allocator is depends on what was freed
 * before.
 *
 * Code and data of the kernel's image count by their address, which the linker has fixed. Any
 * other address (module, heap, stack) counts by how many different ones were there before it:
 * the same run hashes the same wherever its memory lay, and a run that takes two of them in
 * another order does not.
 */
#include <linux/kernel.h>

#include "trace.h"

/* One more word into the hash: multiply and fold, so that order matters. */
static u64 mix(u64 hash, u64 word)
{
	hash = (hash ^ word) * 0xd6e8feb86659fd93;
	return hash ^ (hash >> 32);
}

static u64 place(unsigned long addr, const struct trace_names *names, struct trace_cells *cells)
{
	const struct trace_cell *c;

	if (!addr || names->image(addr))
		return addr;
	/* Not by eights, as conflicts are: two fields may share eight bytes. */
	c = trace_cells_get(cells, addr + 1);
	return c ? c->nth : cells->size;
}

static u64 mix_event(u64 hash, const struct trace_event *e, const struct trace_names *names,
		     struct trace_cells *cells)
{
	hash = mix(hash, (u64)e->kind << 48 | (u64)e->cpu << 32 | e->size);
	if (e->kind == TRACE_IPI)
		hash = mix(hash, e->value);
	hash = mix(hash, place(e->addr, names, cells));
	return mix(hash, place(e->pc, names, cells));
}

/* See trace_run_hash(). @cells is for addresses, and not that of @c. */
u64 trace_hash(const struct trace_conflicts *c, const struct trace_names *names,
	       struct trace_cells *cells)
{
	const struct trace_log *log = c->log;
	u64 hash = log->dropped;
	unsigned int i;

	trace_cells_clear(cells);
	for (i = 0; i < log->n; i++) {
		const struct trace_event *e = &log->events[i];

		if (e->kind == TRACE_IPI || e->kind == TRACE_FAULT || trace_conflicts_has(c, i))
			hash = mix_event(hash, e, names, cells);
	}
	return hash;
}
