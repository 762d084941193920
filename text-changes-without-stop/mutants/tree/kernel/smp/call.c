// SPDX-License-Identifier: GPL-2.0
/*
 * Running a function on other CPUs: a lock-free queue per CPU, one IPI for the first entry put on
 * it, and the handler that empties it.
 *
 * Two CPUs that call each other with interrupts off would wait for ever, so that is warned about;
 * and then they serve their own queue while they wait, so that the warning gets out.
 */
#include "internal.h"

#include <asm/processor.h>
#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/llist.h>
#include <linux/smp.h>
#include <stopgap/platform.h>

#define CALL_TIMEOUT_MS		10000

/*
 * The calls a CPU has under way, one per target, for when the caller does not wait or calls many.
 */
struct outgoing_calls {
	call_single_data_t csd[NR_CPUS];
};

static DEFINE_PER_CPU(struct llist_head, call_queue);
static DEFINE_PER_CPU(struct outgoing_calls, outgoing);
DEFINE_PER_CPU(struct ipi_stat, ipi_stats);

/*
 * Run what other CPUs have queued here. Once busy is 0 an entry may be reused, or be gone with its
 * caller's stack.
 */
static void run_call_queue(void)
{
	struct llist_node *node = llist_reverse_order(llist_del_all(this_cpu_ptr(&call_queue)));

	while (node) {
		call_single_data_t *csd = llist_entry(node, call_single_data_t, node);

		node = node->next;
		csd->func(csd->info);
		smp_store_release(&csd->busy, 0);
	}
}

/* Wait until @cpu is done with @csd. */
static void csd_wait(call_single_data_t *csd, unsigned int cpu)
{
	struct patience patience;

	if (!READ_ONCE(csd->busy))
		goto out;
	patience_begin(&patience, CALL_TIMEOUT_MS);
	while (READ_ONCE(csd->busy)) {
		if (irqs_disabled())
			run_call_queue();
		if (patience_over(&patience))
			report_unanswered("smp", cpu, &patience);
		cpu_relax();
	}
out:
	smp_mb();
}

/* Queue a free @csd for @cpu. */
static void csd_send(call_single_data_t *csd, unsigned int cpu, smp_call_func_t func, void *info)
{
	csd->func = func;
	csd->info = info;
	csd->busy = 1;
	if (llist_add(&csd->node, per_cpu_ptr(&call_queue, cpu)))
		platform_send_ipi(cpu, IPI_CALL_FUNCTION);
}

static void run_here(smp_call_func_t func, void *info)
{
	unsigned long flags;

	local_irq_save(flags);
	func(info);
	local_irq_restore(flags);
}

static void warn_if_deadlock_prone(void)
{
	WARN_ONCE(irqs_disabled() && !local_paca->oops_depth,
		  "smp: function call with interrupts off, or from an interrupt\n");
}

/**
 * smp_call_function_single() - run a function on one CPU
 * @cpu: the CPU; it may be this one
 * @func: what to run; there it runs in interrupt context
 * @info: its argument
 * @wait: return only when it has returned
 *
 * Context: interrupts on, not from an interrupt. Return: 0, or -ENXIO if @cpu is not online.
 */
int smp_call_function_single(int cpu, smp_call_func_t func, void *info, int wait)
{
	call_single_data_t on_stack = { .busy = 0 }, *csd = &on_stack;
	int err = 0;

	preempt_disable();
	if (cpu == (int)smp_processor_id()) {
		run_here(func, info);
		goto out;
	}
	if ((unsigned int)cpu >= nr_cpu_ids || !cpu_online(cpu)) {
		err = -ENXIO;
		goto out;
	}
	warn_if_deadlock_prone();
	if (!wait) {
		csd = &this_cpu_ptr(&outgoing)->csd[cpu];
		csd_wait(csd, cpu);
	}
	csd_send(csd, cpu, func, info);
	if (wait)
		csd_wait(csd, cpu);
out:
	preempt_enable();
	return err;
}
EXPORT_SYMBOL(smp_call_function_single);

/**
 * smp_call_function_any() - run a function on one of several CPUs, on this one if it is among them
 * @mask: the CPUs
 * @func: what to run
 * @info: its argument
 * @wait: return only when it has returned
 *
 * Context: interrupts on. Return: 0, or -ENXIO if none is online.
 */
int smp_call_function_any(const struct cpumask *mask, smp_call_func_t func, void *info, int wait)
{
	struct cpumask online;
	unsigned int cpu = get_cpu();
	int err;

	cpumask_and(&online, mask, cpu_online_mask);
	if (!cpumask_test_cpu(cpu, &online))
		cpu = cpumask_first(&online);
	err = smp_call_function_single(cpu, func, info, wait);
	put_cpu();
	return err;
}
EXPORT_SYMBOL(smp_call_function_any);

/**
 * smp_call_function_many() - run a function on several CPUs at once, but not on this one
 * @mask: the CPUs; this one, and those not online, are left out
 * @func: what to run
 * @info: its argument
 * @wait: return only when all have returned
 *
 * Context: preemption off, interrupts on.
 */
void smp_call_function_many(const struct cpumask *mask, smp_call_func_t func, void *info, bool wait)
{
	call_single_data_t *csd = this_cpu_ptr(&outgoing)->csd;
	struct cpumask targets;
	unsigned int cpu;

	cpumask_and(&targets, mask, cpu_online_mask);
	cpumask_clear_cpu(smp_processor_id(), &targets);
	if (cpumask_empty(&targets))
		return;
	warn_if_deadlock_prone();
	for_each_cpu(cpu, &targets) {
		csd_wait(&csd[cpu], cpu);
		csd_send(&csd[cpu], cpu, func, info);
	}
	if (!wait)
		return;
	for_each_cpu(cpu, &targets)
		csd_wait(&csd[cpu], cpu);
}
EXPORT_SYMBOL(smp_call_function_many);

/**
 * smp_call_function() - run a function on all other CPUs
 * @func: what to run
 * @info: its argument
 * @wait: return only when all have returned
 *
 * Context: interrupts on, not from an interrupt.
 */
void smp_call_function(smp_call_func_t func, void *info, int wait)
{
	preempt_disable();
	smp_call_function_many(cpu_online_mask, func, info, wait);
	preempt_enable();
}
EXPORT_SYMBOL(smp_call_function);

/**
 * on_each_cpu_mask() - run a function on several CPUs, this one included if it is among them
 * @mask: the CPUs
 * @func: what to run, everywhere with interrupts off
 * @info: its argument
 * @wait: return only when all have returned
 *
 * Context: interrupts on, not from an interrupt.
 */
void on_each_cpu_mask(const struct cpumask *mask, smp_call_func_t func, void *info, bool wait)
{
	unsigned int cpu = get_cpu();

	smp_call_function_many(mask, func, info, wait);
	if (cpumask_test_cpu(cpu, mask))
		run_here(func, info);
	put_cpu();
}
EXPORT_SYMBOL(on_each_cpu_mask);

void on_each_cpu(smp_call_func_t func, void *info, int wait)
{
	on_each_cpu_mask(cpu_online_mask, func, info, wait);
}
EXPORT_SYMBOL(on_each_cpu);

/* See linux/smp.h. */
void smp_ipi_interrupt(unsigned long messages)
{
	struct ipi_stat *stat = this_cpu_ptr(&ipi_stats);

	if (messages & (1UL << IPI_CALL_FUNCTION)) {
		stat->call_function++;
		run_call_queue();
	}
	/* need_resched is set already; the way out of the interrupt looks at it. */
	if (messages & (1UL << IPI_RESCHEDULE))
		stat->reschedule++;
}
