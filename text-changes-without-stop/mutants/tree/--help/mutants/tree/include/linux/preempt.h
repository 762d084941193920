/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The preemption count: why this thread may not be switched away right now. Bits 0-7 count
 * preempt_disable() (every held spinlock is one), bits 16-19 nested interrupts, bit 20 the system
 * reset handler. Zero means: may be preempted.
 */
#ifndef _LINUX_PREEMPT_H
#define _LINUX_PREEMPT_H

#include <linux/sched.h>

#define PREEMPT_MASK		0x000000ff
#define HARDIRQ_MASK		0x000f0000
#define NMI_MASK		0x00100000

#define PREEMPT_OFFSET		0x00000001
#define HARDIRQ_OFFSET		0x00010000
#define NMI_OFFSET		0x00100000

#define preempt_count()		(READ_ONCE(current->preempt_count))
#define hardirq_count()		(preempt_count() & (HARDIRQ_MASK | NMI_MASK))
#define in_nmi()		(preempt_count() & NMI_MASK)
#define in_hardirq()		(preempt_count() & HARDIRQ_MASK)
#define in_irq()		in_hardirq()
#define in_interrupt()		hardirq_count()
#define in_task()		(!in_interrupt())
#define in_atomic()		(preempt_count() != 0)
#define preemptible()		(preempt_count() == 0 && !irqs_disabled())

#define preempt_count_add(n)	do { current->preempt_count += (n); barrier(); } while (0)
#define preempt_count_sub(n)	do { barrier(); current->preempt_count -= (n); } while (0)
#define preempt_count_set(n)	WRITE_ONCE(current->preempt_count, n)

#define preempt_disable()	preempt_count_add(PREEMPT_OFFSET)
#define preempt_enable_no_resched()	preempt_count_sub(PREEMPT_OFFSET)

/* With preempt=full, a switch that was wanted meanwhile happens here. */
#define preempt_enable()					\
	do {							\
		preempt_count_sub(PREEMPT_OFFSET);		\
		preempt_check_resched();			\
	} while (0)

#define preempt_check_resched()					\
	do {							\
		if (unlikely(need_resched()))			\
			preempt_schedule();			\
	} while (0)

/* Bracket the delivery of a virtual interrupt, and of a system reset. */
#define irq_enter()		preempt_count_add(HARDIRQ_OFFSET)
#define irq_exit()		preempt_count_sub(HARDIRQ_OFFSET)
#define nmi_enter()		preempt_count_add(NMI_OFFSET + HARDIRQ_OFFSET)
#define nmi_exit()		preempt_count_sub(NMI_OFFSET + HARDIRQ_OFFSET)

#endif
