/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The shim between the kernel and its hypervisor. Trap handlers hand it its traps before the kernel sees anything;
 * commands and race scenarios tell it whom to steal from.
 */
#ifndef _STOPGAP_HV_H
#define _STOPGAP_HV_H

#include <asm/ptrace.h>
#include <linux/types.h>

/**
 * struct hv_steal_config - how CPUs are stolen at random
 * @rate: steals per second and CPU, on average; 0 = none
 * @min_us: shortest steal
 * @max_us: longest steal
 * @seed: of the random numbers; every CPU has a sequence of its own
 */
struct hv_steal_config {
	unsigned int rate;
	unsigned int min_us;
	unsigned int max_us;
	u64 seed;
};

/**
 * struct hv_stat - what has been stolen from one CPU
 * @steals: how often
 * @stolen: timebase ticks altogether
 * @longest: timebase ticks of the longest one
 * @steps: instructions stepped to get from a block boundary to the place of a steal
 */
struct hv_stat {
	unsigned long steals;
	u64 stolen;
	u64 longest;
	unsigned long steps;
};

#define HV_STEAL_DEFAULT	((struct hv_steal_config){ .rate = 1000, .min_us = 20, .max_us = 500, .seed = 1 })

/* Can CPUs be stolen like that? Context: any. */
bool hv_steal_valid(const struct hv_steal_config *config);
/* Steal at random from now on; a rate of 0 stops it. Context: thread. Return: 0 or -EINVAL. */
int hv_steal_start(const struct hv_steal_config *config);
void hv_steal_stop(void);
struct hv_steal_config hv_steal_get(void);

/* Steal whenever a CPU reaches one instruction. Context: thread. Return: 0, -EINVAL, -EBUSY if one is armed. */
int hv_steal_at(unsigned long addr, unsigned int min_us, unsigned int max_us);
void hv_steal_at_stop(void);
/* The armed instruction, 0 if none. */
unsigned long hv_steal_at_addr(void);

struct hv_stat hv_stat(unsigned int cpu);
void hv_stat_reset(void);

/* Upcalls from the trap handlers. Context: MSR[EE] off. */
void hv_timer(struct pt_regs *regs);	/* the shim's deadline has come */
void hv_step(struct pt_regs *regs);	/* one instruction has been stepped */
void hv_step_lost(void);		/* the instruction to be stepped faulted instead */
bool hv_breakpoint(struct pt_regs *regs);	/* a program check; true if it was the shim's own */

#endif
