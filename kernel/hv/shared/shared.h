/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the files of the shared mode have in common. All of it is touched by the one vCPU alone, with MSR[EE] off or
 * by code that a slice's end does not harm; none of it is explored, so none of it takes a lock.
 */
#ifndef _HV_SHARED_H
#define _HV_SHARED_H

#include <asm/current.h>
#include <asm/lcpu.h>
#include <linux/sched.h>
#include <linux/types.h>
#include <stopgap/dispatch.h>
#include <stopgap/hook_calls.h>
#include <stopgap/lcpu.h>

/* How many of its latest volatile reads a busy-waiting CPU is taken to wait for. */
#define LCPU_WATCH	4

enum lcpu_state {
	LCPU_NONE,
	LCPU_RUNS,	/* it is the one on the vCPU, or could be */
	LCPU_IDLE,	/* in platform->idle(), until something is pending */
	LCPU_WAITS,	/* busy-waits, until somebody writes what it watches */
	LCPU_GATE,	/* its participant waits for the run to begin */
};

/**
 * struct lcpu - one logical CPU
 * @sp: its stack pointer while it does not run
 * @state: enum lcpu_state
 * @quiet: > 0: its accesses are no scheduling points
 * @watched: what it read last, by READ_ONCE() and the like, since it last busy-waited
 * @nr_watched: how many reads that were
 * @until: it busy-waits for this time to come; 0 = for something else
 * @where: the scheduling point it stopped at, for reports
 */
struct lcpu {
	unsigned long sp;
	enum lcpu_state state;
	unsigned int quiet;
	unsigned long watched[LCPU_WATCH];
	unsigned int nr_watched;
	u64 until;
	const struct sched_point *where;
};

extern struct lcpu lcpus[LCPU_MAX];

static inline struct lcpu *this_lcpu(void)
{
	return &lcpus[local_paca->cpu];
}

/* Go on with another logical CPU. Returns when somebody switches back. Context: any. */
void lcpu_switch(unsigned int to);
/* The next runnable logical CPU after this one, in turn; this one if there is no other. */
unsigned int lcpu_next(void);
/* Are all logical CPUs but this one idle, with nothing pending? */
bool lcpu_alone(void);
/* Take the interrupts that are pending, if they are not masked. */
void lcpu_deliver(void);

/* Let the clock stand, @ahead ticks from now; let it go again. */
void lcpu_clock_virtual(u64 ahead);
void lcpu_clock_real(void);

/* ---- explored runs: point.c ---- */

/* Why a run ended. */
enum run_end {
	RUN_GOES_ON,
	RUN_DONE,
	RUN_DEADLOCK,
	RUN_ENDLESS,	/* more steps than allowed */
	RUN_CRASH,	/* a fault that nobody handles */
};

/* Bits of hv_exploring. */
#define HV_NOTES	1u	/* what is changed is noted (rollback.h) */
#define HV_POINTS	2u	/* the dispatch policy decides who runs */
#define HV_BRIEF	4u	/* nothing is recorded, and nothing depends on the order of accesses */

/**
 * struct exploration - the explored run that is under way
 * @dispatch: who decides
 * @seed: of which stores are delayed
 * @participants: mask of the logical CPUs that have a participant
 * @at_gate: of those, the ones that wait for the run to begin
 * @done: of those, the ones that have ended
 * @steps: scheduling points so far
 * @max_steps: as many as there may be
 * @nr_waiting: logical CPUs that busy-wait
 * @help: a CPU without a participant may be able to go on
 * @idle_round: the waiting CPUs have been given a second look since the last write
 * @goes_on: HV_NOTES if the machine is to go on by itself when all is done, to come back for the next run;
 *	HV_POINTS if it is to go on for good; 0 if the next run can begin
 * @clock: what lcpu_clock() says at step 0; 0 = the time is real
 * @end: why the run ended
 * @hash: of all points of all runs, in order
 */
struct exploration {
	struct dispatch *dispatch;
	u64 seed;
	unsigned long participants;
	unsigned long at_gate;
	unsigned long done;
	u32 steps;
	u32 max_steps;
	unsigned int nr_waiting;
	bool help;
	bool idle_round;
	unsigned int goes_on;
	u64 clock;
	enum run_end end;
	u64 hash;
};

extern struct exploration exploration;

/* ---- scheduling points: point.c ---- */

/*
 * This CPU is at another point, at @pc; return: its number in the run. The hash is order-sensitive, and the same
 * wherever modules lie: a place in a module counts by its page offset.
 */
static inline u32 point_count(enum point_kind kind, unsigned int cpu, unsigned long pc)
{
	u64 word = (u64)kind << 40 | (u64)cpu << 32 | (pc & 0xfff);

	exploration.hash = (exploration.hash ^ word) * 0x100000001b3ull;
	dispatch_count(exploration.dispatch, cpu);
	return exploration.steps++;
}

/* This CPU is at @p, where it could go on: does it? */
void point_announce(struct sched_point *p);
/* This CPU is at @p, and goes on. */
void point_pass(struct sched_point *p);
/* The run ends here, after a fault. Does not return. */
void point_crash(void);
/* @cpu, which busy-waits, looks again. */
void point_wake(unsigned int cpu);
/* @cpu may be able to go on. If it has no participant, it does so at once. */
void point_help(unsigned int cpu);
/* The clock has been chosen: it goes on. Return: whose turn it is then; DISPATCH_CLOCK = nobody can go on. */
unsigned int point_let_time_pass(void);
/* The part of point_written() that is not inline. */
void __point_written(unsigned long addr, unsigned int size);

/* Something has been written: whoever waits for it looks again. */
static inline void point_written(unsigned long addr, unsigned int size)
{
	exploration.idle_round = false;
	if (exploration.nr_waiting)
		__point_written(addr, size);
}

/* @late stores, issued earlier, are visible now. */
void point_visible(unsigned int late);

/* ---- time in explored runs: clock.c ---- */

/* Is there a timer to ring, for somebody who is not done? */
bool clock_can_ring(void);
/* Time goes on until the next one does, at @step of the run. Return: on which CPU; the first, if there are several. */
unsigned int clock_ring(u32 step);

/* ---- what is announced: access.c ---- */

/* Make the stores of this CPU visible, as a barrier of @kind (enum model_barrier) at @pc does. */
void point_drain(unsigned int kind, unsigned long pc);

/* ---- from the gate to the end: point.c ---- */

/* The idle thread of a CPU has nothing to do in an explored run. */
void explore_idle(void);
/* A participant is ready; returns when a run has begun and it is its turn. */
void explore_gate(void);
/* A participant has ended. Returns when its CPU has other things to do. */
void explore_leave(void);
/* All is as it was at the gate: the next run begins. See struct exploration. */
void explore_begin(struct dispatch *d, u64 seed, unsigned int goes_on);
/* All participants are done, every CPU is idle: wake the driver. explore.c */
void explore_over(void);
/* Say why the run ends, if it ends badly. explore.c */
void explore_report(enum run_end why);

/* ---- from run to run: director.c ---- */

struct task_struct;

/* At the next director_start() the machine stands still, and @plot is called; it does not return. */
void director_hire(void (*plot)(void));
/* Where the director's stack begins: lcpu_director calls it. */
void director_main(void);
/* All are at the gate. Returns when a run has begun, and it is the turn of this CPU. */
void director_start(void);
/* @plot's: one run, under @d, from the gate to its end. See struct exploration. */
void director_play(struct dispatch *d, u64 seed, unsigned int goes_on);
/* @plot's: all is again as it was at the gate. */
void director_undo(void);
/* This run is over: on with @plot. */
void director_return(void) __noreturn;
/* @task, whose stack pointer is @sp, is about to run. */
void director_note_task(const struct task_struct *task, unsigned long sp);

#endif
