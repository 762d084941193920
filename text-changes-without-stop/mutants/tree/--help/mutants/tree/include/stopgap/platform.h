/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The seam between the kernel and whatever runs its logical CPUs. The dedicated platform gives each logical CPU a
 * vCPU of its own (arch/powerpc/pseries/platform.c).
 */
#ifndef _STOPGAP_PLATFORM_H
#define _STOPGAP_PLATFORM_H

#include <linux/types.h>

/* What an IPI may ask for; a bit each in paca->ipi_messages. */
enum ipi_msg {
	IPI_RESCHEDULE,		/* look at need_resched */
	IPI_CALL_FUNCTION,	/* run what is queued for this CPU */
	IPI_NR
};

struct platform_ops {
	const char *name;
	/* Make smp_ipi_interrupt() run on @cpu, with the messages set so far. */
	void (*send_ipi)(unsigned int cpu);
	/* Wait for a virtual interrupt. Called with the soft mask set; returns with it set, with something pending. */
	void (*idle)(void);
	/* Make timer_interrupt() run on this CPU once the clock reaches @deadline; ~0 = never. */
	void (*set_deadline)(u64 deadline);
	/* Make a CPU run start_secondary(), on its idle thread's stack. Returns 0 or a status to print. */
	int (*start_cpu)(unsigned int cpu);
	/* How long it pays to look out for work before idle(), in nanoseconds. */
	u64 idle_poll_ns;
	/* The clock, in timebase ticks. */
	u64 (*clock)(void);
};

extern const struct platform_ops *platform;

/* Set @msg for @cpu and interrupt it. Context: any. */
void platform_send_ipi(unsigned int cpu, enum ipi_msg msg);
/* Interrupt @cpu without a message: its hardware interrupt entry runs, soft mask or not. Context: any. */
void platform_kick(unsigned int cpu);

#endif
