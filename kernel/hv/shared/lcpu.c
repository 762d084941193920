// SPDX-License-Identifier: GPL-2.0
/*
 * Logical CPUs outside explored runs: they take turns on the one vCPU, round robin, whenever the running one is
 * idle, busy-waits, or has used up its slice.
 */
#include <asm/irqflags.h>
#include <asm/reg.h>
#include <linux/atomic.h>
#include <linux/compiler.h>

#include "shared.h"

struct lcpu lcpus[LCPU_MAX] = { { .state = LCPU_RUNS } };

/* What the clock is ahead of the timebase: explored runs have a time of their own, and time never goes back. */
static u64 clock_ahead;

u64 lcpu_clock(void)
{
	return exploration.clock ? exploration.clock + exploration.steps : mftb() + clock_ahead;
}

/* From here on the clock stands, but for the steps of the run. @ahead: jump that far first. */
void lcpu_clock_virtual(u64 ahead)
{
	u64 now = lcpu_clock();

	exploration.steps = 0;
	exploration.clock = now + ahead;
}

/* From here on the clock goes by itself, from where it stands. */
void lcpu_clock_real(void)
{
	clock_ahead = lcpu_clock() - mftb();
	exploration.clock = 0;
}

void lcpu_add(unsigned int cpu, unsigned long sp)
{
	lcpus[cpu].sp = sp;
	lcpus[cpu].state = LCPU_RUNS;
}

static bool runnable(unsigned int cpu)
{
	switch (lcpus[cpu].state) {
	case LCPU_RUNS:
	case LCPU_WAITS:
		return true;
	case LCPU_IDLE:
		return READ_ONCE(paca[cpu].irq_pending) != 0;
	default:
		return false;
	}
}

unsigned int lcpu_next(void)
{
	unsigned int self = local_paca->cpu;
	unsigned int i;

	for (i = 1; i < LCPU_MAX; i++)
		if (runnable((self + i) % LCPU_MAX))
			return (self + i) % LCPU_MAX;
	return self;
}

bool lcpu_others_runnable(void)
{
	return lcpu_next() != local_paca->cpu;
}

bool lcpu_alone(void)
{
	unsigned int cpu;

	for (cpu = 0; cpu < LCPU_MAX; cpu++)
		if (cpu != local_paca->cpu && lcpus[cpu].state != LCPU_NONE &&
		    (lcpus[cpu].state != LCPU_IDLE || paca[cpu].irq_pending))
			return false;
	return true;
}

void lcpu_switch(unsigned int to)
{
	unsigned long msr = vcpu_irq_save();

	__lcpu_switch(&this_lcpu()->sp, lcpus[to].sp, &paca[to]);
	vcpu_irq_restore(msr);
}

void lcpu_deliver(void)
{
	if (!local_paca->irq_soft_mask && READ_ONCE(local_paca->irq_pending))
		irq_replay_and_enable();
}

void lcpu_yield(void)
{
	unsigned int next = lcpu_next();

	if (next == local_paca->cpu)
		return;
	lcpu_switch(next);
	lcpu_deliver();
}

void lcpu_interrupt(unsigned int cpu, unsigned long bits)
{
	__atomic_fetch_or(&paca[cpu].irq_pending, bits, __ATOMIC_RELAXED);
	point_help(cpu);
}

/* __lcpu_switch() leaves LR in the frame of its caller. */
unsigned long lcpu_pc(unsigned int cpu)
{
	const unsigned long *frame = (const unsigned long *)lcpus[cpu].sp;

	return cpu == local_paca->cpu || !frame ? 0 : ((const unsigned long *)frame[0])[2];
}

static void idle_unexplored(void)
{
	unsigned int next;

	while (!READ_ONCE(local_paca->irq_pending)) {
		next = lcpu_next();
		if (next == local_paca->cpu) {
			vcpu_idle();
			vcpu_irq_save();
			continue;
		}
		this_lcpu()->state = LCPU_IDLE;
		lcpu_switch(next);
		this_lcpu()->state = LCPU_RUNS;
		break;
	}
}

/* Called with MSR[EE] on, but for explored runs: one may have begun, or ended, in between. */
void lcpu_idle(void)
{
	vcpu_irq_save();
	if (hv_exploring & HV_POINTS)
		explore_idle();
	else
		idle_unexplored();
	vcpu_irq_restore(MSR_EE | MSR_RI);
}
