// SPDX-License-Identifier: GPL-2.0
/*
 * A log as JSON in the Trace Event Format that chrome://tracing and Perfetto read ("Trace Event
 * Format", Google): one track per logical CPU, accesses and steals as slices, an arrow between
 * the racing accesses.
 *
 * Steps have no duration: an access is shown as one microsecond, at the microsecond of its step. Slices of one track may
 * not overlap, so what a CPU does at one step shares its microsecond. An arrow ends in the middle of a slice, which is
 * then the one it is bound to.
 */
#include <linux/kernel.h>
#include <linux/string.h>

#include "trace.h"

#define STEP	1000	/* parts of a microsecond */

struct writer {
	const struct trace_chrome *t;
	struct trace_out *out;
	u64 start;		/* the first event's clock */
	bool comma;
};

/* When and how long, in ticks; if steps are counted, in 1 / STEP of them. */
struct span {
	u64 start, length;
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

/* A time in the format's microseconds. */
static void put_us(struct writer *w, const char *key, u64 ticks)
{
	unsigned int per_us = w->t->ticks_per_us ? w->t->ticks_per_us : STEP;

	trace_printf(w->out, ",\"%s\":%llu.%03llu", key, ticks / per_us,
		     ticks % per_us * 1000 / per_us);
}

/* {"ph":...,"pid":0,"tid":...,"ts":... of something on the track of @cpu. */
static void put_head(struct writer *w, const char *phase, unsigned int cpu, u64 start)
{
	next_event(w);
	trace_printf(w->out, "{\"ph\":\"%s\",\"pid\":0,\"tid\":%u", phase, cpu);
	put_us(w, "ts", start);
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

/* ---- when ---- */

static bool is_steal(const struct trace_event *e)
{
	return e->kind == TRACE_SWITCH || e->kind == TRACE_STEAL;
}

static bool is_slice(const struct trace_event *e)
{
	return e->kind != TRACE_MARK && e->kind != TRACE_THREAD;
}

/* When CPU e->cpu does something again after event @i; behind the last one if it does not. */
static u64 back_again(const struct trace_log *log, unsigned int i)
{
	const struct trace_event *e = &log->events[i];

	while (++i < log->n)
		if (log->events[i].cpu == e->cpu && log->events[i].when > e->when)
			return log->events[i].when;
	return log->events[log->n - 1].when + 1;
}

/* What the CPU of event @i does at its step comes one after the other. */
static struct span span_of_step(const struct trace_log *log, unsigned int i)
{
	const struct trace_event *e = &log->events[i];
	unsigned int k = i, before = 0, all = 0;
	struct span s;

	while (k && log->events[k - 1].when == e->when)
		k--;
	for (; k < log->n && log->events[k].when == e->when; k++)
		if (log->events[k].cpu == e->cpu && is_slice(&log->events[k])) {
			before += k < i;
			all++;
		}
	s.start = e->when * STEP + before * STEP / all;
	s.length = STEP / all;
	if (is_steal(e) && before + 1 == all)
		s.length = back_again(log, i) * STEP - s.start;
	return s;
}

static struct span span_of(const struct writer *w, unsigned int i)
{
	const struct trace_event *e = &w->t->log->events[i];
	struct span s = { .start = e->when - w->start, .length = e->value };

	if (!w->t->ticks_per_us)
		return span_of_step(w->t->log, i);
	if (!is_steal(e))
		s.length = min(back_again(w->t->log, i) - e->when, (u64)w->t->ticks_per_us);
	return s;
}

/* ---- what ---- */

static void write_slice(struct writer *w, unsigned int i)
{
	const struct trace_event *e = &w->t->log->events[i];
	const char *kind = trace_kind_name(e->kind);
	struct span s = span_of(w, i);
	char text[TRACE_CELL_LEN];

	put_head(w, "X", e->cpu, s.start);
	put_us(w, "dur", s.length);
	if (!is_steal(e))
		trace_cell_text(text, sizeof(text), e, w->t->names);
	put_name(w, kind, is_steal(e) ? kind : text);
	trace_puts(w->out, ",\"args\":{");
	if (!is_steal(e))
		trace_printf(w->out, "\"step\":%llu,\"address\":\"0x%lx\",\"size\":%u%s", e->when, e->addr,
			     e->size, e->pc ? "," : "");
	if (e->pc)
		put_place(w, e);
	trace_puts(w->out, "}}");
}

static void write_mark(struct writer *w, const struct trace_event *e)
{
	put_head(w, "i", e->cpu, (e->when - w->start) * (w->t->ticks_per_us ? 1 : STEP));
	trace_puts(w->out, ",\"s\":\"t\"");
	put_name(w, trace_kind_name(e->kind), e->text);
	trace_puts(w->out, "}");
}

static void write_event(struct writer *w, unsigned int i)
{
	const struct trace_event *e = &w->t->log->events[i];

	if (is_slice(e))
		write_slice(w, i);
	else
		write_mark(w, e);
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

static void put_end_of_arrow(struct writer *w, const char *phase, unsigned int i)
{
	struct span s = span_of(w, i);

	put_head(w, phase, w->t->log->events[i].cpu, s.start + s.length / 2);
	put_name(w, "race", "race");
}

/* The arrow, from slice to slice: it starts at the first access and ends at the second. */
static void write_arrow(struct writer *w)
{
	const struct trace_pair *pair = &w->t->pair;

	if (pair->first < 0)
		return;
	put_end_of_arrow(w, "s", pair->first);
	trace_puts(w->out, ",\"id\":1}");
	put_end_of_arrow(w, "f", pair->second);
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
