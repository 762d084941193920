// SPDX-License-Identifier: GPL-2.0
/*
 * The log of one explored run. Logical CPUs that share a vCPU take turns, so recording is an
 * index and a store; it is called in the middle of anything and must touch nothing that is
 * explored.
 */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>
#include <stopgap/dispatch.h>

#include "trace.h"

#define MAX_NAMED_MODULES	16	/* a list that does not end is one of the bugs looked for */

bool trace_recording;
static struct trace_log run_log;
static const struct task_struct *running[TRACE_MAX_CPUS];	/* as far as the log says */
static u16 named;		/* CPUs whose column has a head */

const struct trace_log *trace_run_log(void)
{
	return &run_log;
}

/* What @e's memory holds now, as far as it is small and there. */
static void look_at_memory(struct trace_event *e)
{
	u64 bytes = 0;
	char *to = (char *)&bytes + sizeof(bytes) - e->size;

	if (e->value != TRACE_NO_VALUE || !e->size || e->size > sizeof(bytes))
		return;
	if (!copy_from_kernel_nofault(to, (void *)e->addr, e->size))
		e->value = bytes;
}

/* The last event has happened by now: if it was a store, its value is in memory. */
static inline void complete_last(void)
{
	struct trace_event *e;

	if (!run_log.n)
		return;
	e = &run_log.events[run_log.n - 1];
	if (e->kind == TRACE_WRITE || e->kind == TRACE_ATOMIC)
		look_at_memory(e);
}

/* Room for one more; the caller fills in the rest. */
static inline struct trace_event *append(u64 step, unsigned int cpu, enum trace_kind kind)
{
	struct trace_event *e;

	complete_last();
	if (run_log.n == run_log.room) {
		run_log.dropped++;
		return NULL;
	}
	e = &run_log.events[run_log.n];
	e->when = run_log.n++ ? max(step, e[-1].when) : step;
	e->kind = kind;
	e->cpu = cpu;
	e->size = 0;
	return e;
}

/* Freeing is announced as a write to all of the memory, whose place it takes. */
static bool is_announced_free(const struct trace_event *e, unsigned int cpu, unsigned long addr,
			      unsigned int size)
{
	return e->kind == TRACE_WRITE && e->cpu == cpu && e->addr == addr && e->size == size;
}

/*
 * Several may complain of the same, one after the other. Who knows the address takes the place of
 * who does not; else the first stays, as it stood closest.
 */
static bool is_known_fault(unsigned int cpu, unsigned long addr)
{
	const struct trace_event *e = run_log.n ? &run_log.events[run_log.n - 1] : NULL;

	if (!e || e->kind != TRACE_FAULT || e->cpu != cpu)
		return false;
	if (e->addr || !addr)
		return true;
	run_log.n--;
	return false;
}

/* See trace_event(). */
void __trace_event(u64 step, unsigned int cpu, enum trace_kind kind, unsigned long addr,
		   unsigned int size, unsigned long value, unsigned long pc)
{
	struct trace_event *e;

	if (kind == TRACE_FREE && run_log.n &&
	    is_announced_free(&run_log.events[run_log.n - 1], cpu, addr, size)) {
		run_log.events[run_log.n - 1].kind = TRACE_FREE;
		return;
	}
	if (kind == TRACE_FAULT && is_known_fault(cpu, addr))
		return;
	e = append(step, cpu, kind);
	if (!e)
		return;
	e->addr = addr;
	e->size = size;
	e->value = value;
	e->pc = pc;
	if (kind == TRACE_READ)
		look_at_memory(e);
}

/* See trace_thread_name() and trace_mark(). */
void __trace_text(u64 step, unsigned int cpu, enum trace_kind kind, const char *text)
{
	struct trace_event *e = append(step, cpu, kind);

	if (!e)
		return;
	strscpy(e->text, text, sizeof(e->text));
	if (kind == TRACE_THREAD)
		named |= 1u << cpu;
}

/* Points that are no events of their own have TRACE_KINDS. */
static enum trace_kind kind_of(const struct sched_point *p)
{
	switch (p->kind) {
	case POINT_ACCESS:
		return p->write ? TRACE_WRITE : TRACE_READ;
	case POINT_ATOMIC:
		return TRACE_ATOMIC;
	case POINT_LOCK:
		return TRACE_LOCK;
	case POINT_UNLOCK:
		return TRACE_UNLOCK;
	case POINT_BARRIER:
		return TRACE_BARRIER;
	case POINT_IPI:
		return TRACE_IPI;
	default:
		return TRACE_KINDS;
	}
}

/* The thread that heads the column already may have been given a better name than its own. */
static void name_thread(const struct sched_point *p)
{
	bool is_first = !running[p->cpu] && named & 1u << p->cpu;

	if (running[p->cpu] == current || current->sched_class == SCHED_CLASS_IDLE)
		return;
	running[p->cpu] = current;
	if (!is_first)
		__trace_text(p->step, p->cpu, TRACE_THREAD, current->comm);
}

/* See trace_point(). */
void __trace_point(const struct sched_point *p)
{
	enum trace_kind kind = kind_of(p);

	if (p->cpu < TRACE_MAX_CPUS)
		name_thread(p);
	if (kind < TRACE_KINDS)
		__trace_event(p->step, p->cpu, kind, p->addr, p->size,
			      kind == TRACE_IPI ? p->value : TRACE_NO_VALUE, p->pc);
}

/* Names lie in the order of the symbols, so the last symbol's is the end. */
static unsigned long names_size(const struct module *mod)
{
	unsigned int last = mod->symtab[mod->num_symtab - 1].st_name;

	return last + strlen(mod->strtab + last) + 1;
}

static void name_module(const struct module *mod)
{
	unsigned long base = (unsigned long)mod->core_layout.base;
	unsigned long strtab = (unsigned long)mod->strtab;
	char name[MODULE_NAME_LEN + sizeof(".symhash")];

	trace_name_object(base, mod->core_layout.size, NULL, mod->name);
	snprintf(name, sizeof(name), "%s.strtab", mod->name);
	trace_name_object(strtab, names_size(mod), NULL, name);
	snprintf(name, sizeof(name), "%s.symtab", mod->name);
	trace_name_object((unsigned long)mod->symtab, mod->num_symtab * sizeof(*mod->symtab),
			  "Elf64_Sym", name);
	snprintf(name, sizeof(name), "%s.symhash", mod->name);
	trace_name_object((unsigned long)mod->symhash, strtab - (unsigned long)mod->symhash, "u32",
			  name);
	trace_name_object((unsigned long)mod, sizeof(*mod), "module", mod->name);
}

void trace_name_modules(void)
{
	const struct module *mod;
	unsigned int n = 0;

	list_for_each_entry(mod, &modules, list) {
		if (n++ == MAX_NAMED_MODULES)
			break;
		name_module(mod);
	}
}

int trace_run_begin(void)
{
	if (!run_log.events) {
		run_log.events = vzalloc(TRACE_RUN_EVENTS * sizeof(*run_log.events));
		if (!run_log.events)
			return -ENOMEM;
		run_log.room = TRACE_RUN_EVENTS;
	}
	run_log.n = run_log.dropped = 0;
	memset(running, 0, sizeof(running));
	named = 0;
	trace_objects_clear();
	trace_name_modules();
	trace_recording = true;
	return 0;
}

void trace_run_end(void)
{
	if (trace_recording)
		complete_last();
	trace_recording = false;
}
