/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Soft-masked interrupts: "off" is a word in the paca, MSR[EE] stays on.
 * See docs/architecture.md, "Interrupts: hardware and virtual".
 */
#ifndef _ASM_IRQFLAGS_H
#define _ASM_IRQFLAGS_H

#include <asm/paca.h>
#include <stopgap/hooks.h>

/* Deliver what arrived while the mask was set; called with the mask set, returns with it clear. */
void irq_replay_and_enable(void);

static inline unsigned long arch_local_save_flags(void)
{
	return READ_ONCE(local_paca->irq_soft_mask);
}

static inline void arch_local_irq_disable(void)
{
	hook_irq_disable();
	WRITE_ONCE(local_paca->irq_soft_mask, 1);
	barrier();
}

static inline void arch_local_irq_enable(void)
{
	hook_irq_enable();
	barrier();
	WRITE_ONCE(local_paca->irq_soft_mask, 0);
	barrier();
	if (unlikely(READ_ONCE(local_paca->irq_pending)))
		irq_replay_and_enable();
}

static inline unsigned long arch_local_irq_save(void)
{
	unsigned long flags = arch_local_save_flags();

	arch_local_irq_disable();
	return flags;
}

static inline void arch_local_irq_restore(unsigned long flags)
{
	if (flags)
		arch_local_irq_disable();
	else
		arch_local_irq_enable();
}

#endif
