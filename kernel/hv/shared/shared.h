/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the files of the shared mode have in common. All of it is touched by the one vCPU alone, with MSR[EE] off or
 * by code that a slice's end does not harm; none of it is explored, so none of it takes a lock.
 */
#ifndef _HV_SHARED_H
#define _HV_SHARED_H

#include <asm/lcpu.h>
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
 * @where: the scheduling point it stopped at, for reports
 */
struct lcpu {
	unsigned long sp;
	enum lcpu_state state;
	unsigned int quiet;
	unsigned long watched[LCPU_WATCH];
	unsigned int nr_watched;
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
};

/**
 * struct exploration - the explored run that is under way
 * @dispatch: who decides
 * @seed: of which stores are delayed
 * @cpus: mask of the logical CPUs
 * @participants: mask of those that have a participant
 * @at_gate: of those, the ones that wait for the run to begin
 * @done: of those, the ones that have ended
 * @steps: scheduling points so far
 * @max_steps: as many as there may be
 * @idle_round: the waiting CPUs have been given a second look since the last write
 * @clock: what lcpu_clock() says
 * @end: why the run ended
 * @hash: of all points of all runs, in order
 */
struct exploration {
	struct dispatch *dispatch;
	u64 seed;
	unsigned long cpus;
	unsigned long participants;
	unsigned long at_gate;
	unsigned long done;
	u32 steps;
	u32 max_steps;
	bool idle_round;
	u64 clock;
	enum run_end end;
	u64 hash;
};

extern struct exploration exploration;

/* A memory access is about to happen. */
#define ACCESS_WRITE	1u
#define ACCESS_VOLATILE	2u
#define ACCESS_ATOMIC	4u
void hv_access(unsigned long addr, unsigned int size, unsigned int how, unsigned long pc);

/* The idle thread of a CPU has nothing to do in an explored run. */
void explore_idle(void);
/* A participant is ready; returns when the run has begun and it is its turn. */
void explore_gate(void);
/* A participant has ended. */
void explore_leave(void);
/* The run is over: wake who waits for it. explore.c */
void explore_over(void);
/* Say why the run ends, if it ends badly. explore.c */
void explore_report(enum run_end why);
/* A run that ends badly is brought to an end: wake participants that sleep. explore.c */
void explore_rouse(void);
/*
 * The participant of this CPU is to be taken out of the run. Returns if that cannot be done here; where it is
 * @spinning for a lock that it will not get, it can even if it holds others. explore.c
 */
void explore_bail(bool spinning);

#endif
