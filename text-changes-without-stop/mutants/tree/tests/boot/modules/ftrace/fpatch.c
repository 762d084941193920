// SPDX-License-Identifier: GPL-2.0
/* Sends ftarget.ko's functions to its own, which look at this module's data. */
#include <linux/ftrace.h>
#include <linux/module.h>
#include <linux/stdarg.h>
#include "ftarget.h"

int fpatch_base = 70000;

static noinline int new_add(int x)
{
	return x + fpatch_base;
}

static noinline long new_sum(int n, ...)
{
	long sum = fpatch_base;
	va_list args;

	va_start(args, n);
	while (n--)
		sum += va_arg(args, long);
	va_end(args);
	return sum;
}

static notrace void redirect(unsigned long ip, unsigned long parent_ip, struct ftrace_ops *op,
			     struct ftrace_regs *fregs)
{
	ftrace_instruction_pointer_set(fregs, (unsigned long)op->private);
}

static struct ftrace_ops add_ops = { .func = redirect, .flags = FTRACE_OPS_FL_IPMODIFY, .private = new_add };
static struct ftrace_ops sum_ops = {
	.func = redirect, .flags = FTRACE_OPS_FL_IPMODIFY | FTRACE_OPS_FL_SAVE_REGS, .private = new_sum,
};
static struct ftrace_ops *all[] = { &add_ops, &sum_ops };

static int __init fpatch_init(void)
{
	return ftrace_set_filter_ip(&add_ops, (unsigned long)ftarget_add, 0, 0) ?:
	       ftrace_set_filter_ip(&sum_ops, (unsigned long)ftarget_sum, 0, 0) ?:
	       register_ftrace_functions(all, 2);
}

static void __exit fpatch_exit(void)
{
	unregister_ftrace_functions(all, 2);
	ftrace_free_filter(&add_ops);
	ftrace_free_filter(&sum_ops);
}

module_init(fpatch_init);
module_exit(fpatch_exit);
MODULE_LICENSE("GPL");
