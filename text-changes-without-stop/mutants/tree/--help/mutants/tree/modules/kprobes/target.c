// SPDX-License-Identifier: GPL-2.0
/*
 * Functions to be probed: one that init and exit call, one in init's own text, one that must not be probed.
 */
#include <linux/kernel.h>
#include <linux/kprobes.h>
#include <linux/module.h>

static noinline int target_add(int a, int b)
{
	barrier();
	return a + b;
}

static noinline int target_hidden(int a)
{
	barrier();
	return a + 1;
}
NOKPROBE_SYMBOL(target_hidden);

static noinline __kprobes int target_section(int a)
{
	barrier();
	return a + 2;
}

static noinline int __init target_early(int a)
{
	barrier();
	return a * 3;
}

static int __init target_init(void)
{
	pr_info("target: init: %d\n", target_hidden(target_section(target_add(20, target_early(4)))));
	return 0;
}

static void __exit target_exit(void)
{
	pr_info("target: exit: %d\n", target_add(30, 12));
}

module_init(target_init);
module_exit(target_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Functions to be probed");
