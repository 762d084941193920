// SPDX-License-Identifier: GPL-2.0
/*
 * A log as JSON in the Trace Event Format that chrome://tracing and Perfetto read ("Trace Event
 * Format", Google): one track per logical CPU, accesses and steals as slices, an arrow between
 * the racing accesses.
 *
 * Steps have no duration: an access is shown as one microsecond, at the microsecond of its step.
 */
#include <linux/kernel.h>
#include <linux/string.h>

#include "trace.h"

struct writer {
	const struct trace_chrome *t;
	struct trace_out *out;
	u64 start;		/* the first event's clock */
	bool comma;
};

/* The next element of the array of events begins. */
static void next_event(struct writer *w)
{
	trace_puts(w->out, w->comma ? ",\n" : "\n");
	w->comma = true;
}

static void put_string(struct writer *w, const char *s)
{
	trace_puts(w->out, "\"");
	for (; *s; s++) {
		if (*s == '"' || *s == '\\')
			trace_puts(w->out, "\\");
		if ((unsigned char)*s < ' ' || (unsigned char)*s > '~')
			trace_printf(w->out, "\\u%04x", (unsigned char)*s);
		else
			w->out->write(w->out, s, 1);
	}
	trace_puts(w->out, "\"");
}

/* A duration in the format's microseconds. */
static void put_us(struct writer *w, const char *key, u64 ticks)
{
	unsigned int per_us = w->t->ticks_per_us ? w->t->ticks_per_us : 1;

	trace_printf(w->out, ",\"%s\":%llu.%03llu", key, ticks / per_us,
		     ticks % per_us * 1000 / per_us);
}

/* {"ph":...,"pid":0,"tid":...,"ts":... of an event that begins like @e. */
static void put_head(struct writer *w, const char *phase, const struct trace_event *e)
{
	next_event(w);
	trace_printf(w->out, "{\"ph\":\"%s\",\"pid\":0,\"tid\":%u", phase, e->cpu);
	put_us(w, "ts", e->when - w->start);
}

static void put_name(struct writer *w, const char *cat, const char *name)
{
	trace_printf(w->out, ",\"cat\":\"%s\",\"name\":", cat);
	put_string(w, name);
}

static void put_place(struct writer *w, const struct trace_event *e)
{
	char text[TRACE_PLACE_LEN];

	trace_place_name(text, sizeof(text), e, w->t->names);
	trace_puts(w->out, "\"at\":");
	put_string(w, text);
}

/* How long CPU e->cpu was away: as the event says, or in steps until it does something again. */
static u64 away(const struct writer *w, unsigned int i)
{
	const struct trace_log *log = w->t->log;
	const struct trace_event *e = &log->events[i];

	if (w->t->ticks_per_us)
		return e->value;
	while (++i < log->n && log->events[i].cpu == e->cpu && log->events[i].when == e->when)
		;
	for (; i < log->n; i++)
		if (log->events[i].cpu == e->cpu)
			return log->events[i].when - e->when;
	return log->events[log->n - 1].when - e->when;
}

static void write_steal(struct writer *w, unsigned int i)
{
	const struct trace_event *e = &w->t->log->events[i];

	put_head(w, "X", e);
	put_us(w, "dur", away(w, i));
	put_name(w, trace_kind_name(e->kind), trace_kind_name(e->kind));
	trace_puts(w->out, ",\"args\":{");
	if (e->pc)
		put_place(w, e);
	trace_puts(w->out, "}}");
}

static void write_access(struct writer *w, const struct trace_event *e)
{
	char text[TRACE_CELL_LEN];

	trace_cell_text(text, sizeof(text), e, w->t->names);
	put_head(w, "X", e);
	put_us(w, "dur", w->t->ticks_per_us ? w->t->ticks_per_us : 1);
	put_name(w, trace_kind_name(e->kind), text);
	trace_printf(w->out, ",\"args\":{\"step\":%llu,\"address\":\"0x%lx\",\"size\":%u", e->when,
		     e->addr, e->size);
	if (e->pc) {
		trace_puts(w->out, ",");
		put_place(w, e);
	}
	trace_puts(w->out, "}}");
}

static void write_mark(struct writer *w, const struct trace_event *e)
{
	put_head(w, "i", e);
	trace_puts(w->out, ",\"s\":\"t\"");
	put_name(w, trace_kind_name(e->kind), e->text);
	trace_puts(w->out, "}");
}

static void write_event(struct writer *w, unsigned int i)
{
	const struct trace_event *e = &w->t->log->events[i];

	switch (e->kind) {
	case TRACE_SWITCH:
	case TRACE_STEAL:
		write_steal(w, i);
		break;
	case TRACE_MARK:
	case TRACE_THREAD:
		write_mark(w, e);
		break;
	default:
		write_access(w, e);
	}
}

static const char *thread_name(const struct trace_log *log, unsigned int cpu)
{
	unsigned int i;

	for (i = 0; i < log->n; i++)
		if (log->events[i].kind == TRACE_THREAD && log->events[i].cpu == cpu)
			return log->events[i].text;
	return "";
}

static void write_track(struct writer *w, unsigned int cpu)
{
	const char *thread = thread_name(w->t->log, cpu);
	char name[TRACE_TEXT_LEN + 16];

	snprintf(name, sizeof(name), "CPU%u%s%s", cpu, *thread ? " " : "", thread);
	next_event(w);
	trace_printf(w->out, "{\"ph\":\"M\",\"pid\":0,\"tid\":%u,\"name\":\"thread_name\"", cpu);
	trace_puts(w->out, ",\"args\":{\"name\":");
	put_string(w, name);
	trace_puts(w->out, "}}");
}

static void write_tracks(struct writer *w)
{
	const struct trace_log *log = w->t->log;
	unsigned int cpu, i;
	u16 cpus = 0;

	for (i = 0; i < log->n; i++)
		cpus |= 1u << log->events[i].cpu;
	for (cpu = 0; cpu < TRACE_MAX_CPUS; cpu++)
		if (cpus & 1u << cpu)
			write_track(w, cpu);
}

/* The arrow, from slice to slice: it starts at the first access and ends at the second. */
static void write_arrow(struct writer *w)
{
	const struct trace_pair *pair = &w->t->pair;

	if (pair->first < 0)
		return;
	put_head(w, "s", &w->t->log->events[pair->first]);
	put_name(w, "race", "race");
	trace_puts(w->out, ",\"id\":1}");
	put_head(w, "f", &w->t->log->events[pair->second]);
	put_name(w, "race", "race");
	trace_puts(w->out, ",\"id\":1,\"bp\":\"e\"}");
}

/* Write @t to @out as one JSON document. Context: as the writer's and the names'. */
void trace_chrome_write(const struct trace_chrome *t, struct trace_out *out)
{
	struct writer w = { .t = t, .out = out, .start = t->log->n ? t->log->events[0].when : 0 };
	unsigned int i;

	/* A thread's name is told at step 0, whenever the run begins. */
	if (!t->ticks_per_us)
		w.start = 0;
	trace_puts(out, "{\"displayTimeUnit\":\"ns\",\"traceEvents\":[");
	write_tracks(&w);
	for (i = 0; i < t->log->n && !out->err; i++)
		write_event(&w, i);
	write_arrow(&w);
	trace_printf(out, "\n],\"otherData\":{\"dropped\":%u}}\n", t->log->dropped);
}
