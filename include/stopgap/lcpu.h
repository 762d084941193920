/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Logical CPUs that share one vCPU (explore image only). Outside an explored run they take turns: when one is idle
 * or busy-waits, and at the end of its slice. During an explored run a dispatch policy decides, at every scheduling
 * point (kernel/hv/shared/).
 */
#ifndef _STOPGAP_LCPU_H
#define _STOPGAP_LCPU_H

#include <linux/types.h>

#define LCPU_MAX	8

/* A new logical CPU, which begins where the stack pointer @sp says. Context: boot. */
void lcpu_add(unsigned int cpu, unsigned long sp);
/* Give others a turn. Context: any; returns with MSR[EE] as it was. */
void lcpu_yield(void);
/* platform_ops.idle: see there. */
void lcpu_idle(void);
/* platform_ops.clock: the timebase, or steps in an explored run; never goes back. */
u64 lcpu_clock(void);
/* Make PACA_IRQ_* @bits pending on @cpu. Context: any. */
void lcpu_interrupt(unsigned int cpu, unsigned long bits);
/* Would another logical CPU run if it could? Context: any. */
bool lcpu_others_runnable(void);
/* Where @cpu is while it does not run, 0 if it runs. Context: any. */
unsigned long lcpu_pc(unsigned int cpu);
/* The running CPU is about to send an IPI to @cpu. Context: any. */
void lcpu_announce_ipi(unsigned int cpu);

#endif
