// SPDX-License-Identifier: GPL-2.0
/*
 * Hardware interrupts in, virtual interrupts out.
 *
 * The hardware side (hw_interrupt) runs with MSR[EE] off, whatever the soft mask says: it empties the interrupt
 * controller, acknowledges TLB shootdowns, hands the shim its timer, and notes the rest in paca->irq_pending. The
 * virtual side (deliver_pending) runs with the soft mask set and MSR[EE] on, so that it can be stolen from too.
 *
 * Invariant: nothing is pending on a CPU that runs with the soft mask clear and MSR[EE] on, but for the moment
 * between a mask's clearing and the replay that follows it.
 */
#include <asm/irqflags.h>
#include <asm/kprobes.h>
#include <asm/reg.h>
#include <asm/setup.h>
#include <asm/time.h>
#include <asm/trap.h>
#include <asm/xics.h>
#include <linux/atomic.h>
#include <linux/export.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include <linux/timer.h>
#include <stopgap/console.h>
#include <stopgap/mm.h>
#include <stopgap/oops.h>
#include <stopgap/platform.h>

static inline void hard_irq_disable(void)
{
	mtmsrd_ee(MSR_RI);
}

static inline void hard_irq_enable(void)
{
	mtmsrd_ee(MSR_EE | MSR_RI);
}

/* One round of virtual interrupts. Called and left with the soft mask set and MSR[EE] on. */
static void deliver_pending(void)
{
	unsigned long pending = xchg(&local_paca->irq_pending, 0);

	irq_enter();
	if (pending & PACA_IRQ_TIMER)
		timer_interrupt();
	if (pending & PACA_IRQ_IPI)
		smp_ipi_interrupt(xchg(&local_paca->ipi_messages, 0));
	if (pending & PACA_IRQ_EXT)
		console_rx_interrupt();
	irq_exit();
}

/* The switch that an interrupt asks for, if this is a place where a thread may be switched away. */
static void maybe_preempt(void)
{
	if (need_resched() && current->preempt_count == 0)
		preempt_schedule_irq();
}

void irq_replay_and_enable(void)
{
	do {
		arch_local_irq_disable();
		deliver_pending();
		maybe_preempt();
		barrier();
		WRITE_ONCE(local_paca->irq_soft_mask, 0);
		barrier();
	} while (READ_ONCE(local_paca->irq_pending));
}
EXPORT_SYMBOL(irq_replay_and_enable);

static void accept_external(void)
{
	switch (xics_accept()) {
	case XICS_IPI:
		tlb_ack();
		if (parking_requested())
			park_this_cpu();
		if (READ_ONCE(local_paca->ipi_messages))
			local_paca->irq_pending |= PACA_IRQ_IPI;
		break;
	case XICS_DEVICE:
		local_paca->irq_pending |= PACA_IRQ_EXT;
		break;
	case XICS_NONE:
		break;
	}
}

/**
 * hw_interrupt() - an external or decrementer interrupt
 * @regs: what it interrupted
 *
 * Context: MSR[EE] off, soft mask set by the entry (what was before is in regs->softe).
 */
void hw_interrupt(struct pt_regs *regs)
{
	WRITE_ONCE(local_paca->irq_nip, regs->nip);
	if (regs->trap == TRAP_DECREMENTER)
		decrementer_interrupt(regs);
	else
		accept_external();
}

/*
 * The shim may be stepping this very handler. A step trap between the loading of SRR0/SRR1 and the rfid would
 * overwrite them, so the stepping ends here and goes on in the interrupted code. Called with MSR[EE] off.
 */
static void pass_stepping_on(struct pt_regs *regs)
{
	unsigned long msr = mfmsr();

	if (likely(!(msr & MSR_SE)))
		return;
	mtmsrd(msr & ~MSR_SE);
	regs->msr |= MSR_SE;
}

/**
 * trap_exit() - the last thing before registers are restored
 * @regs: what is returned to
 *
 * Delivers what is pending if the interrupted code had virtual interrupts on. A stack that is not the thread's own
 * is never switched away from. A probed instruction about to be stepped comes first.
 *
 * Context: soft mask set. Returns with MSR[EE] off.
 */
void trap_exit(struct pt_regs *regs)
{
	hard_irq_disable();
	while (!regs->softe && READ_ONCE(local_paca->irq_pending) && !kprobe_steps(regs)) {
		trap_hard_enable(regs);
		deliver_pending();
		if (regs->stack_lo == local_paca->stack_lo && regs->stack_lo == current->stack_lo)
			maybe_preempt();
		hard_irq_disable();
	}
	pass_stepping_on(regs);
}

/* Handlers of synchronous traps run with MSR[EE] as the trapped code had it. */
void trap_hard_enable(const struct pt_regs *regs)
{
	if (regs->msr & MSR_EE)
		hard_irq_enable();
}

/* Let interrupts in on this CPU for the first time; the soft mask stays set. */
void irq_init_cpu(void)
{
	xics_init_cpu();
	decrementer_init();
	hard_irq_enable();
}
