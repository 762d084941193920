// SPDX-License-Identifier: GPL-2.0
/*
 * One decrementer for all logical CPUs. It rings for the deadlines of all of them, and to give the next one its turn.
 * During an explored run it is silent: the clock counts steps there.
 */
#include <asm/lcpu.h>
#include <asm/paca.h>
#include <asm/reg.h>
#include <asm/time.h>
#include <linux/atomic.h>
#include <linux/kernel.h>
#include <stopgap/lcpu.h>

#define DEC_MAX		(1ll << 45)
/* How often the clock rings while anybody has a deadline, or waits for his turn: 0.5 ms of the 512 MHz timebase. */
#define TICK		256000

/* An explored run is under way. */
static bool silent;
/* It will ring within a tick. Setting the decrementer is expensive on this machine, so that will do. */
static bool armed;

static u64 nearest_deadline(void)
{
	u64 nearest = NO_DEADLINE;
	unsigned int cpu;

	for (cpu = 0; cpu < NR_CPUS; cpu++)
		if (paca[cpu].online)
			nearest = min(nearest, READ_ONCE(paca[cpu].timer_deadline));
	return nearest;
}

void decrementer_program(void)
{
	if (silent || armed)
		return;
	armed = true;
	mtspr(SPRN_DEC, TICK);
}

void decrementer_init(void)
{
	local_paca->timer_deadline = NO_DEADLINE;
	decrementer_program();
}

/* Nobody runs until it rings: here it is worth it. Context: MSR[EE] off. */
void vcpu_clock_exact(void)
{
	u64 deadline = nearest_deadline();
	s64 delta = deadline == NO_DEADLINE ? DEC_MAX : (s64)(deadline - lcpu_clock());

	armed = false;
	mtspr(SPRN_DEC, clamp(delta, (s64)0, (s64)DEC_MAX));
}

/* Whose deadline has come gets its timer interrupt when it runs next. Context: MSR[EE] off. */
static void lcpu_timers(u64 now)
{
	unsigned int cpu;

	for (cpu = 0; cpu < NR_CPUS; cpu++) {
		if (!paca[cpu].online || paca[cpu].timer_deadline > now)
			continue;
		paca[cpu].timer_deadline = NO_DEADLINE;
		lcpu_interrupt(cpu, PACA_IRQ_TIMER);
	}
}

void decrementer_interrupt(struct pt_regs *regs)
{
	armed = !silent && (lcpu_others_runnable() || nearest_deadline() != NO_DEADLINE);
	mtspr(SPRN_DEC, armed ? TICK : DEC_MAX);
	if (silent)
		return;
	lcpu_timers(lcpu_clock());
	lcpu_yield();
}

/* It may still ring for a deadline of before; with MSR[EE] off, nobody hears it. */
void vcpu_clock_off(void)
{
	silent = true;
}

bool vcpu_clock_is_off(void)
{
	return silent;
}

void vcpu_clock_on(void)
{
	silent = false;
	decrementer_program();
}
