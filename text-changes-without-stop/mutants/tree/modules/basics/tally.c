// SPDX-License-Identifier: GPL-2.0
/*
 * Counts on each CPU in a variable of that CPU, and adds the counts up: no lock, and no CPU waits for
 * another one's cache line.
 */
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/percpu.h>
#include <linux/smp.h>

#define FIRST	100

/* For tests to look up by name. */
struct tally {
	char tag;
	long count;
	const char *name;
};

extern struct tally tally_var;
DEFINE_PER_CPU(struct tally, tally_var) = { 't', FIRST, "tally" };
static DEFINE_PER_CPU_ALIGNED(char, line) = 'x';
static DEFINE_PER_CPU(unsigned int, zero);

static void count_here(void *unused)
{
	this_cpu_inc(tally_var.count);
	this_cpu_add(zero, 2);
}

/* How many of the counts on all CPUs are not what they should be after @n rounds. */
static int wrong_after(int n)
{
	int cpu, wrong = 0;

	for_each_online_cpu(cpu) {
		const struct tally *t = &per_cpu(tally_var, cpu);

		wrong += t->tag != 't' || t->count != FIRST + n || t->name[0] != 't';
		wrong += per_cpu(zero, cpu) != 2u * n || per_cpu(line, cpu) != 'x';
		wrong += !IS_ALIGNED((unsigned long)per_cpu_ptr(&line, cpu), SMP_CACHE_BYTES);
	}
	return wrong;
}

static int __init tally_init(void)
{
	int wrong = wrong_after(0);

	on_each_cpu(count_here, NULL, 1);
	on_each_cpu(count_here, NULL, 1);
	wrong += wrong_after(2);
	if (wrong)
		pr_err("tally: %d wrong\n", wrong);
	return wrong ? -EINVAL : 0;
}

static void __exit tally_exit(void)
{
}

module_init(tally_init);
module_exit(tally_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("One counter per CPU");
