// SPDX-License-Identifier: GPL-2.0
/*
 * An explored run: at every scheduling point the dispatch policy says which logical CPU goes on.
 *
 * A point comes before what it announces. What is announced is done when the CPU that announced it is chosen again,
 * and only then are those woken who wait for it. A CPU that busy-waits is not runnable until somebody writes to what
 * it looked at last; an idle one until an interrupt is pending. If nobody is runnable the waiting ones get a second
 * look, because code that announces nothing may have written; if nobody is runnable then, the run has ended: well if
 * all participants are done, else in a deadlock.
 */
#include <asm/irqflags.h>
#include <linux/bitops.h>
#include <linux/cpumask.h>
#include <linux/export.h>
#include <linux/sched.h>
#include <stopgap/explore.h>
#include <stopgap/trace.h>

#include "oracle.h"
#include "rollback.h"
#include "shared.h"

struct exploration exploration;
unsigned int hv_exploring;
EXPORT_SYMBOL(hv_exploring);

static unsigned int nr_waiting;

static bool is_runnable(unsigned int cpu)
{
	const struct paca_struct *p = &paca[cpu];

	switch (lcpus[cpu].state) {
	case LCPU_RUNS:
		return true;
	case LCPU_IDLE:
		return p->irq_pending != 0;
	case LCPU_WAITS:
		return p->irq_pending && !p->irq_soft_mask;
	default:
		return false;
	}
}

static unsigned long runnable_mask(void)
{
	unsigned long mask = 0;
	unsigned int cpu;

	for (cpu = 0; cpu < nr_cpu_ids; cpu++)
		if (is_runnable(cpu))
			mask |= 1UL << cpu;
	return mask;
}

static void stop_waiting(struct lcpu *lcpu)
{
	lcpu->state = LCPU_RUNS;
	lcpu->nr_watched = 0;
	nr_waiting--;
}

static bool watches(const struct lcpu *lcpu, unsigned long addr, unsigned int size)
{
	unsigned int i;

	for (i = 0; i < lcpu->nr_watched && i < LCPU_WATCH; i++)
		if (lcpu->watched[i] + sizeof(u64) > addr && addr + size > lcpu->watched[i])
			return true;
	return false;
}

static inline void wake_watchers(unsigned long addr, unsigned int size)
{
	unsigned int cpu;

	exploration.idle_round = false;
	for (cpu = 0; nr_waiting && cpu < LCPU_MAX; cpu++)
		if (lcpus[cpu].state == LCPU_WAITS && watches(&lcpus[cpu], addr, size))
			stop_waiting(&lcpus[cpu]);
}

static void wake_all(void)
{
	unsigned int cpu;

	for (cpu = 0; cpu < LCPU_MAX; cpu++)
		if (lcpus[cpu].state == LCPU_WAITS)
			stop_waiting(&lcpus[cpu]);
}

/* @late stores, issued earlier, are visible now. */
static void now_visible(unsigned int late)
{
	if (!late)
		return;
	exploration.idle_round = false;
	wake_all();
}

/* Let everybody who waits look again, with no store delayed any longer. Return: whether anybody does. */
static bool second_look(void)
{
	now_visible(oracle_settle_all());
	if (exploration.idle_round || !nr_waiting)
		return runnable_mask() != 0;
	exploration.idle_round = true;
	wake_all();
	return true;
}

/* Order-sensitive, and the same wherever modules lie: a place in a module counts by its page offset. */
static void hash_point(const struct sched_point *p)
{
	u64 word = (u64)p->kind << 40 | (u64)p->cpu << 32 | (p->pc & 0xfff);

	exploration.hash = (exploration.hash ^ word) * 0x100000001b3ull;
}

/* The run has ended. Returns, to a CPU that idles, only if the machine is to go on from here by itself. */
static void end_run(enum run_end why)
{
	exploration.end = why;
	oracle_run_end();
	explore_report(why);
	if (why != RUN_DONE || !exploration.goes_on)
		director_return();
	hv_exploring = exploration.goes_on & HV_NOTES;
	explore_over();
}

static void switch_to(unsigned int cpu)
{
	now_visible(oracle_switch_out());
	lcpu_switch(cpu);
	oracle_switch_in();
	oracle_ipi_receive();
	lcpu_deliver();
}

/* This CPU is at @p, and counts it. */
static inline void arrive(struct sched_point *p)
{
	p->cpu = local_paca->cpu;
	p->step = exploration.steps++;
	exploration.clock++;
	this_lcpu()->where = p;
	hash_point(p);
	if (unlikely(exploration.steps > exploration.max_steps))
		end_run(RUN_ENDLESS);
}

static void go_on_with(const struct sched_point *p, unsigned int to, bool stolen)
{
	if (to == p->cpu)
		return;
	trace_switch(p->step, p->cpu, to, stolen);
	switch_to(to);
}

/* A point at which this CPU could go on. */
static void announce(struct sched_point *p)
{
	arrive(p);
	if (!dispatch_passes(exploration.dispatch, p))
		go_on_with(p, dispatch_ask(exploration.dispatch, p, runnable_mask()), true);
	trace_point(p);
}

/* This CPU cannot go on by itself. Returns at once if the run has ended. */
static void give_way(struct sched_point *p)
{
	unsigned long mask = runnable_mask();

	this_lcpu()->where = p;
	if (!mask && second_look())
		mask = runnable_mask();
	if (!mask)
		return end_run(exploration.done == exploration.participants ? RUN_DONE : RUN_DEADLOCK);
	arrive(p);
	go_on_with(p, dispatch_choose(exploration.dispatch, p, mask), mask & 1UL << p->cpu);
	trace_point(p);
}

static inline bool in_paca(unsigned long addr)
{
	return addr - (unsigned long)paca < sizeof(paca);
}

/*
 * Memory that no other CPU looks at, or whose changes nobody waits for but the thread itself. What of it a run may
 * change is noted at its beginning (director.c), or when the thread is switched to.
 */
static inline bool is_private(unsigned long addr)
{
	return in_paca(addr) ||
	       addr - local_paca->stack_lo < local_paca->stack_hi - local_paca->stack_lo ||
	       addr - (unsigned long)&current->preempt_count < 2 * sizeof(int);
}

static void announce_kind(enum point_kind kind, unsigned long addr, u64 value, unsigned long pc)
{
	struct sched_point p = { .kind = kind, .addr = addr, .size = addr ? 4 : 0, .write = addr, .pc = pc,
				 .value = value };

	if (hv_exploring & HV_POINTS && !this_lcpu()->quiet)
		announce(&p);
}

/*
 * Make the stores of this CPU visible, if there are any after a scheduling point at which they are not: that an
 * access to the lock or the atomic is nobody else's business does not say that they are.
 */
static void drain(enum model_barrier kind, unsigned long pc)
{
	if (oracle_delays())
		announce_kind(POINT_BARRIER, 0, 0, pc);
	now_visible(oracle_barrier(kind));
}

/* An access that others can tell, on a CPU that is watched. */
static void access_shared(unsigned long addr, unsigned int size, unsigned int how, unsigned long pc)
{
	struct sched_point p = {
		.kind = how & ACCESS_ATOMIC ? POINT_ATOMIC : POINT_ACCESS,
		.addr = addr,
		.size = size,
		.write = how & ACCESS_WRITE,
		.pc = pc,
	};

	announce(&p);
	if (how & ACCESS_ATOMIC)
		drain(MODEL_ATOMIC, pc);
	oracle_access(addr, size, how, pc);
}

void hv_access(unsigned long addr, unsigned int size, unsigned int how, unsigned long pc)
{
	struct lcpu *me = this_lcpu();
	bool private = is_private(addr);

	if (in_paca(addr))
		return;
	if (how & ACCESS_WRITE && !private)
		rollback_note(addr, size);
	if (unlikely(!(hv_exploring & HV_POINTS)))
		return;
	if ((how & (ACCESS_VOLATILE | ACCESS_WRITE)) == ACCESS_VOLATILE)
		me->watched[me->nr_watched++ % LCPU_WATCH] = addr;
	if (!private && !me->quiet)
		access_shared(addr, size, how, pc);
	if (how & ACCESS_WRITE)
		wake_watchers(addr, size);
}

void hv_range(unsigned long addr, unsigned long size, int write, unsigned long pc)
{
	hv_access(addr, (unsigned int)size, write ? ACCESS_WRITE : 0, pc);
}
EXPORT_SYMBOL(hv_range);

void hv_note(unsigned long addr, unsigned long size)
{
	if (!is_private(addr))
		rollback_note(addr, size);
}
EXPORT_SYMBOL(hv_note);

/* Whoever gets the memory has it for himself. */
void hv_alloc(unsigned long addr, unsigned long size, unsigned long pc)
{
	if (hv_exploring & HV_POINTS)
		oracle_alloc(addr, size);
}
EXPORT_SYMBOL(hv_alloc);

/* To anybody who still looks at it, freeing memory is writing to all of it; its contents stay, though. */
void hv_free(unsigned long addr, unsigned long size, unsigned long pc)
{
	struct sched_point p = {
		.kind = POINT_ACCESS, .addr = addr, .size = (unsigned int)size, .write = true, .pc = pc,
	};

	if (!(hv_exploring & HV_POINTS))
		return;
	if (!this_lcpu()->quiet && !is_private(addr)) {
		announce(&p);
		now_visible(oracle_barrier(MODEL_MB));
		oracle_free(addr, size, pc);
	}
	trace_event(exploration.steps, local_paca->cpu, TRACE_FREE, addr, (unsigned int)size, 0, pc);
}
EXPORT_SYMBOL(hv_free);

void hv_mb(unsigned long pc)
{
	if (!(hv_exploring & HV_POINTS))
		return;
	announce_kind(POINT_BARRIER, 0, 0, pc);
	now_visible(oracle_barrier(MODEL_MB));
}
EXPORT_SYMBOL(hv_mb);

void hv_wmb(unsigned long pc)
{
	if (!(hv_exploring & HV_POINTS))
		return;
	announce_kind(POINT_BARRIER, 0, 0, pc);
	oracle_barrier(MODEL_WMB);
}
EXPORT_SYMBOL(hv_wmb);

void hv_rmb(unsigned long pc)
{
}
EXPORT_SYMBOL(hv_rmb);

void hv_lock(unsigned long lock, unsigned long pc)
{
	rollback_note(lock, sizeof(u32));
	announce_kind(POINT_LOCK, lock, 0, pc);
}
EXPORT_SYMBOL(hv_lock);

void hv_unlock(unsigned long lock, unsigned long pc)
{
	rollback_note(lock, sizeof(u32));
	if (!(hv_exploring & HV_POINTS))
		return;
	announce_kind(POINT_UNLOCK, lock, 0, pc);
	drain(MODEL_UNLOCK, pc);
	wake_watchers(lock, sizeof(u32));
}
EXPORT_SYMBOL(hv_unlock);

/* Turning interrupts off concerns nobody else; turning them on lets in what is pending. */
void hv_irq_disable(unsigned long pc)
{
}
EXPORT_SYMBOL(hv_irq_disable);

void hv_irq_enable(unsigned long pc)
{
	if (local_paca->irq_soft_mask)
		announce_kind(POINT_IRQ_ON, 0, 0, pc);
}
EXPORT_SYMBOL(hv_irq_enable);

void lcpu_announce_ipi(unsigned int cpu)
{
	if (!(hv_exploring & HV_POINTS))
		return;
	announce_kind(POINT_IPI, 0, cpu, (unsigned long)__builtin_return_address(0));
	now_visible(oracle_barrier(MODEL_MB));
	oracle_ipi_send(cpu);
}

void hv_relax(void)
{
	struct sched_point p = { .kind = POINT_YIELD, .pc = (unsigned long)__builtin_return_address(0) };
	struct lcpu *me = this_lcpu();

	if (!(hv_exploring & HV_POINTS)) {
		lcpu_yield();
		return;
	}
	if (me->nr_watched) {
		p.kind = POINT_WAIT;
		p.addr = me->watched[(me->nr_watched - 1) % LCPU_WATCH];
		p.size = sizeof(u32);
		me->state = LCPU_WAITS;
		nr_waiting++;
	}
	give_way(&p);
	if (me->state == LCPU_WAITS)
		stop_waiting(me);
}
EXPORT_SYMBOL(hv_relax);

void hv_quiet_begin(void)
{
	this_lcpu()->quiet++;
}
EXPORT_SYMBOL(hv_quiet_begin);

void hv_quiet_end(void)
{
	this_lcpu()->quiet--;
}
EXPORT_SYMBOL(hv_quiet_end);

/* What was stored before is visible by the time the lock is free again. */
void hv_leaf_begin(unsigned long lock, unsigned long pc)
{
	announce_kind(POINT_LOCK, lock, 0, pc);
	if (!this_lcpu()->quiet)
		drain(MODEL_UNLOCK, pc);
	this_lcpu()->quiet++;
}
EXPORT_SYMBOL(hv_leaf_begin);

void hv_leaf_end(void)
{
	this_lcpu()->quiet--;
}
EXPORT_SYMBOL(hv_leaf_end);

/* A thread is about to be switched to. The first time, its stack is as it was when all runs began. */
void hv_switch_to(const struct task_struct *next)
{
	director_note_task(next, next->ksp);
}

/* Nothing to do here until an interrupt comes, or a thread wants to run, or the run is over. */
static void idle(enum point_kind kind)
{
	struct lcpu *me = this_lcpu();
	struct sched_point p = { .kind = kind };

	me->quiet = 0;
	me->state = LCPU_IDLE;
	while (!local_paca->irq_pending && !need_resched() && hv_exploring & HV_POINTS)
		give_way(&p);
	me->state = LCPU_RUNS;
}

void explore_idle(void)
{
	idle(POINT_SLEEP);
}

void explore_gate(void)
{
	struct lcpu *me = this_lcpu();

	me->state = LCPU_GATE;
	me->nr_watched = me->quiet = 0;
	exploration.at_gate |= 1UL << local_paca->cpu;
	if (exploration.at_gate == exploration.participants)
		director_start();
	else
		lcpu_switch(lcpu_next());
	lcpu_deliver();
}

/* As the idle thread would, but without the way there: whoever is woken here runs at once. */
static void rest(void)
{
	preempt_disable();
	current->sched_class = SCHED_CLASS_IDLE;
	while (!need_resched() && hv_exploring & HV_POINTS) {
		local_irq_disable();
		idle(POINT_EXIT);
		local_irq_enable();
	}
	current->sched_class = SCHED_CLASS_NORMAL;
	preempt_enable_no_resched();
}

void explore_leave(void)
{
	/* The others may still see the last stores late. */
	drain(MODEL_CONTEXT, (unsigned long)__builtin_return_address(0));
	exploration.done |= 1UL << local_paca->cpu;
	rest();
}

void explore_begin(struct dispatch *d, u64 seed, unsigned int goes_on)
{
	unsigned int cpu;

	exploration = (struct exploration){
		.dispatch = d,
		.seed = seed,
		.participants = exploration.participants,
		.at_gate = exploration.participants,
		.max_steps = EXPLORE_MAX_STEPS,
		.goes_on = goes_on,
		.clock = exploration.clock,
		.steps = 1,
		.hash = exploration.hash,
	};
	for (cpu = 0; cpu < LCPU_MAX; cpu++)
		if (exploration.participants & 1UL << cpu)
			lcpus[cpu].state = LCPU_RUNS;
	nr_waiting = 0;
	oracle_run_begin(seed);
	hv_exploring = HV_NOTES | HV_POINTS;
}
