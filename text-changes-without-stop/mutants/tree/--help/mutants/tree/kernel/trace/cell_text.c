// SPDX-License-Identifier: GPL-2.0
/* One event in words, as it stands in a column of a story: "read  modules.next -> hello.list". */
#include <linux/kernel.h>
#include <linux/sprintf.h>
#include <linux/string.h>

#include "trace.h"

/* Values up to here are numbers, and shown as such. */
#define LARGEST_DECIMAL	65535
/* So much of an oracle's sentence; more would widen the column. */
#define MAX_WHAT	44

const char *trace_kind_name(enum trace_kind kind)
{
	static const char *const names[TRACE_KINDS] = {
		[TRACE_READ] = "read",
		[TRACE_WRITE] = "write",
		[TRACE_ATOMIC] = "atomic",
		[TRACE_LOCK] = "lock",
		[TRACE_UNLOCK] = "unlock",
		[TRACE_BARRIER] = "barrier",
		[TRACE_IPI] = "ipi",
		[TRACE_ALLOC] = "alloc",
		[TRACE_FREE] = "free",
		[TRACE_SWITCH] = "waits",
		[TRACE_STEAL] = "stolen",
		[TRACE_FAULT] = "fault",
		[TRACE_THREAD] = "runs",
		[TRACE_MARK] = "mark",
		[TRACE_CALL] = "call",
	};

	return kind < TRACE_KINDS ? names[kind] : "?";
}

int trace_data_name(char *buf, size_t size, unsigned long addr, const struct trace_names *names)
{
	int n = names->data(buf, size, addr);

	return n ? n : scnprintf(buf, size, "0x%lx", addr);
}

int trace_code_name(char *buf, size_t size, unsigned long pc, const struct trace_names *names)
{
	int n = names->code(buf, size, pc);

	return n ? n : scnprintf(buf, size, "0x%lx", pc);
}

int trace_place_name(char *buf, size_t size, const struct trace_event *e, const struct trace_names *names)
{
	int n = trace_code_name(buf, size, e->pc, names);

	/* Who announces an access is known by where it returns to; else it is the very instruction. */
	return n + names->line(buf + n, size - n, e->kind < TRACE_SWITCH ? e->pc - 1 : e->pc);
}

/* A pointer to the start of something means the whole: an object, or a list_head in it. */
static int pointer_text(char *buf, size_t size, const struct trace_event *e,
			const struct trace_names *names)
{
	char name[TRACE_CELL_LEN];
	int n = trace_object_at(name, sizeof(name), e->value);

	if (!n)
		n = names->data(name, sizeof(name), e->value);
	if (n > 5 && !strcmp(name + n - 5, ".next"))
		name[n - 5] = '\0';
	if (!n)
		return scnprintf(buf, size, " = 0x%lx", e->value);
	return scnprintf(buf, size, " -> %s", name);
}

static int value_text(char *buf, size_t size, const struct trace_event *e,
		      const struct trace_names *names)
{
	if (e->value == TRACE_NO_VALUE || e->size > sizeof(e->value))
		return 0;
	if (e->value <= LARGEST_DECIMAL)
		return scnprintf(buf, size, " = %lu", e->value);
	if (e->size == sizeof(e->value))
		return pointer_text(buf, size, e, names);
	return scnprintf(buf, size, " = 0x%lx", e->value);
}

static int access_text(char *buf, size_t size, const struct trace_event *e,
		       const struct trace_names *names)
{
	int n = scnprintf(buf, size, "%-5s ", trace_kind_name(e->kind));

	n += trace_data_name(buf + n, size - n, e->addr, names);
	if (e->kind <= TRACE_ATOMIC)
		n += value_text(buf + n, size - n, e, names);
	return n;
}

static int memory_text(char *buf, size_t size, const struct trace_event *e,
		       const struct trace_names *names)
{
	int n = access_text(buf, size, e, names);

	return n + scnprintf(buf + n, size - n, ", %u bytes", e->size);
}

static int fault_text(char *buf, size_t size, const struct trace_event *e,
		      const struct trace_names *names)
{
	int n = scnprintf(buf, size, "*** %.*s", MAX_WHAT, e->what ? e->what : "fault");

	if (e->addr) {
		n += scnprintf(buf + n, size - n, ": ");
		n += trace_data_name(buf + n, size - n, e->addr, names);
	}
	return n;
}

int trace_cell_text(char *buf, size_t size, const struct trace_event *e,
		    const struct trace_names *names)
{
	switch (e->kind) {
	case TRACE_READ:
	case TRACE_WRITE:
	case TRACE_ATOMIC:
	case TRACE_LOCK:
	case TRACE_UNLOCK:
		return access_text(buf, size, e, names);
	case TRACE_ALLOC:
	case TRACE_FREE:
		return memory_text(buf, size, e, names);
	case TRACE_IPI:
		return scnprintf(buf, size, "ipi   to CPU%lu", e->value);
	case TRACE_SWITCH:
	case TRACE_STEAL:
		return scnprintf(buf, size, "---- %s ----", trace_kind_name(e->kind));
	case TRACE_FAULT:
		return fault_text(buf, size, e, names);
	case TRACE_MARK:
		return scnprintf(buf, size, "%s", e->text);
	default:
		return scnprintf(buf, size, "%s", trace_kind_name(e->kind));
	}
}
