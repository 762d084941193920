// SPDX-License-Identifier: GPL-2.0
/* Which logical CPUs there are. */
#include <linux/cpu.h>
#include <linux/export.h>

unsigned int nr_cpu_ids = NR_CPUS;
struct cpumask __cpu_online_mask;
struct cpumask __cpu_possible_mask;

EXPORT_SYMBOL(nr_cpu_ids);
EXPORT_SYMBOL(__cpu_online_mask);
EXPORT_SYMBOL(__cpu_possible_mask);

#define SINGLE(n)	{ .bits = { 1UL << (n) } }

const struct cpumask cpumask_single[NR_CPUS] = {
	SINGLE(0), SINGLE(1), SINGLE(2), SINGLE(3), SINGLE(4), SINGLE(5), SINGLE(6), SINGLE(7),
	SINGLE(8), SINGLE(9), SINGLE(10), SINGLE(11),
	SINGLE(12), SINGLE(13), SINGLE(14), SINGLE(15),
};
EXPORT_SYMBOL(cpumask_single);

/**
 * set_cpu_online() - a CPU takes part, or no longer does
 * @cpu: the CPU
 * @online: which
 *
 * From then on threads may be woken there and IPI calls sent there, so its run queue exists.
 *
 * Context: the CPU itself, soft mask set.
 */
void set_cpu_online(unsigned int cpu, bool online)
{
	if (online) {
		cpumask_set_cpu(cpu, &__cpu_possible_mask);
		smp_mb();
		cpumask_set_cpu(cpu, &__cpu_online_mask);
	} else {
		cpumask_clear_cpu(cpu, &__cpu_online_mask);
	}
}
