/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Who runs next. Logical CPUs that share one vCPU come to scheduling points; at each one the
 * dispatcher (kernel/hv/shared/) asks here, and a policy answers. All of this is pure logic: it
 * knows CPUs by number, touches no memory but its arena, and runs on the host too.
 *
 * One exploration:
 *
 *	dispatch_begin(d, policy, params, arena, size);
 *	while (runs are left && dispatch_next_run(d)) {
 *		until the run is over
 *			cpu = dispatch_choose(d, &point, runnable);
 *		dispatch_end_run(d, hit);
 *	}
 *	dispatch_end(d);
 *
 * The first point of a run is POINT_START, on the lowest runnable CPU: who begins. Every other
 * point comes *before* what it announces, which is done when the CPU that announced it is chosen.
 * A CPU that is not in runnable at its own point waits (POINT_WAIT, POINT_SLEEP) or is done
 * (POINT_EXIT); choosing then is free.
 *
 * Time is one who can be chosen, too: DISPATCH_CLOCK is in runnable while a timer is pending, and
 * choosing it lets the clock go on to where the next one rings. Then it is at POINT_TICK, and the
 * choice is free again. For a CPU that is stolen may be away for any time.
 */
#ifndef _STOPGAP_DISPATCH_H
#define _STOPGAP_DISPATCH_H

#include <linux/compiler.h>
#include <linux/prandom.h>
#include <linux/types.h>
#include <stopgap/schedule.h>

#define DISPATCH_MAX_CPUS	8
#define DISPATCH_CLOCK		DISPATCH_MAX_CPUS
#define DISPATCH_MAX_ACTORS	(DISPATCH_CLOCK + 1)
#define DISPATCH_KNOWN		1024	/* accesses remembered for each CPU: see dispatch_known() */
#define DISPATCH_MAX_DEPTH	16

/* Parameters that only some policies have. */
#define DISPATCH_DEPTH		1
#define DISPATCH_BOUND		2
#define DISPATCH_K		4
#define DISPATCH_SCHEDULE	8

enum point_kind {
	POINT_START,		/* the run begins */
	POINT_EXIT,		/* the CPU's participant has returned */
	POINT_ACCESS,		/* plain or volatile load or store */
	POINT_ATOMIC,		/* read-modify-write, larx/stcx */
	POINT_LOCK,		/* about to take a lock; addr is the lock's */
	POINT_UNLOCK,
	POINT_BARRIER,		/* before it drains the store buffer */
	POINT_IRQ_ON,		/* what is pending will be delivered */
	POINT_IPI,		/* about to send one; value = to whom */
	POINT_TICK,		/* a timer has rung; value = on whose CPU */
	POINT_WAIT,		/* spins on addr: not runnable until somebody writes */
	POINT_SLEEP,		/* the thread blocks, or the CPU is idle */
	POINT_YIELD,		/* would rather that somebody else ran: not a preemption */
	POINT_NR
};

/**
 * struct sched_point - where a logical CPU is, and what it is about to do
 * @kind: what
 * @cpu: who
 * @addr: memory concerned, 0 = none
 * @size: of that, in bytes
 * @write: it is written
 * @pc: the instruction
 * @value: what is written, if known
 * @step: number of the point in the run, from 0
 */
struct sched_point {
	enum point_kind kind;
	unsigned int cpu;
	unsigned long addr;
	unsigned int size;
	bool write;
	unsigned long pc;
	u64 value;
	u32 step;
};

/* How points are told apart that need not be asked about, as no other CPU can tell. */
enum dispatch_filter {
	FILTER_NONE,		/* ask at every point */
	FILTER_ADDRESS,		/* memory that only one CPU touches, or that nobody writes */
	FILTER_PC,		/* the same, by instruction: for runs whose memory moves */
};

/**
 * struct dispatch_params - what a person may choose
 * @ncpus: logical CPUs, 1 to DISPATCH_MAX_CPUS
 * @participants: bit per CPU that the search is about; 0 = all. The others only help, with
 *	interrupts and the like: no policy is asked about them, see dispatch_default()
 * @seed: of everything random
 * @depth: pct: the bug depth d looked for, 1 = one ordering (0 = 2), up to DISPATCH_MAX_DEPTH
 * @bound: bounded: the most preemptions (c)
 * @k_estimate: pct, rr: points in a run, 0 = measure
 * @filter: which points to ask about
 * @near: bounded: preempt only within @radius points of where this schedule switches; NULL =
 *	everywhere
 * @radius: see @near
 * @schedule: replay: what to replay
 * @place: replay: turns a point's pc into what stands for it in the schedule; NULL = that is the pc itself
 * @max_points: bounded: points in the longest run (0 = 16384); sizes the arena
 */
struct dispatch_params {
	unsigned int ncpus;
	unsigned long participants;
	u64 seed;
	unsigned int depth;
	unsigned int bound;
	unsigned int k_estimate;
	enum dispatch_filter filter;
	const struct schedule *near;
	unsigned int radius;
	struct schedule *schedule;
	unsigned long (*place)(unsigned long pc);
	unsigned int max_points;
};

struct conflict_filter;
struct dispatch;

/**
 * struct dispatch_policy - one way of choosing
 * @name: as typed
 * @what: one line for a person
 * @begin: check d->params, take memory from the arena. Return: 0, -EINVAL or -ENOMEM
 * @next_run: get ready for run d->run. Return: false if there is none left (d->exhausted may
 *	say why)
 * @choose: at a point that another CPU could tell from its neighbours: a CPU in @runnable,
 *	which is not empty
 * @end_run: the run is over; may be NULL
 * @every_point: ask at every point, whatever the filter
 * @repeats: a run begins as another did, so that what is drawn beside the schedule, such as which
 *	stores are late, must be the same in all runs
 * @takes: DISPATCH_DEPTH, DISPATCH_BOUND, DISPATCH_K, DISPATCH_SCHEDULE: the parameters it heeds besides
 *	those that all do
 *
 * Context: begin() may sleep, nothing else does, takes a lock, or allocates.
 */
struct dispatch_policy {
	const char *name;
	const char *what;
	int (*begin)(struct dispatch *d);
	bool (*next_run)(struct dispatch *d);
	unsigned int (*choose)(struct dispatch *d, const struct sched_point *p,
			       unsigned long runnable);
	void (*end_run)(struct dispatch *d, bool hit);
	bool every_point;
	bool repeats;
	unsigned int takes;
};

/**
 * struct dispatch - one exploration
 * @policy: who chooses
 * @params: as given, with defaults filled in
 * @run: the run, from 1
 * @schedules: different schedules seen to their end; bounded does not count one twice
 * @choices: those of them at which the policy could have preempted
 * @k: most @choices in any run so far
 * @taken: the schedule of this run so far
 * @preemptions: in @taken
 * @first: the schedule of the first run that was a hit
 * @first_run: its number, 0 = none yet
 * @exhausted: bounded: every schedule up to @exhausted_bound preemptions has been run
 * @exhausted_bound: see @exhausted
 * @incomplete: bounded: something could not be tried in this round, or did not repeat
 * @diverged: replay: the run does not follow the schedule: another image, or another scenario
 * @rnd: random numbers of this run: run r of seed s always has the same
 */
struct dispatch {
	const struct dispatch_policy *policy;
	struct dispatch_params params;
	u32 run;
	u64 schedules;
	u32 choices, k;
	struct schedule taken;
	u32 preemptions;
	struct schedule first;
	u32 first_run;
	bool exhausted, incomplete, diverged;
	unsigned int exhausted_bound;
	struct rnd_state rnd;

	/* private: */
	struct conflict_filter *filter;
	u32 nth[DISPATCH_MAX_ACTORS];
	struct sched_point interrupted;	/* where a participant could go on but for those who help */
	unsigned long *known;
	void *priv;
	char *arena;
	size_t arena_size, arena_used;
};

/* Memory that any policy can make do with. */
#define DISPATCH_ARENA_SIZE	(2UL << 20)

/**
 * dispatch_begin - start an exploration
 * @d: of no exploration yet
 * @policy: who chooses
 * @params: copied; what it points to is not
 * @arena: memory for the policy, 16-byte aligned, the caller's to free after dispatch_end()
 * @size: of it; DISPATCH_ARENA_SIZE suffices
 *
 * Context: any. Return: 0, -EINVAL for parameters that make no sense, -ENOMEM if the arena is too
 * small.
 */
int dispatch_begin(struct dispatch *d, const struct dispatch_policy *policy,
		   const struct dispatch_params *params, void *arena, size_t size);
/* Get ready for the next run. Return: false if the policy has none left. Context: any. */
bool dispatch_next_run(struct dispatch *d);
/*
 * A CPU is at @p; who runs on? Records the choice. Context: any, one caller at a time. Return: a
 * CPU in
 * @runnable, which must not be empty: nobody runnable is a deadlock, the dispatcher's to report.
 */
unsigned int dispatch_choose(struct dispatch *d, const struct sched_point *p,
			     unsigned long runnable);
/*
 * The parts of dispatch_choose() at a point where @p's CPU could go on: count it; say whether it
 * simply does, as nobody else could tell; and, if not, who runs on.
 */
static inline void dispatch_count(struct dispatch *d, unsigned int cpu)
{
	d->nth[cpu]++;
}

static inline bool dispatch_passes(struct dispatch *d, const struct sched_point *p);
unsigned int dispatch_ask(struct dispatch *d, const struct sched_point *p, unsigned long runnable);
/* dispatch_choose() at a point that has been counted. */
unsigned int dispatch_decide(struct dispatch *d, const struct sched_point *p,
			     unsigned long runnable);
/* The run is over; @hit says whether an oracle complained. d->taken is valid until the next run. */
void dispatch_end_run(struct dispatch *d, bool hit);
void dispatch_end(struct dispatch *d);

/*
 * What happens at @p unless somebody wants something else: a CPU that is no participant, and only
 * answers interrupts, does so at once, and only then is asked who goes on where that has interrupted
 * somebody; else on with @p's CPU, or the next runnable one in turn. Time passes when nobody can do
 * anything.
 */
unsigned int dispatch_default(const struct dispatch *d, const struct sched_point *p,
			      unsigned long runnable);
/* What to add to the seed of what is drawn beside the schedule, in run @run. */
static inline u32 dispatch_draw(const struct dispatch *d, u32 run)
{
	return d->policy->repeats ? 1 : run;
}

/* A number drawn for the clock in this run, apart from those that the CPUs' fate depends on. */
u64 dispatch_draw_for_clock(const struct dispatch *d);
/* Is leaving @p's CPU at @p a preemption: could it go on, and did not offer to stop? */
bool dispatch_preempts(const struct sched_point *p, unsigned long runnable);

/* The policy called @name, or NULL; the @i-th, or NULL. */
const struct dispatch_policy *dispatch_policy_find(const char *name);
const struct dispatch_policy *dispatch_policy_nth(unsigned int i);

extern const struct dispatch_policy dispatch_rr, dispatch_random, dispatch_pct, dispatch_pos,
	dispatch_bounded, dispatch_replay;

/*
 * For policies, in begin(): zeroed memory that lives as long as @d. Return: NULL if there is none
 * left.
 */
void *dispatch_alloc(struct dispatch *d, size_t size);

/*
 * What is known of an access that lies in one doubleword. A CPU does the same things in every run,
 * at the same addresses if memory does not move, so that the conflict filter need not be asked
 * again until it has learnt something.
 */
enum dispatch_verdict {
	DISPATCH_VISIBLE = 2,	/* beside __DISPATCH_WRITE, below the address; never 0: that is nothing known */
	DISPATCH_PASSES = 4,
};

#define __DISPATCH_WRITE	1

static inline unsigned long *dispatch_slot(struct dispatch *d, unsigned int cpu, unsigned long addr,
					   bool write)
{
	unsigned long i = ((addr >> 3) ^ (write ? DISPATCH_KNOWN / 2 : 0)) % DISPATCH_KNOWN;

	return &d->known[cpu * DISPATCH_KNOWN + i];
}

/* Is @verdict the one on such an access? */
static inline bool dispatch_known(struct dispatch *d, unsigned int cpu, unsigned long addr,
				  unsigned int size, bool write, enum dispatch_verdict verdict)
{
	unsigned long key = (addr & ~7UL) | (write ? __DISPATCH_WRITE : 0) | verdict;

	return (addr & 7) + size <= 8 && *dispatch_slot(d, cpu, addr, write) == key;
}

/* The part of dispatch_passes() that is not inline. */
bool __dispatch_passes(struct dispatch *d, const struct sched_point *p);

static inline bool dispatch_passes(struct dispatch *d, const struct sched_point *p)
{
	if (dispatch_known(d, p->cpu, p->addr, p->size, p->write, DISPATCH_VISIBLE))
		return false;
	if (dispatch_known(d, p->cpu, p->addr, p->size, p->write, DISPATCH_PASSES))
		return true;
	return __dispatch_passes(d, p);
}

#endif
