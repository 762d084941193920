/* SPDX-License-Identifier: GPL-2.0 */
/* Which CPU is this, and how to make another one run a function. */
#ifndef _LINUX_SMP_H
#define _LINUX_SMP_H

#include <asm/current.h>
#include <linux/cpumask.h>
#include <linux/llist.h>
#include <linux/preempt.h>

/* Stable only with preemption off, or in a bound thread. */
#define smp_processor_id()	raw_smp_processor_id()
#define get_cpu()		({ preempt_disable(); smp_processor_id(); })
#define put_cpu()		preempt_enable()

typedef void (*smp_call_func_t)(void *info);

/**
 * struct __call_single_data - one function call on its way to another CPU
 * @node: on the target's queue
 * @busy: 1 from the moment it is claimed until the target is done with it
 * @func: what to call there, in interrupt context
 * @info: its argument
 */
struct __call_single_data {
	struct llist_node node;
	unsigned int busy;
	smp_call_func_t func;
	void *info;
};

typedef struct __call_single_data call_single_data_t;

int smp_call_function_single(int cpu, smp_call_func_t func, void *info, int wait);
int smp_call_function_any(const struct cpumask *mask, smp_call_func_t func, void *info, int wait);
void smp_call_function_many(const struct cpumask *mask, smp_call_func_t func, void *info,
			    bool wait);
void smp_call_function(smp_call_func_t func, void *info, int wait);
void on_each_cpu_mask(const struct cpumask *mask, smp_call_func_t func, void *info, bool wait);
void on_each_cpu(smp_call_func_t func, void *info, int wait);

/*
 * The upcall: the IPI messages (1 << enum ipi_msg) that have arrived for this CPU. Soft mask set,
 * irq context.
 */
void smp_ipi_interrupt(unsigned long messages);

#endif
