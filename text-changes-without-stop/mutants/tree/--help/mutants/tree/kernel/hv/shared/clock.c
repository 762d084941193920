// SPDX-License-Identifier: GPL-2.0
/*
 * Time in explored runs. The clock counts steps, a tick of the timebase each, so by itself it would hardly ever come to
 * where a timer rings. But a CPU that is stolen is away for any time: while a timer is pending, time is one of those
 * that the dispatch policy chooses from (DISPATCH_CLOCK). If chosen, the clock jumps to the next deadline, and whoever's
 * it is has a timer interrupt pending. If nobody can do anything else, it jumps without being asked.
 *
 * What rings: timers; the end of a slice, if another thread waits for the CPU; the end of a delay. Timers keep their
 * order. What is pending when all participants are done does not keep the run alive.
 */
#include <asm/paca.h>
#include <linux/atomic.h>
#include <linux/kernel.h>
#include <stopgap/trace.h>

#include "../../sched/sched.h"
#include "shared.h"

/* When the running thread has to make room for another. */
static u64 slice_end(const struct rq *rq)
{
	const struct task_struct *p = rq->curr;

	return rq->nr_running > 1 && p->sched_class == SCHED_CLASS_NORMAL && !p->need_resched ? p->slice_end :
		NO_DEADLINE;
}

/* The next timer interrupt on @cpu. While one is pending or being taken, there is no deadline. */
static u64 next_interrupt(unsigned int cpu)
{
	const struct rq *rq = cpu_rq(cpu);

	if (rq->deadline == NO_DEADLINE || paca[cpu].irq_pending & PACA_IRQ_TIMER)
		return NO_DEADLINE;
	return min(per_cpu(timer_bases, cpu).next, slice_end(rq));
}

static u64 delay_end(unsigned int cpu)
{
	return lcpus[cpu].state == LCPU_WAITS && lcpus[cpu].until ? lcpus[cpu].until : NO_DEADLINE;
}

static u64 next_of_all(void)
{
	u64 next = NO_DEADLINE;
	unsigned int cpu;

	for (cpu = 0; cpu < nr_cpu_ids; cpu++)
		next = min3(next, next_interrupt(cpu), delay_end(cpu));
	return next;
}

bool clock_can_ring(void)
{
	return exploration.done != exploration.participants && next_of_all() != NO_DEADLINE;
}

/* What is due on @cpu now. Return: whether anything is. */
static bool ring_on(unsigned int cpu, u64 now, u32 step)
{
	bool delayed = delay_end(cpu) <= now, interrupt = next_interrupt(cpu) <= now;

	if (delayed)
		point_wake(cpu);
	if (interrupt) {
		lcpu_interrupt(cpu, PACA_IRQ_TIMER);
		trace_mark(step, cpu, "timer rings");
	}
	return delayed || interrupt;
}

unsigned int clock_ring(u32 step)
{
	u64 next = next_of_all(), now = lcpu_clock();
	unsigned int cpu, first = DISPATCH_CLOCK;

	if (next > now)
		exploration.clock += next - now;
	for (cpu = 0; cpu < nr_cpu_ids; cpu++)
		if (ring_on(cpu, max(now, next), step))
			first = min(first, cpu);
	return first;
}

void hv_delay(u64 deadline)
{
	struct lcpu *me = this_lcpu();

	me->until = hv_exploring & HV_POINTS ? deadline : 0;
	hv_relax();
	me->until = 0;
}
