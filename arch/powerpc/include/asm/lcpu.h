/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Logical CPUs that share one vCPU (explore image only): the part of dispatching them that knows the machine.
 * Which of them runs is decided in kernel/hv/shared/lcpu.c.
 */
#ifndef _ASM_LCPU_H
#define _ASM_LCPU_H

#include <asm/paca.h>

/*
 * Leave the running logical CPU: its registers on its stack, its stack pointer in *@save. Go on with the one of
 * @to, whose stack pointer is @sp. Returns when somebody switches back. Context: MSR[EE] off.
 */
void __lcpu_switch(unsigned long *save, unsigned long sp, struct paca_struct *to);

/* The stack pointer with which __lcpu_switch() begins director_main() on the stack that ends at @top. */
unsigned long lcpu_director_frame(unsigned long top);

/* What the hardware interrupt entry would do for @cpu if it had a vCPU that was interrupted now. */
void lcpu_kick(unsigned int cpu);

/*
 * MSR[EE] of the vCPU, off; returns what it was, for vcpu_irq_restore(), which leaves it off while the clock is: an
 * interrupt in an explored run would come where nobody has chosen that it should.
 */
unsigned long vcpu_irq_save(void);
void vcpu_irq_restore(unsigned long msr);

/* Wait for a hardware interrupt. Context: MSR[EE] off; returns with it on, the interrupt taken. */
void vcpu_idle(void);

/* Ring no clock until vcpu_clock_on(). Context: MSR[EE] off. */
void vcpu_clock_off(void);
void vcpu_clock_on(void);
bool vcpu_clock_is_off(void);
/* Ring at the nearest deadline, not within a tick of it. Context: MSR[EE] off. */
void vcpu_clock_exact(void);

/* Where in the linear map the memory behind @addr is; NULL if there is none. */
void *vcpu_linear(unsigned long addr);
/* Is @p a page table entry of the vmap window? */
bool vcpu_is_translation(const u64 *p);
/* The vCPU forgets every translation it has cached. Context: any. */
void vcpu_forget_translations(void);

#endif
