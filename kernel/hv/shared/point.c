// SPDX-License-Identifier: GPL-2.0
/*
 * An explored run: at every scheduling point the dispatch policy says which logical CPU goes on.
 *
 * A point comes before what it announces. What is announced is done when the CPU that announced it is chosen again,
 * and only then are those woken who wait for it. A CPU that busy-waits is not runnable until somebody writes to what
 * it looked at last; an idle one until an interrupt is pending. If nobody is runnable the waiting ones get a second
 * look, because code that announces nothing may have written; if nobody is runnable then, time goes on to where a timer
 * rings; and if none is pending, the run has ended: well if all participants are done, else in a deadlock.
 *
 * As long as a timer is pending, time may go on at any point that the policy is asked at: see clock.c.
 */
#include <asm/irqflags.h>
#include <linux/bitops.h>
#include <linux/cpumask.h>
#include <linux/export.h>
#include <linux/sched.h>
#include <stopgap/explore.h>
#include <stopgap/trace.h>

#include "../../sched/sched.h"
#include "../oracle/oracle.h"
#include "rollback.h"
#include "shared.h"
#include "stale.h"

struct exploration exploration;
unsigned int hv_exploring;
EXPORT_SYMBOL(hv_exploring);

static inline bool is_runnable(unsigned int cpu)
{
	const struct paca_struct *p = &paca[cpu];

	if (likely(lcpus[cpu].state == LCPU_RUNS))
		return true;
	switch (lcpus[cpu].state) {
	case LCPU_IDLE:
		return p->irq_pending != 0;
	case LCPU_WAITS:
		return p->irq_pending && !p->irq_soft_mask;
	default:
		return false;
	}
}

static inline unsigned long runnable_mask(void)
{
	unsigned long mask = 0;
	unsigned int cpu;

	for (cpu = 0; cpu < nr_cpu_ids; cpu++)
		if (is_runnable(cpu))
			mask |= 1UL << cpu;
	return mask;
}

/* What is not recorded, and does not depend on the order of accesses, is brief. */
static unsigned int brief(void)
{
	return oracle_orders() || trace_recording ? 0 : HV_BRIEF;
}

/*
 * A CPU without a participant goes on before anybody else does, at the next point whatever that is: were it only at
 * points where the policy is asked, a replay, which asks at each, would go another way.
 */
void point_help(unsigned int cpu)
{
	if (!(hv_exploring & HV_POINTS) || exploration.participants & 1UL << cpu)
		return;
	exploration.help = true;
	hv_exploring &= ~HV_BRIEF;
}

/* Is there one that can go on? */
static inline bool help_waits(void)
{
	if (likely(!exploration.help))
		return false;
	if (runnable_mask() & ~exploration.participants)
		return true;
	exploration.help = false;
	hv_exploring |= brief();
	return false;
}

static void stop_waiting(unsigned int cpu)
{
	lcpus[cpu].state = LCPU_RUNS;
	lcpus[cpu].nr_watched = 0;
	exploration.nr_waiting--;
	point_help(cpu);
}

void point_wake(unsigned int cpu)
{
	stop_waiting(cpu);
}

static bool watches(const struct lcpu *lcpu, unsigned long addr, unsigned int size)
{
	unsigned int i;

	for (i = 0; i < lcpu->nr_watched && i < LCPU_WATCH; i++)
		if (lcpu->watched[i] + sizeof(u64) > addr && addr + size > lcpu->watched[i])
			return true;
	return false;
}

void __point_written(unsigned long addr, unsigned int size)
{
	unsigned int cpu;

	for (cpu = 0; cpu < nr_cpu_ids; cpu++)
		if (lcpus[cpu].state == LCPU_WAITS && watches(&lcpus[cpu], addr, size))
			stop_waiting(cpu);
}

static void wake_all(void)
{
	unsigned int cpu;

	for (cpu = 0; cpu < LCPU_MAX; cpu++)
		if (lcpus[cpu].state == LCPU_WAITS)
			stop_waiting(cpu);
}

/* This CPU goes on, and takes the interrupts that have come meanwhile: what they do may be what it waits for. */
static void take_interrupts(void)
{
	if (local_paca->irq_pending && !local_paca->irq_soft_mask && this_lcpu()->state == LCPU_WAITS)
		stop_waiting(local_paca->cpu);
	lcpu_deliver();
}

/* @late stores, issued earlier, are visible now. */
void point_visible(unsigned int late)
{
	if (!late)
		return;
	exploration.idle_round = false;
	wake_all();
}

/* Let everybody who waits look again, with no store delayed any longer. Return: whether anybody does. */
static bool second_look(void)
{
	point_visible(oracle_settle_all());
	if (exploration.idle_round || !exploration.nr_waiting)
		return runnable_mask() != 0;
	exploration.idle_round = true;
	wake_all();
	return true;
}

/* The run has ended. Returns, to a CPU that idles, only if the machine is to go on from here by itself. */
static void end_run(enum run_end why)
{
	exploration.end = why;
	oracle_run_end();
	explore_report(why);
	if (why != RUN_DONE || !exploration.goes_on)
		director_return();
	stale_forget();
	hv_exploring = exploration.goes_on & HV_NOTES;
	explore_over();
}

void point_crash(void)
{
	end_run(RUN_CRASH);
}

static void switch_to(unsigned int cpu)
{
	const struct task_struct *next = paca[cpu].current_task;

	stale_look(next, lcpus[cpu].sp, next->stack_hi - lcpus[cpu].sp);
	if (oracle_orders())
		point_visible(oracle_switch_out());
	__lcpu_switch(&this_lcpu()->sp, lcpus[cpu].sp, &paca[cpu]);
	if (oracle_orders()) {
		oracle_switch_in();
		oracle_ipi_receive();
	}
	take_interrupts();
}

/* @cpu is at @p, and counts it. */
static inline void arrive(struct sched_point *p, unsigned int cpu)
{
	if (unlikely(exploration.steps >= exploration.max_steps))
		end_run(RUN_ENDLESS);
	p->cpu = cpu;
	p->step = point_count(p->kind, p->cpu, p->pc);
}

/* Could there be a timer to ring on @cpu, or the end of a slice? Mostly not, and it is soon seen. */
static inline bool may_ring(unsigned int cpu)
{
	return per_cpu(timer_bases, cpu).next != NO_DEADLINE || cpu_rq(cpu)->nr_running > 1;
}

/* Who can be chosen: those that can run, and the clock. 0 = the run has ended. */
static unsigned long choices(void)
{
	bool timed = exploration.nr_waiting != 0;
	unsigned long mask = 0;
	unsigned int cpu;

	for (cpu = 0; cpu < nr_cpu_ids; cpu++) {
		if (is_runnable(cpu))
			mask |= 1UL << cpu;
		if (may_ring(cpu))
			timed = true;
	}
	if (!mask && second_look())
		mask = runnable_mask();
	if (timed && clock_can_ring())
		mask |= 1UL << DISPATCH_CLOCK;
	return mask;
}

unsigned int point_let_time_pass(void)
{
	struct sched_point tick = { .kind = POINT_TICK };
	unsigned long mask;

	do {
		arrive(&tick, DISPATCH_CLOCK);
		tick.value = clock_ring(tick.step);
		mask = choices();
		if (!mask)
			return DISPATCH_CLOCK;
		tick.cpu = dispatch_decide(exploration.dispatch, &tick, mask);
	} while (tick.cpu == DISPATCH_CLOCK);
	return tick.cpu;
}

static void go_on_with(const struct sched_point *p, unsigned int to, bool stolen)
{
	if (to == p->cpu)
		return;
	trace_switch(p->step, p->cpu, to, stolen);
	switch_to(to);
}

/* Time goes on, and then somebody. Return: false if nobody can. */
static bool go_on_later(const struct sched_point *p, bool stolen)
{
	unsigned int to = point_let_time_pass();

	if (to == DISPATCH_CLOCK)
		return false;
	go_on_with(p, to, stolen);
	if (to == p->cpu)
		take_interrupts();
	return true;
}

/* A point at which this CPU could go on. */
void point_announce(struct sched_point *p)
{
	unsigned int to;

	arrive(p, local_paca->cpu);
	if (help_waits() || !dispatch_passes(exploration.dispatch, p)) {
		to = dispatch_ask(exploration.dispatch, p, choices());
		if (likely(to != DISPATCH_CLOCK))
			go_on_with(p, to, true);
		else
			go_on_later(p, true);
	}
	trace_point(p);
}

void point_pass(struct sched_point *p)
{
	arrive(p, local_paca->cpu);
	trace_point(p);
}

/* Nobody can go on. */
static void stuck(void)
{
	end_run(exploration.done == exploration.participants ? RUN_DONE : RUN_DEADLOCK);
}

/* This CPU cannot go on by itself. Returns at once if the run has ended. */
static void give_way(struct sched_point *p)
{
	unsigned long mask = choices();
	bool stolen = mask & 1UL << local_paca->cpu;
	unsigned int to;

	this_lcpu()->where = p;
	if (!mask)
		return stuck();
	arrive(p, local_paca->cpu);
	to = dispatch_decide(exploration.dispatch, p, mask);
	if (to != DISPATCH_CLOCK)
		go_on_with(p, to, stolen);
	else if (!go_on_later(p, stolen))
		return stuck();
	trace_point(p);
}

void hv_relax(void)
{
	struct sched_point p = { .kind = POINT_YIELD, .pc = (unsigned long)__builtin_return_address(0) };
	struct lcpu *me = this_lcpu();

	if (!(hv_exploring & HV_POINTS)) {
		lcpu_yield();
		return;
	}
	if (me->nr_watched || me->until) {
		p.kind = POINT_WAIT;
		p.addr = me->until ? 0 : me->watched[(me->nr_watched - 1) % LCPU_WATCH];
		p.size = p.addr ? sizeof(u32) : 0;
		me->state = LCPU_WAITS;
		exploration.nr_waiting++;
	}
	give_way(&p);
	if (me->state == LCPU_WAITS)
		stop_waiting(local_paca->cpu);
}
EXPORT_SYMBOL(hv_relax);

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

/*
 * As the idle thread would, but without the way there: whoever is woken here runs at once. Whoever has been waiting for
 * the CPU since before runs when the player sleeps.
 */
static void rest(void)
{
	preempt_disable();
	current->sched_class = SCHED_CLASS_IDLE;
	while (!need_resched() && this_rq()->nr_running < 2 && hv_exploring & HV_POINTS) {
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
	point_drain(MODEL_CONTEXT, (unsigned long)__builtin_return_address(0));
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
	oracle_run_begin(seed);
	hv_exploring = HV_NOTES | HV_POINTS | brief();
}
