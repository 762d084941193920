/* SPDX-License-Identifier: GPL-2.0 */
/* Host stand-in: interrupts go on and off on paper. */
#ifndef _ASM_IRQFLAGS_H
#define _ASM_IRQFLAGS_H

static unsigned long unit_irq_mask __attribute__((__unused__));

static inline unsigned long arch_local_save_flags(void)
{
	return unit_irq_mask;
}

static inline void arch_local_irq_disable(void)
{
	unit_irq_mask = 1;
}

static inline void arch_local_irq_enable(void)
{
	unit_irq_mask = 0;
}

static inline unsigned long arch_local_irq_save(void)
{
	unsigned long flags = unit_irq_mask;

	unit_irq_mask = 1;
	return flags;
}

static inline void arch_local_irq_restore(unsigned long flags)
{
	unit_irq_mask = flags;
}

#endif
