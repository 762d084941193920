// SPDX-License-Identifier: GPL-2.0
/*
 * One decrementer for all logical CPUs: programmed for the nearest deadline of any of them, and for the end of the
 * running one's slice if others want the vCPU. During an explored run it is silent: the clock counts steps there.
 */
#include <asm/lcpu.h>
#include <asm/paca.h>
#include <asm/reg.h>
#include <asm/time.h>
#include <linux/atomic.h>
#include <linux/kernel.h>
#include <stopgap/lcpu.h>

#define DEC_MAX		(1ll << 45)
/* How long a logical CPU runs before the next one's turn: 0.5 ms of the 512 MHz timebase. */
#define SLICE_TICKS	256000

static bool silent;
/* When it will ring. It is not set back for a later deadline: ringing for nothing costs less than setting it. */
static u64 programmed;

static u64 nearest_deadline(void)
{
	u64 nearest = lcpu_others_runnable() ? lcpu_clock() + SLICE_TICKS : NO_DEADLINE;
	unsigned int cpu;

	for (cpu = 0; cpu < NR_CPUS; cpu++)
		if (paca[cpu].online)
			nearest = min(nearest, READ_ONCE(paca[cpu].timer_deadline));
	return nearest;
}

void decrementer_program(void)
{
	u64 deadline;
	s64 delta;

	if (silent)
		return;
	deadline = nearest_deadline();
	if (deadline >= programmed)
		return;
	programmed = deadline;
	delta = deadline == NO_DEADLINE ? DEC_MAX : (s64)(deadline - lcpu_clock());
	mtspr(SPRN_DEC, clamp(delta, (s64)0, (s64)DEC_MAX));
}

void decrementer_init(void)
{
	local_paca->timer_deadline = NO_DEADLINE;
	programmed = NO_DEADLINE;
	mtspr(SPRN_DEC, DEC_MAX);
	decrementer_program();
}

/* Whose deadline has come gets its timer interrupt when it runs next. Context: MSR[EE] off. */
void lcpu_timers(u64 now)
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
	programmed = NO_DEADLINE;
	mtspr(SPRN_DEC, DEC_MAX);
	if (silent)
		return;
	lcpu_timers(lcpu_clock());
	decrementer_program();
	lcpu_yield();
}

/* It may still ring for a deadline of before; with MSR[EE] off, nobody hears it. */
void vcpu_clock_off(void)
{
	silent = true;
}

void vcpu_clock_on(void)
{
	silent = false;
	programmed = NO_DEADLINE;	/* the clock has jumped */
	decrementer_program();
}
