// SPDX-License-Identifier: GPL-2.0
/*
 * One decrementer, two users: the kernel's next timer (paca->timer_deadline) and the shim's (paca->hv_deadline).
 * It is always programmed for the nearer one. The decrementer is a level: it stays asserted while negative.
 */
#include <asm/paca.h>
#include <asm/reg.h>
#include <asm/time.h>
#include <linux/kernel.h>
#include <stopgap/hv.h>

/* The farthest the large decrementer (56 bits) is set: about a day. */
#define DEC_MAX		(1ll << 45)

/**
 * decrementer_program() - set the decrementer for the nearer of the two deadlines
 *
 * Context: any; an interrupt in between programs it again itself, with the same deadlines.
 */
void decrementer_program(void)
{
	u64 deadline = min(READ_ONCE(local_paca->timer_deadline), READ_ONCE(local_paca->hv_deadline));
	s64 delta = deadline == NO_DEADLINE ? DEC_MAX : (s64)(deadline - mftb());

	mtspr(SPRN_DEC, clamp(delta, (s64)0, (s64)DEC_MAX));
}

void decrementer_init(void)
{
	decrementer_program();
}

/**
 * decrementer_interrupt() - the decrementer went negative
 * @regs: what it interrupted
 *
 * Context: MSR[EE] off.
 */
void decrementer_interrupt(struct pt_regs *regs)
{
	u64 now = mftb();

	if (local_paca->timer_deadline <= now) {
		local_paca->timer_deadline = NO_DEADLINE;
		local_paca->irq_pending |= PACA_IRQ_TIMER;
	}
	if (local_paca->hv_deadline <= now) {
		local_paca->hv_deadline = NO_DEADLINE;
		hv_timer(regs);
	}
	decrementer_program();
}
