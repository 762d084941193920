/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What happened, in order, so that it can be read: the event log of one explored run, the story
 * printed from it, its hash, its export to the host; and per-CPU rings of the shim's steals where
 * CPUs run in parallel.
 *
 * The explorer's side of it:
 *
 *	trace_run_begin();			name what is loaded; record from now on
 *	trace_point(p);				at every scheduling point, when its CPU goes on
 *	trace_switch(step, from, to, true);	the dispatcher has taken CPU "from" away
 *	trace_fault(step, cpu, addr, pc, "use after free");
 *	trace_run_end();			stop recording; the log stays
 *	trace_run_print(0, false);		the story
 *	trace_run_hash();
 *
 * Steps never go backwards in a log: an event of an earlier step than the one before counts as of
 * that step.
 *
 * Recording takes no lock and allocates nothing: one logical CPU runs at a time. While not between
 * begin and end, the recording calls return at once.
 */
#ifndef _STOPGAP_TRACE_H
#define _STOPGAP_TRACE_H

#include <linux/compiler.h>
#include <linux/types.h>

struct sched_point;

#define TRACE_TEXT_LEN		24
#define TRACE_MAX_CPUS		16
#define TRACE_RUN_EVENTS	16384	/* room for one run */

/*
 * For a value the caller does not know. Of up to 8 bytes, the log looks for itself: into memory at
 * once for a load (the event comes just before it), at the next event for anything that writes.
 */
#define TRACE_NO_VALUE		(~0UL)

/**
 * enum trace_kind - what an event says; which members of struct trace_event go with it
 * @TRACE_READ: plain or volatile load: addr, size, value read, pc
 * @TRACE_WRITE: store: addr, size, value written, pc
 * @TRACE_ATOMIC: atomic read-modify-write: addr, size, value after it, pc
 * @TRACE_LOCK: lock taken: addr, pc
 * @TRACE_UNLOCK: lock let go: addr, pc
 * @TRACE_BARRIER: memory barrier: pc
 * @TRACE_IPI: sent: value is the CPU it goes to, pc
 * @TRACE_ALLOC: memory handed out: addr, size, pc
 * @TRACE_FREE: memory given back; conflicts like a write to all of it: addr, size, pc
 * @TRACE_SWITCH: the CPU stops running, value is the one that runs next; it could not have gone on
 * @TRACE_STEAL: the same, but it could have: it was stolen. In a ring: value is how long, in clock
 *	ticks, pc
 * @TRACE_FAULT: what an oracle found at this point: addr, pc, what; size is 0 if no access is to blame
 * @TRACE_THREAD: the CPU runs thread "text" from here on
 * @TRACE_MARK: a remark, "text"
 * @TRACE_CALL: in a ring: the function at pc is entered, value is where it will return to
 */
enum trace_kind {
	TRACE_READ,
	TRACE_WRITE,
	TRACE_ATOMIC,
	TRACE_LOCK,
	TRACE_UNLOCK,
	TRACE_BARRIER,
	TRACE_IPI,
	TRACE_ALLOC,
	TRACE_FREE,
	TRACE_SWITCH,
	TRACE_STEAL,
	TRACE_FAULT,
	TRACE_THREAD,
	TRACE_MARK,
	TRACE_CALL,
	TRACE_KINDS
};

/**
 * struct trace_event - one line of a log
 * @when: the step; in a ring, the timebase
 * @kind: enum trace_kind
 * @cpu: logical CPU
 * @size: bytes at @addr
 * @addr: the address accessed
 * @value: see enum trace_kind
 * @what: TRACE_FAULT: a string that lasts
 * @pc: the instruction
 * @text: TRACE_THREAD, TRACE_MARK: cut to TRACE_TEXT_LEN - 1 characters
 */
struct trace_event {
	u64 when;
	u16 kind;
	u16 cpu;
	u32 size;
	union {
		struct {
			unsigned long addr;
			union {
				unsigned long value;
				const char *what;
			};
			unsigned long pc;
		};
		char text[TRACE_TEXT_LEN];
	};
};

/**
 * struct trace_log - events in the order they happened
 * @events: an array of @room
 * @room: how many fit
 * @n: how many are there
 * @dropped: how many more there would have been
 */
struct trace_log {
	struct trace_event *events;
	unsigned int room;
	unsigned int n;
	unsigned int dropped;
};

/* ---- recording one explored run ---- */

extern bool trace_recording;

/* Start a log. Context: thread, unexplored. Return: 0, or -ENOMEM. */
int trace_run_begin(void);
/* Stop; the log stays until the next begin. Context: any. */
void trace_run_end(void);
/* The last run's log, empty if there was none. */
const struct trace_log *trace_run_log(void);

void __trace_event(u64 step, unsigned int cpu, enum trace_kind kind, unsigned long addr,
		   unsigned int size, unsigned long value, unsigned long pc);
void __trace_point(const struct sched_point *p);
void __trace_text(u64 step, unsigned int cpu, enum trace_kind kind, const char *text);

/* Record one event of the explored run. Context: any, on the one vCPU. */
static inline void trace_event(u64 step, unsigned int cpu, enum trace_kind kind, unsigned long addr,
			       unsigned int size, unsigned long value, unsigned long pc)
{
	if (unlikely(trace_recording))
		__trace_event(step, cpu, kind, addr, size, value, pc);
}

/*
 * The same from a scheduling point, whose CPU goes on now: what @p announces is about to be done.
 * Names the thread in the CPU's column whenever it is another one. Context: as trace_event(), on the
 * logical CPU of @p.
 */
static inline void trace_point(const struct sched_point *p)
{
	if (unlikely(trace_recording))
		__trace_point(p);
}

/* CPU @from stops, @to goes on. @stolen: @from could have gone on. Context: as trace_event(). */
static inline void trace_switch(u64 step, unsigned int from, unsigned int to, bool stolen)
{
	trace_event(step, from, stolen ? TRACE_STEAL : TRACE_SWITCH, 0, 0, to, 0);
}

/*
 * An oracle's finding, as "use after free"; @addr is 0 if it is about no address. @what is kept, not
 * copied: it must last as long as the log. Context: as trace_event().
 */
static inline void trace_fault(u64 step, unsigned int cpu, unsigned long addr, unsigned long pc,
			       const char *what)
{
	trace_event(step, cpu, TRACE_FAULT, addr, 1, (unsigned long)what, pc);
}

/* The same of a run that does not end: no access is to blame. */
static inline void trace_stuck(unsigned int cpu, const char *what)
{
	trace_event(0, cpu, TRACE_FAULT, 0, 0, (unsigned long)what, 0);
}

/* What heads the CPU's column, as "rmmod hello". Context: as trace_event(). */
static inline void trace_thread_name(unsigned int cpu, const char *name)
{
	if (unlikely(trace_recording))
		__trace_text(0, cpu, TRACE_THREAD, name);
}

/* A remark in the CPU's column. Context: as trace_event(). */
static inline void trace_mark(u64 step, unsigned int cpu, const char *text)
{
	if (unlikely(trace_recording))
		__trace_text(step, cpu, TRACE_MARK, text);
}

/* ---- names of memory ---- */

/**
 * trace_name_object() - name a stretch of memory for stories told when it may be gone
 * @addr: its start
 * @size: its size
 * @type: a struct of the hints table ("module"), or NULL
 * @name: as "hello"; cut to 15 characters
 *
 * The newest of overlapping names counts. trace_run_begin() forgets them all and names the modules
 * that are loaded. Context: any, on the one vCPU.
 */
void trace_name_object(unsigned long addr, unsigned long size, const char *type, const char *name);
/* Name every module loaded now. Context: thread, while nobody changes the list of modules. */
void trace_name_modules(void);

/* ---- reading a run ---- */

/*
 * Print the last run's story. @racing_addr, if not 0, is what both racing accesses touched, as an
 * oracle found it; 0 lets the printer find the pair. @all: leave nothing out. Context: thread.
 */
void trace_run_print(unsigned long racing_addr, bool all);

/*
 * Order-sensitive hash of what the CPUs had to do with each other in the last run (accesses that
 * conflict, IPIs, faults): kind, CPU, size, place in the code and address of each, where every
 * address outside the kernel's image counts by when it first appeared, so that it does not matter
 * where the module and the heap lay. Values are left out: counters and thread numbers go on counting
 * between two runs of one boot. Context: thread. Return: 0 also if there is no memory.
 */
u64 trace_run_hash(void);

/*
 * Write the last run, or if there was none the rings, as Chrome trace JSON to the second serial
 * channel. Context: thread. Return: 0, -ENODEV without such a channel, -ENODATA without events.
 */
int trace_export(void);

/* ---- CPUs that run in parallel: rings of steals ---- */

extern bool trace_ring_on;

void __trace_ring_steal(unsigned long pc, u64 start, u64 ticks);
void __trace_ring_mark(const char *text);
void trace_ring_call(unsigned long pc, unsigned long parent);

/* This CPU was stolen at @pc, from timebase @start on. Context: any, MSR[EE] off too. */
static inline void trace_ring_steal(unsigned long pc, u64 start, u64 ticks)
{
	if (unlikely(trace_ring_on))
		__trace_ring_steal(pc, start, ticks);
}

/* A remark at this moment on this CPU. Context: any. */
static inline void trace_ring_mark(const char *text)
{
	if (unlikely(trace_ring_on))
		__trace_ring_mark(text);
}

#endif
