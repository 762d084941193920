// SPDX-License-Identifier: GPL-2.0
/*
 * A run as people tell it: a column for each logical CPU, time downwards, one access to a line.
 *
 *	step  CPU0  lookup                    CPU1  rmmod hello
 *	      module_address_lookup():
 *	   7    read  modules.next -> hello.list
 *	      ---- stolen ----                list_del():
 *	   9                                    write modules.next -> modules  <==
 *
 * Left out, unless all of it is asked for: accesses to what no other CPU touches, or nobody
 * writes; switches between stretches that are left out; of a long run, all but the end.
 */
#include <linux/kernel.h>
#include <linux/sprintf.h>
#include <linux/string.h>

#include "trace.h"

#define MAX_SHOWN	120	/* accesses in a story that leaves something out */
#define STEP_WIDTH	6
#define COLUMN_GAP	3
#define MAX_FUNCTION	40

/**
 * struct teller - how far the story has got
 * @story: what is told
 * @out: NULL while only the widths of the columns are measured
 * @columns: the CPUs that have one
 * @width: of each column, with its gap
 * @cell: the row being put together
 * @used: the cells in it
 * @has_step: it has its access: nothing more fits in
 * @step: of that access
 * @skipped: accesses of each CPU left out since the last row
 * @function: where each CPU's last access was
 * @left: how each CPU stopped running last: TRACE_STEAL or TRACE_SWITCH
 * @last: whose access was told last, -1 = nobody's
 */
struct teller {
	const struct trace_story *story;
	struct trace_out *out;
	u16 columns;
	u8 width[TRACE_MAX_CPUS];
	char cell[TRACE_MAX_CPUS][TRACE_CELL_LEN];
	u16 used;
	bool has_step;
	u64 step;
	unsigned int skipped[TRACE_MAX_CPUS];
	char function[TRACE_MAX_CPUS][MAX_FUNCTION];
	u16 left[TRACE_MAX_CPUS];
	int last;
};

/* ---- rows ---- */

static void pad(struct trace_out *out, unsigned int n)
{
	while (n--)
		trace_puts(out, " ");
}

static void print_row(struct teller *t)
{
	unsigned int cpu, blanks = 0;

	if (t->has_step)
		trace_printf(t->out, "%4llu  ", t->step);
	else
		blanks = STEP_WIDTH;
	for (cpu = 0; cpu < TRACE_MAX_CPUS; cpu++) {
		if (t->used & 1u << cpu) {
			pad(t->out, blanks);
			trace_puts(t->out, t->cell[cpu]);
			blanks = t->width[cpu] - (unsigned int)strlen(t->cell[cpu]);
		} else if (t->columns & 1u << cpu) {
			blanks += t->width[cpu];
		}
	}
	trace_puts(t->out, "\n");
}

static void measure_row(struct teller *t)
{
	unsigned int cpu;

	for (cpu = 0; cpu < TRACE_MAX_CPUS; cpu++)
		if (t->used & 1u << cpu) {
			size_t width = strlen(t->cell[cpu]) + COLUMN_GAP;

			t->columns |= 1u << cpu;
			t->width[cpu] = max((size_t)t->width[cpu], width);
		}
}

static void flush(struct teller *t)
{
	if (t->used && t->out)
		print_row(t);
	else if (t->used)
		measure_row(t);
	t->used = 0;
	t->has_step = false;
}

/*
 * The cell of @cpu in the current row if it is free and no access follows it there, else in a
 * new one.
 */
static char *new_cell(struct teller *t, unsigned int cpu)
{
	if (t->has_step || t->used & 1u << cpu)
		flush(t);
	t->used |= 1u << cpu;
	return t->cell[cpu];
}

/* ---- what is told ---- */

static bool is_in_pair(const struct trace_story *s, unsigned int i)
{
	return (int)i == s->pair.first || (int)i == s->pair.second;
}

/* Is event @i told? Switches tell themselves when the next access is another CPU's. */
static bool is_shown(const struct trace_story *s, unsigned int i)
{
	switch (s->log->events[i].kind) {
	case TRACE_FAULT:
	case TRACE_MARK:
		return true;
	case TRACE_THREAD:
	case TRACE_IPI:
		return !s->outline;
	case TRACE_SWITCH:
	case TRACE_STEAL:
		return s->all;
	default:
		if (s->outline)
			return false;
		return s->all || is_in_pair(s, i) || trace_conflicts_has(s->conflicts, i);
	}
}

/* Where to end: what happens once something has gone wrong explains nothing any more. */
static unsigned int end_shown(const struct trace_story *s)
{
	unsigned int i;

	for (i = s->log->n; i > 0 && !s->all; i--)
		if (s->log->events[i - 1].kind == TRACE_FAULT)
			return i;
	return s->log->n;
}

/* Where to begin, so that no more than MAX_SHOWN accesses are told. */
static unsigned int first_shown(const struct trace_story *s)
{
	unsigned int i = end_shown(s), shown = 0;

	if (s->all)
		return 0;
	while (i > 0 && shown < MAX_SHOWN)
		shown += is_shown(s, --i);
	return i;
}

static void tell_skipped(struct teller *t)
{
	unsigned int cpu;

	for (cpu = 0; cpu < TRACE_MAX_CPUS; cpu++)
		if (t->skipped[cpu]) {
			snprintf(new_cell(t, cpu), TRACE_CELL_LEN, "  (%u more)", t->skipped[cpu]);
			t->skipped[cpu] = 0;
		}
}

/* The CPU whose turn it was has made room for @e's. */
static void tell_switch(struct teller *t, const struct trace_event *e)
{
	struct trace_event gone = { .kind = TRACE_SWITCH };
	int before = t->last;

	t->last = e->cpu;
	if (before < 0 || before == e->cpu || t->story->all || !t->left[before])
		return;
	gone.kind = t->left[before];
	trace_cell_text(new_cell(t, (unsigned int)before), TRACE_CELL_LEN, &gone, t->story->names);
}

static void tell_function(struct teller *t, const struct trace_event *e)
{
	char name[MAX_FUNCTION], *plus;

	if (e->kind >= TRACE_SWITCH || !e->pc)
		return;
	trace_code_name(name, sizeof(name), e->pc, t->story->names);
	plus = strchr(name, '+');
	if (plus)
		*plus = '\0';
	if (strcmp(name, t->function[e->cpu])) {
		strscpy(t->function[e->cpu], name, MAX_FUNCTION);
		snprintf(new_cell(t, e->cpu), TRACE_CELL_LEN, "%s():", name);
	}
}

static void tell_access(struct teller *t, unsigned int i)
{
	const struct trace_event *e = &t->story->log->events[i];
	bool marked = is_in_pair(t->story, i), indented = e->kind < TRACE_SWITCH;
	char *cell = new_cell(t, e->cpu);
	int n = indented ? 2 : 0;

	memset(cell, ' ', 2);
	n += trace_cell_text(cell + n, TRACE_CELL_LEN - sizeof("    <=="), e, t->story->names);
	if (marked)
		strcpy(cell + n, "  <==");
	t->has_step = true;
	t->step = e->when;
}

/* A thread's name heads the column if it is the CPU's first, and is a row of its own later. */
static void tell_thread(struct teller *t, const struct trace_event *e)
{
	char *function = t->function[e->cpu];

	snprintf(new_cell(t, e->cpu), TRACE_CELL_LEN, "[%s]", e->text);
	function[0] = '\0';
}

static bool is_first_thread(const struct trace_log *log, unsigned int i)
{
	unsigned int k;

	for (k = 0; k < i; k++)
		if (log->events[k].kind == TRACE_THREAD && log->events[k].cpu == log->events[i].cpu)
			return false;
	return true;
}

static void tell_event(struct teller *t, unsigned int i)
{
	const struct trace_event *e = &t->story->log->events[i];

	if (e->kind == TRACE_SWITCH || e->kind == TRACE_STEAL)
		t->left[e->cpu] = e->kind;
	if (e->kind == TRACE_THREAD && is_first_thread(t->story->log, i))
		return;
	if (!is_shown(t->story, i)) {
		t->skipped[e->cpu] += !t->story->outline && trace_is_access(e);
		return;
	}
	tell_skipped(t);
	if (e->kind == TRACE_THREAD) {
		tell_thread(t, e);
		return;
	}
	tell_switch(t, e);
	tell_function(t, e);
	tell_access(t, i);
}

/* ---- the whole ---- */

static const char *first_thread(const struct trace_log *log, unsigned int cpu)
{
	unsigned int i;

	for (i = 0; i < log->n; i++)
		if (log->events[i].kind == TRACE_THREAD && log->events[i].cpu == cpu)
			return log->events[i].text;
	return "";
}

static void tell_heads(struct teller *t)
{
	unsigned int cpu;

	for (cpu = 0; cpu < TRACE_MAX_CPUS; cpu++)
		if (t->columns & 1u << cpu)
			snprintf(new_cell(t, cpu), TRACE_CELL_LEN, "CPU%u  %s", cpu,
				 first_thread(t->story->log, cpu));
	flush(t);
}

static void tell_all(struct teller *t)
{
	unsigned int i, end = end_shown(t->story);

	memset(t->skipped, 0, sizeof(t->skipped));
	memset(t->function, 0, sizeof(t->function));
	t->last = -1;
	tell_heads(t);
	for (i = first_shown(t->story); i < end; i++)
		tell_event(t, i);
	tell_skipped(t);
	flush(t);
}

static void print_side(const struct trace_story *story, struct trace_out *out, const char *head, int i)
{
	const struct trace_event *e = &story->log->events[i];
	char text[TRACE_PLACE_LEN];

	trace_cell_text(text, TRACE_CELL_LEN, e, story->names);
	trace_printf(out, "%s step %llu, CPU%u: %s", head, e->when, e->cpu, text);
	if (e->pc) {
		trace_place_name(text, sizeof(text), e, story->names);
		trace_printf(out, "  at %s", text);
	}
	trace_puts(out, "\n");
}

void trace_pair_print(const struct trace_story *story, struct trace_out *out)
{
	if (story->pair.first < 0)
		return;
	print_side(story, out, "race:", story->pair.first);
	print_side(story, out, " and:", story->pair.second);
}

/**
 * trace_story_print() - tell a run
 * @story: which, and how
 * @out: where to
 *
 * Context: any; takes 3 KiB of stack.
 */
void trace_story_print(const struct trace_story *story, struct trace_out *out)
{
	struct teller t = { .story = story };
	unsigned int skipped = first_shown(story);

	tell_all(&t);
	/* Once more, as the columns' heads are only known now. */
	tell_heads(&t);
	t.out = out;
	if (skipped)
		trace_printf(out, "(the first %u events are left out)\n", skipped);
	tell_all(&t);
	if (story->log->dropped)
		trace_printf(out, "(the log is full: %u more events)\n", story->log->dropped);
}
