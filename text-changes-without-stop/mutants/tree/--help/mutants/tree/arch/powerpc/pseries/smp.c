// SPDX-License-Identifier: GPL-2.0
/* Starting the other CPUs, and parking them at the end. */
#include <asm/paca.h>
#include <asm/page.h>
#include <asm/processor.h>
#include <asm/reg.h>
#include <asm/setup.h>
#include <linux/cpu.h>
#include <linux/gfp.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/moduleparam.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <stopgap/boot_info.h>
#include <stopgap/oops.h>
#include <stopgap/platform.h>

#define TRAP_STACK_ORDER	2
#define TRAP_STACK_SIZE		(PAGE_SIZE << TRAP_STACK_ORDER)
/* How long a started CPU may take to come online: 10 s of timebase. */
#define START_TICKS		(10 * boot_info.tb_freq)

static unsigned int max_cpus = NR_CPUS;
core_param(nr_cpus, max_cpus, uint, 0444);

static void *boot_alloc(unsigned int order)
{
	void *p = (void *)__get_free_pages(GFP_KERNEL, order);

	if (!p)
		panic("smp: no memory for a secondary CPU");
	return p;
}

static void prepare_cpu(unsigned int cpu)
{
	percpu_init_cpu(cpu);
	paca_init(cpu, boot_alloc(TRAP_STACK_ORDER), boot_alloc(TRAP_STACK_ORDER), TRAP_STACK_SIZE);
}

static int start_cpu(unsigned int cpu)
{
	u64 start = mftb();
	int status;

	paca[cpu].current_task = idle_thread_create(cpu);
	if (!paca[cpu].current_task)
		panic("smp: no memory for CPU %u's idle thread", cpu);
	status = platform->start_cpu(cpu);
	if (status) {
		pr_err("smp: CPU %u does not start: status %d\n", cpu, status);
		return status;
	}
	while (!cpu_online(cpu)) {
		if (mftb() - start > START_TICKS)
			panic("smp: CPU %u does not come online", cpu);
		cpu_relax();
	}
	return 0;
}

/**
 * smp_start_secondaries() - bring up every CPU the machine has, or the nr_cpus= first ones
 *
 * Per-CPU areas are copied before any CPU runs, so that what the boot CPU did to its own variables since boot is the
 * only difference between the copies.
 *
 * Context: boot CPU, after sched_init().
 */
void __init smp_start_secondaries(void)
{
	unsigned int n = min(boot_info.nr_cpus, max(max_cpus, 1u));
	unsigned int cpu;

	for (cpu = 1; cpu < n; cpu++)
		start_cpu(cpu);
	pr_info("smp: %u of %u CPUs online\n", num_online_cpus(), boot_info.nr_cpus);
}

/**
 * smp_prepare_cpus() - per-CPU memory of all CPUs, and trap stacks of those to come
 *
 * Context: boot CPU, after mm_init(), before anything changes a per-CPU variable.
 */
void __init smp_prepare_cpus(void)
{
	unsigned int cpu;

	percpu_init_cpu(0);
	for (cpu = 1; cpu < boot_info.nr_cpus; cpu++)
		prepare_cpu(cpu);
}

/* A secondary's first steps with translation on, on its idle thread's stack. */
void start_secondary(void)
{
	local_paca->stack_lo = current->stack_lo;
	local_paca->stack_hi = current->stack_hi;
	local_paca->online = 1;
	irq_init_cpu();
	set_cpu_online(local_paca->cpu, true);
	cpu_startup_entry();
}

/* Ask all other CPUs to stop in their next hardware interrupt, and give them a second to. */
void park_other_cpus(void)
{
	u64 start = mftb();
	unsigned int cpu;

	request_parking();
	for (cpu = 0; cpu < NR_CPUS; cpu++)
		if (paca[cpu].online && cpu != local_paca->cpu)
			platform_kick(cpu);
	for (cpu = 0; cpu < NR_CPUS; cpu++)
		while (READ_ONCE(paca[cpu].online) && cpu != local_paca->cpu &&
		       mftb() - start < boot_info.tb_freq)
			cpu_relax();
}
