// SPDX-License-Identifier: GPL-2.0
/* The last run, read with the kernel's own names: its story and its hash on the console. */
#include <linux/errno.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include <stopgap/console.h>
#include <stopgap/lines.h>
#include <stopgap/vmap.h>

#include "trace.h"

/* Twice as many as a log can have different addresses, so that searches stay short. */
#define TABLE_SIZE	(4 * TRACE_RUN_EVENTS)

/* ---- names ---- */

/*
 * A symbol of the kernel's image. Modules' symbols are not asked for: the walk over their tables
 * is what runs explore, and may be what has just broken.
 */
static int symbol_name(char *buf, size_t size, unsigned long addr)
{
	unsigned long symbol_size, offset;
	char symbol[KSYM_NAME_LEN + 1];
	int n;

	if (!is_ksym_addr(addr) || !kallsyms_lookup(addr, &symbol_size, &offset, NULL, symbol))
		return 0;
	n = scnprintf(buf, size, "%s", symbol);
	return n + trace_field_name(buf + n, size - n, trace_symbol_type(symbol), offset,
				    symbol_size);
}

/*
 * Memory of the vmap window, as its owner has called it: "stack of rmmod". That it has been freed since, as is all
 * that a run takes, was not so when the run came there.
 */
static int area_name(char *buf, size_t size, unsigned long addr)
{
	const char *area = vmap_describe(addr);

	if (!area || !strcmp(area, "unmapped"))
		return 0;
	return scnprintf(buf, size, "%s", strstarts(area, "freed: ") ? area + strlen("freed: ") : area);
}

static int data_name(char *buf, size_t size, unsigned long addr)
{
	int n = trace_object_name(buf, size, addr);

	if (!n)
		n = symbol_name(buf, size, addr);
	return n ? n : area_name(buf, size, addr);
}

/* Code has offsets even where it begins: "list_del+0x0". */
static int code_name(char *buf, size_t size, unsigned long pc)
{
	unsigned long symbol_size, offset;
	char symbol[KSYM_NAME_LEN + 1];
	struct code_symbol s;

	if (module_code_symbol(&s, pc))
		return scnprintf(buf, size, "%s+0x%lx [%s]", s.name, s.offset, s.module);
	if (!is_ksym_addr(pc) || !kallsyms_lookup(pc, &symbol_size, &offset, NULL, symbol))
		return data_name(buf, size, pc);
	return scnprintf(buf, size, "%s+0x%lx", symbol, offset);
}

const struct trace_names trace_kernel_names = {
	.data = data_name,
	.code = code_name,
	.line = symbol_line,
	.image = is_ksym_addr,
};

/* ---- reading the last run ---- */

static void write_console(struct trace_out *out, const char *s, size_t n)
{
	console_write(s, n);
}

static int cells_alloc(struct trace_cells *cells)
{
	cells->size = TABLE_SIZE;
	cells->cell = vzalloc(TABLE_SIZE * sizeof(*cells->cell));
	if (!cells->cell)
		cprintf("trace: out of memory\n");
	return cells->cell ? 0 : -ENOMEM;
}

static bool has_remarks(const struct trace_log *log)
{
	unsigned int i;

	for (i = 0; i < log->n; i++)
		if (log->events[i].kind == TRACE_MARK)
			return true;
	return false;
}

/* What those who made remarks thought worth one, before all the accesses. */
static void print_outline(const struct trace_story *story, struct trace_out *out)
{
	struct trace_story outline = *story;

	outline.outline = true;
	trace_story_print(&outline, out);
	trace_puts(out, "\n");
}

void trace_run_print(unsigned long racing_addr, bool all)
{
	struct trace_story story = {
		.log = trace_run_log(),
		.names = &trace_kernel_names,
		.pair = trace_find_pair(trace_run_log(), racing_addr),
		.all = all,
	};
	struct trace_out out = { .write = write_console };
	struct trace_conflicts conflicts;
	struct trace_cells cells;

	if (cells_alloc(&cells))
		return;
	trace_conflicts_find(&conflicts, story.log, &cells);
	story.conflicts = &conflicts;
	trace_pair_print(&story, &out);
	if (!all && has_remarks(story.log))
		print_outline(&story, &out);
	trace_story_print(&story, &out);
	vfree(cells.cell);
}

u64 trace_run_hash(void)
{
	struct trace_cells conflicting, places;
	struct trace_conflicts conflicts;
	u64 hash = 0;

	if (cells_alloc(&conflicting))
		return 0;
	if (cells_alloc(&places))
		goto out_free;
	trace_conflicts_find(&conflicts, trace_run_log(), &conflicting);
	hash = trace_hash(&conflicts, &trace_kernel_names, &places);
	vfree(places.cell);
out_free:
	vfree(conflicting.cell);
	return hash;
}
