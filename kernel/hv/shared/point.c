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
#include <stopgap/trace.h>

#include "oracle.h"
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

/* The run is not going anywhere: from now on it is only brought to an end. */
static void end_run(enum run_end why)
{
	unsigned int cpu;

	exploration.end = why;
	oracle_run_end();
	explore_report(why);
	for (cpu = 0; cpu < LCPU_MAX; cpu++)
		if (lcpus[cpu].state == LCPU_WAITS)
			stop_waiting(&lcpus[cpu]);
}

static void go_on_with(unsigned int cpu)
{
	if (cpu != local_paca->cpu) {
		now_visible(oracle_switch_out());
		lcpu_switch(cpu);
		oracle_switch_in();
	}
	if (unlikely(exploration.end))
		explore_bail(false);
	oracle_ipi_receive();
	lcpu_deliver();
}

/* @p is where this CPU is; @mask, not empty, is who could go on. */
static void dispatch(struct sched_point *p, unsigned long mask)
{
	unsigned int to;

	p->cpu = local_paca->cpu;
	p->step = exploration.steps++;
	exploration.clock++;
	this_lcpu()->where = p;
	if (unlikely(exploration.end)) {
		to = lcpu_next();
	} else {
		if (unlikely(exploration.steps > exploration.max_steps))
			end_run(RUN_ENDLESS);
		hash_point(p);
		to = dispatch_choose(exploration.dispatch, p, mask);
	}
	if (to != p->cpu)
		trace_switch(p->step, p->cpu, to, mask & 1UL << p->cpu);
	go_on_with(to);
	trace_point(p);
}

static inline void announce(struct sched_point *p)
{
	if (unlikely(exploration.end))
		explore_bail(false);
	else
		dispatch(p, runnable_mask());
}

/* This CPU cannot go on by itself. Returns at once if nobody can: the caller looks at exploration.end. */
static void give_way(struct sched_point *p)
{
	unsigned long mask = runnable_mask();

	this_lcpu()->where = p;
	if (!mask && second_look())
		mask = runnable_mask();
	if (mask)
		dispatch(p, mask);
	else if (!exploration.end)
		end_run(exploration.done == exploration.participants ? RUN_DONE : RUN_DEADLOCK);
}

/* Memory that no other CPU looks at, or whose changes nobody waits for but the thread itself. */
static bool is_private(unsigned long addr)
{
	return addr - (unsigned long)paca < sizeof(paca) ||
	       addr - local_paca->stack_lo < local_paca->stack_hi - local_paca->stack_lo ||
	       addr - (unsigned long)&current->preempt_count < 2 * sizeof(int);
}

static void announce_kind(enum point_kind kind, unsigned long addr, u64 value, unsigned long pc)
{
	struct sched_point p = { .kind = kind, .addr = addr, .size = addr ? 4 : 0, .write = addr, .pc = pc,
				 .value = value };

	if (!this_lcpu()->quiet)
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

/* Return: whether the access is part of the run, and not of what the run is watched by. */
static __always_inline bool announce_access(unsigned long addr, unsigned int size, unsigned int how,
					    unsigned long pc)
{
	struct sched_point p = {
		.kind = how & ACCESS_ATOMIC ? POINT_ATOMIC : POINT_ACCESS,
		.addr = addr,
		.size = size,
		.write = how & ACCESS_WRITE,
		.pc = pc,
	};

	if (this_lcpu()->quiet || is_private(addr))
		return false;
	announce(&p);
	return true;
}

void hv_access(unsigned long addr, unsigned int size, unsigned int how, unsigned long pc)
{
	struct lcpu *me = this_lcpu();

	if (addr - (unsigned long)paca < sizeof(paca))
		return;
	if (unlikely(exploration.end))
		explore_bail(false);
	if ((how & (ACCESS_VOLATILE | ACCESS_WRITE)) == ACCESS_VOLATILE)
		me->watched[me->nr_watched++ % LCPU_WATCH] = addr;
	if (announce_access(addr, size, how, pc)) {
		if (how & ACCESS_ATOMIC)
			drain(MODEL_ATOMIC, pc);
		oracle_access(addr, size, how, pc);
	}
	if (how & ACCESS_WRITE)
		wake_watchers(addr, size);
}

void hv_range(unsigned long addr, unsigned long size, int write, unsigned long pc)
{
	hv_access(addr, (unsigned int)size, write ? ACCESS_WRITE : 0, pc);
}
EXPORT_SYMBOL(hv_range);

/* Whoever gets the memory has it for himself. */
void hv_alloc(unsigned long addr, unsigned long size, unsigned long pc)
{
	oracle_alloc(addr, size);
}
EXPORT_SYMBOL(hv_alloc);

/* To anybody who still looks at it, freeing memory is writing to all of it. */
void hv_free(unsigned long addr, unsigned long size, unsigned long pc)
{
	if (announce_access(addr, (unsigned int)size, ACCESS_WRITE, pc)) {
		now_visible(oracle_barrier(MODEL_MB));
		oracle_free(addr, size, pc);
	}
	trace_event(exploration.steps, local_paca->cpu, TRACE_FREE, addr, (unsigned int)size, 0, pc);
}
EXPORT_SYMBOL(hv_free);

void hv_mb(unsigned long pc)
{
	announce_kind(POINT_BARRIER, 0, 0, pc);
	now_visible(oracle_barrier(MODEL_MB));
}
EXPORT_SYMBOL(hv_mb);

void hv_wmb(unsigned long pc)
{
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
	announce_kind(POINT_LOCK, lock, 0, pc);
}
EXPORT_SYMBOL(hv_lock);

void hv_unlock(unsigned long lock, unsigned long pc)
{
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
	if (!hv_exploring)
		return;
	announce_kind(POINT_IPI, 0, cpu, (unsigned long)__builtin_return_address(0));
	now_visible(oracle_barrier(MODEL_MB));
	oracle_ipi_send(cpu);
}

void hv_relax(void)
{
	struct lcpu *me = this_lcpu();
	struct sched_point p = { .kind = POINT_YIELD, .pc = (unsigned long)__builtin_return_address(0) };

	if (!hv_exploring) {
		lcpu_yield();
		return;
	}
	if (!exploration.end && me->nr_watched) {
		p.kind = POINT_WAIT;
		p.addr = me->watched[(me->nr_watched - 1) % LCPU_WATCH];
		p.size = sizeof(u32);
		me->state = LCPU_WAITS;
		nr_waiting++;
	}
	give_way(&p);
	if (me->state == LCPU_WAITS)
		stop_waiting(me);
	if (unlikely(exploration.end))
		explore_bail(true);
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

void explore_idle(void)
{
	struct lcpu *me = this_lcpu();
	struct sched_point p = { .kind = me->quiet ? POINT_EXIT : POINT_SLEEP };

	me->quiet = 0;
	me->state = LCPU_IDLE;
	while (!local_paca->irq_pending && !need_resched() && hv_exploring) {
		give_way(&p);
		if (exploration.end && exploration.done == exploration.participants)
			explore_over();
		else if (exploration.end)
			explore_rouse();
	}
	me->state = LCPU_RUNS;
}

/* All are here: ask who begins. */
static void begin(void)
{
	struct sched_point p = { .kind = POINT_START };
	unsigned int cpu;

	for (cpu = 0; cpu < LCPU_MAX; cpu++)
		if (exploration.participants & 1UL << cpu)
			lcpus[cpu].state = LCPU_RUNS;
	for (cpu = 0; cpu < LCPU_MAX; cpu++)
		lcpus[cpu].quiet = 0;
	nr_waiting = 0;
	oracle_run_begin(exploration.seed);
	hv_exploring = 1;
	p.cpu = __builtin_ctzl(exploration.participants);
	exploration.steps = 1;
	go_on_with(dispatch_choose(exploration.dispatch, &p, exploration.participants));
}

void explore_gate(void)
{
	this_lcpu()->state = LCPU_GATE;
	this_lcpu()->nr_watched = 0;
	exploration.at_gate |= 1UL << local_paca->cpu;
	if (exploration.at_gate == exploration.participants)
		begin();
	else
		lcpu_switch(lcpu_next());
}

void explore_leave(void)
{
	/* What follows goes unwatched; the others may still see the last stores late. */
	drain(MODEL_CONTEXT, (unsigned long)__builtin_return_address(0));
	this_lcpu()->quiet++;
	exploration.done |= 1UL << local_paca->cpu;
}
