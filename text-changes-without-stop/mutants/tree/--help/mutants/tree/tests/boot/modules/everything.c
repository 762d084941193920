// SPDX-License-Identifier: GPL-2.0
/*
 * Whatever makes a compiler emit relocations, with a known answer for each: compiled once per set of
 * flags by test_reloc.py, it loads only if all answers are right.
 */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/percpu.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "everything.h"

static int table[20000];
static int counter = 5;
int everything_shared = 6;
int everything_bss;
static const char *const words[] = { "zero", "one", "two" };
static int (*hook)(const char *, const char *) = strcmp;
static int ctor_calls;
static int limit __ro_after_init = 1;
static DEFINE_PER_CPU(int, per_cpu_first) = 13;
static DEFINE_PER_CPU(int [4], per_cpu_array) = { 1, 2, 3, 4 };
static int once __initdata = 11;

extern int everything_missing __weak;
int everything_missing_function(void) __weak;

static __attribute__((constructor)) void count_ctor(void)
{
	ctor_calls++;
}

/* Enough live values that -Os saves registers by call. */
static noinline long many_live(const char *s, long a, long b, long c, long d, long e, long f)
{
	long sum = 0;

	for (int i = 0; i < 4; i++)
		sum += (long)strlen(s) * a + i * b + (long)strlen(s + 1) * c + d;
	return sum + e * (long)strlen(s) + f + a + b + c;
}

static noinline int local_sum(int i)
{
	table[i] = i * counter;
	return table[i] + everything_other(i);
}

static noinline int choose(int x)
{
	switch (x) {
	case 0: return local_sum(1);
	case 1: return everything_shared;
	case 2: return (int)strlen(words[1]);
	case 3: return everything_bss + 40;
	case 4: return everything_other(50);
	case 5: return words[2][0];
	case 6: return counter;
	}
	return -1;
}

static noinline int call_tail(const char *a, const char *b)
{
	return strcmp(a, b);
}

static int __init check_calls(void)
{
	char *copy = kstrdup("copy", GFP_KERNEL);
	int wrong = !copy || strcmp(copy, "copy") || hook("a", "a") || call_tail("b", "b");

	kfree(copy);
	return wrong || many_live("four", 1, 2, 3, 4, 5, 6) != 4 * 4 + 12 + 36 + 16 + 20 + 12;
}

static int __init check_data(void)
{
	static const int want[] = { 5 + 101, 6, 3, 40, 150, 't', 5, -1 };

	for (int i = 0; i < (int)ARRAY_SIZE(want); i++)
		if (choose(i) != want[i])
			return 1;
	table[19999] = 7;
	return table[19999] != 7 || everything_pick()(1) != 101 || once != 11;
}

static int __init check_weak(void)
{
	return &everything_missing || everything_missing_function;
}

static int __init check_per_cpu(void)
{
	int cpu, wrong = 0;

	this_cpu_add(per_cpu_first, 1);
	for_each_possible_cpu(cpu) {
		wrong |= per_cpu(per_cpu_array, cpu)[3] != 4;
		wrong |= per_cpu(per_cpu_first, cpu) != 13 + (cpu == raw_smp_processor_id());
		wrong |= per_cpu(everything_per_cpu, cpu) != 17;
	}
	return wrong;
}

static int __init everything_init(void)
{
	int wrong = check_calls() | check_data() << 1 | check_weak() << 2 | (ctor_calls != 1) << 3 |
		    check_per_cpu() << 4;

	limit = 2;
	if (wrong)
		pr_err(KBUILD_MODNAME ": wrong answers: %x\n", wrong);
	else
		pr_info(KBUILD_MODNAME ": all answers right\n");
	return wrong ? -EINVAL : 0;
}

static void __exit everything_exit(void)
{
	pr_info(KBUILD_MODNAME ": limit %d, again %d\n", limit, choose(0));
}

module_init(everything_init);
module_exit(everything_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("One of every relocation the compiler can think of");
