// SPDX-License-Identifier: GPL-2.0
/*
 * Which accesses of a log get in each other's way: the same memory, two CPUs, at least one
 * writing. Giving memory back counts as writing all of it.
 */
#include <linux/kernel.h>

#include "trace.h"

/* An access of more bytes than this (a long memcpy) counts with its first so many. */
#define MAX_CELLS_PER_EVENT	64

/* What is this far behind a pointer, or nearer, is a field of what it points to. */
#define MAX_OFFSET		4096

#define ANYBODY			TRACE_MAX_CPUS

static const struct trace_pair no_pair = { -1, -1 };

bool trace_is_access(const struct trace_event *e)
{
	return e->kind <= TRACE_UNLOCK;
}

bool trace_is_write(const struct trace_event *e)
{
	return e->kind == TRACE_FREE || (trace_is_access(e) && e->kind != TRACE_READ);
}

/* Locks and atomics are meant to meet: they are no race by themselves. */
static bool is_plain(const struct trace_event *e)
{
	return e->kind == TRACE_READ || e->kind == TRACE_WRITE || e->kind == TRACE_FREE ||
	       e->kind == TRACE_FAULT;
}

static unsigned long end_of(const struct trace_event *e)
{
	return e->addr + (e->size ? e->size : 1);
}

static bool overlap(const struct trace_event *a, const struct trace_event *b)
{
	return a->addr < end_of(b) && b->addr < end_of(a);
}

static bool has_addr(const struct trace_event *e)
{
	return trace_is_access(e) || e->kind == TRACE_FREE || e->kind == TRACE_FAULT;
}

static bool conflict(const struct trace_event *a, const struct trace_event *b)
{
	return a->cpu != b->cpu && has_addr(a) && has_addr(b) && overlap(a, b) &&
	       (trace_is_write(a) || trace_is_write(b));
}

static unsigned int cells_of(const struct trace_event *e)
{
	unsigned long n = (end_of(e) - 1) / 8 - e->addr / 8 + 1;

	return (unsigned int)min(n, (unsigned long)MAX_CELLS_PER_EVENT);
}

static void note_access(struct trace_cells *cells, const struct trace_event *e)
{
	unsigned int i, n = cells_of(e);

	for (i = 0; i < n; i++) {
		struct trace_cell *c = trace_cells_get(cells, e->addr / 8 + 1 + i);

		if (!c)
			return;
		c->cpus |= 1u << e->cpu;
		if (trace_is_write(e))
			c->writers |= 1u << e->cpu;
	}
}

void trace_conflicts_find(struct trace_conflicts *c, const struct trace_log *log,
			  struct trace_cells *cells)
{
	unsigned int i;

	c->log = log;
	c->cells = cells;
	c->nr_frees = 0;
	trace_cells_clear(cells);
	for (i = 0; i < log->n; i++) {
		if (trace_is_access(&log->events[i]))
			note_access(cells, &log->events[i]);
		else if (log->events[i].kind == TRACE_FREE && c->nr_frees < TRACE_MAX_FREES)
			c->frees[c->nr_frees++] = i;
	}
}

/* Is the memory of @e freed by another CPU, at any time? */
static bool freed_elsewhere(const struct trace_conflicts *c, const struct trace_event *e)
{
	unsigned int i;

	for (i = 0; i < c->nr_frees; i++)
		if (conflict(&c->log->events[c->frees[i]], e))
			return true;
	return false;
}

static bool touched_elsewhere(const struct trace_conflicts *c, const struct trace_event *free)
{
	unsigned int i;

	for (i = 0; i < c->log->n; i++)
		if (conflict(&c->log->events[i], free))
			return true;
	return false;
}

bool trace_conflicts_has(const struct trace_conflicts *c, unsigned int i)
{
	const struct trace_event *e = &c->log->events[i];
	unsigned int k, n;

	if (e->kind == TRACE_FREE)
		return touched_elsewhere(c, e);
	if (!trace_is_access(e))
		return false;
	for (k = 0, n = cells_of(e); k < n; k++) {
		const struct trace_cell *cell = trace_cells_get(c->cells, e->addr / 8 + 1 + k);

		if (cell && cell->writers && (cell->cpus & (cell->cpus - 1)))
			return true;
	}
	return freed_elsewhere(c, e);
}

/* The last event before @second that conflicts with it, -1 if there is none. */
static int partner(const struct trace_log *log, int second)
{
	int i;

	for (i = second - 1; i >= 0; i--)
		if (is_plain(&log->events[i]) && conflict(&log->events[i], &log->events[second]))
			return i;
	return -1;
}

static bool may_be_second(const struct trace_event *e, unsigned long addr)
{
	return is_plain(e) && (!addr || (addr >= e->addr && addr < end_of(e)));
}

static bool takes_part(const struct trace_log *log, struct trace_pair pair, unsigned int cpu)
{
	return log->events[pair.first].cpu == cpu || log->events[pair.second].cpu == cpu;
}

/* The last pair that ends before event @end: of anybody, or with @cpu. */
static struct trace_pair last_pair(const struct trace_log *log, int end, unsigned long addr, unsigned int cpu)
{
	struct trace_pair pair;
	int i;

	for (i = end - 1; i > 0; i--) {
		if (!may_be_second(&log->events[i], addr))
			continue;
		pair = (struct trace_pair){ partner(log, i), i };
		if (pair.first >= 0 && (cpu == ANYBODY || takes_part(log, pair, cpu)))
			return pair;
	}
	return no_pair;
}

static int find_fault(const struct trace_log *log)
{
	unsigned int i;

	for (i = 0; i < log->n; i++)
		if (log->events[i].kind == TRACE_FAULT)
			return (int)i;
	return -1;
}

/*
 * The access that event @fault complains of, if the log has it: the CPU's last one there, after event
 * @first made it wrong. Else @fault.
 */
static int faulting_access(const struct trace_log *log, int first, int fault)
{
	const struct trace_event *f = &log->events[fault], *e;
	int i;

	for (i = fault - 1; i > first; i--) {
		e = &log->events[i];
		if (e->cpu == f->cpu && trace_is_access(e) && overlap(e, f))
			return i;
	}
	return fault;
}

/* Has @e read a pointer to what event @f complains of, which lies no farther away than a field? */
static bool leads_to(const struct trace_event *e, const struct trace_event *f)
{
	return e->cpu == f->cpu && e->kind == TRACE_READ && e->size == sizeof(e->value) &&
	       e->value != TRACE_NO_VALUE && f->addr - e->value < MAX_OFFSET;
}

/*
 * At the address that event @fault complains of there is nothing that anybody could have touched: NULL, poison. Its
 * CPU has read it somewhere, after another has put it there.
 */
static struct trace_pair pointer_pair(const struct trace_log *log, int fault)
{
	int i, first;

	for (i = fault - 1; i > 0; i--) {
		if (!leads_to(&log->events[i], &log->events[fault]))
			continue;
		first = partner(log, i);
		if (first >= 0 && log->events[first].value == log->events[i].value)
			return (struct trace_pair){ first, i };
	}
	return no_pair;
}

/* Of a fault that knows its address. */
static struct trace_pair fault_pair(const struct trace_log *log, int fault)
{
	int first = partner(log, fault);

	if (first >= 0)
		return (struct trace_pair){ first, faulting_access(log, first, fault) };
	return pointer_pair(log, fault);
}

struct trace_pair trace_find_pair(const struct trace_log *log, unsigned long addr)
{
	int fault = addr ? -1 : find_fault(log);
	struct trace_pair pair = no_pair;

	if (fault < 0)
		return last_pair(log, (int)log->n, addr, ANYBODY);
	if (!log->events[fault].size)
		return no_pair;
	if (log->events[fault].addr)
		pair = fault_pair(log, fault);
	if (pair.first < 0)
		pair = last_pair(log, fault, 0, log->events[fault].cpu);
	return pair.first < 0 ? last_pair(log, fault, 0, ANYBODY) : pair;
}
