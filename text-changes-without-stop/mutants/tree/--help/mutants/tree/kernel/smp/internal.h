/* SPDX-License-Identifier: GPL-2.0 */
/* What the files of kernel/smp share. */
#ifndef _KERNEL_SMP_INTERNAL_H
#define _KERNEL_SMP_INTERNAL_H

#include <linux/cpumask.h>
#include <linux/percpu.h>
#include <linux/types.h>

/* How many interrupts of each kind a CPU has taken. */
struct ipi_stat {
	unsigned long reschedule;
	unsigned long call_function;
};

DECLARE_PER_CPU(struct ipi_stat, ipi_stats);

/**
 * struct patience - how long a waiter waits before it names the CPU that does not answer
 * @start: when the waiting began, in timebase ticks
 * @limit: ticks until the next report; doubles with each
 * @reports: how many there have been
 */
struct patience {
	u64 start;
	u64 limit;
	unsigned int reports;
};

void patience_begin(struct patience *p, unsigned int timeout_ms);
bool patience_over(struct patience *p);
void report_unanswered(const char *who, unsigned int cpu, const struct patience *p);

/* The CPUs that a stop_machine() has named for not answering; for the tests. */
extern struct cpumask stop_unanswered;
extern unsigned int stop_timeout_ms;

#endif
