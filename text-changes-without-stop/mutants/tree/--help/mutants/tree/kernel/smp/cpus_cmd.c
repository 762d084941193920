// SPDX-License-Identifier: GPL-2.0
/*
 * The shell command "cpus": the logical CPUs, what they run, and how often others have interrupted
 * them.
 */
#include "internal.h"

#include <asm/paca.h>
#include <linux/cpumask.h>
#include <linux/sched.h>
#include <stopgap/console.h>
#include <stopgap/shell.h>

static void print_cpu(unsigned int cpu)
{
	const struct ipi_stat *stat = &per_cpu(ipi_stats, cpu);
	struct task_struct *curr = cpu_online(cpu) ? try_get_cpu_curr(cpu) : NULL;

	cprintf("%3u %5u %-6s %10lu %8lu  %s\n", cpu, paca[cpu].hw_id,
		cpu_online(cpu) ? "yes" : "no", READ_ONCE(stat->reschedule),
		READ_ONCE(stat->call_function), curr ? curr->comm : "-");
	if (curr)
		put_task_struct(curr);
}

static int cpus_command(int argc, char **argv)
{
	unsigned int cpu;

	cprintf("CPU HW-ID ONLINE RESCHEDULE    CALLS  RUNNING\n");
	for_each_possible_cpu(cpu)
		print_cpu(cpu);
	return 0;
}

SHELL_COMMAND(cpus, cpus_command, NULL, "", "list the CPUs and the IPIs they have taken");
