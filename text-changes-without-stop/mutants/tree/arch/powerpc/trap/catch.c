// SPDX-License-Identifier: GPL-2.0
/* catch_fault(): a thread's own faults, back as a return value. See <stopgap/catch.h>. */
#include <asm/irqflags.h>
#include <asm/reg.h>
#include <asm/trap.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#include <stopgap/catch.h>

/**
 * catch_begin() - arm a catch; use catch_fault(), which also marks the place to come back to
 * @c: on the caller's stack; catches nest
 *
 * Context: any but the system reset's; a catch made in an interrupt handler ends there.
 */
void catch_begin(struct fault_catch *c)
{
	c->outer = current->catch;
	c->softe = arch_local_save_flags();
	c->preempt_count = current->preempt_count;
	current->catch = c;
}

/**
 * catch_end() - disarm, whether or not it caught something
 * @c: the innermost armed catch
 *
 * Context: as catch_begin().
 */
void catch_end(struct fault_catch *c)
{
	current->catch = c->outer;
}

/* How many interrupts deep the code was that armed @c. */
static int catch_depth(const struct fault_catch *c)
{
	return c->preempt_count & (HARDIRQ_MASK | NMI_MASK);
}

/*
 * A catch answers only for the code that armed it: in an interrupt handler that happens to run on its stack a fault
 * is an oops like any other.
 */
void catch_deliver(struct pt_regs *regs)
{
	struct fault_catch *c = current->catch;

	if (!c || catch_depth(c) != (int)hardirq_count() || local_paca->oops_depth)
		return;
	c->regs = *regs;
	current->catch = c->outer;
	current->preempt_count = c->preempt_count;
	local_paca->stack_lo = current->stack_lo;
	local_paca->stack_hi = current->stack_hi;
	mtmsrd_ee((regs->msr & MSR_EE) | MSR_RI);
	arch_local_irq_restore(c->softe);
	kernel_longjmp(&c->jmp, 1);
}
