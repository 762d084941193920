// SPDX-License-Identifier: GPL-2.0
/* A patched function that calls itself until the thread's two stacks meet. */
#include <linux/ftrace.h>
#include <linux/module.h>

static noinline int deep(int x)
{
	barrier();
	return x;
}

static noinline int deeper(int x)
{
	return deep(x + 1) + 1;
}

static notrace void redirect(unsigned long ip, unsigned long parent_ip, struct ftrace_ops *op,
			     struct ftrace_regs *fregs)
{
	ftrace_instruction_pointer_set(fregs, (unsigned long)deeper);
}

static struct ftrace_ops ops = { .func = redirect, .flags = FTRACE_OPS_FL_IPMODIFY };

static int __init fdeep_init(void)
{
	return ftrace_set_filter_ip(&ops, (unsigned long)deep, 0, 0) ?: register_ftrace_function(&ops) ?: deep(0);
}

module_init(fdeep_init);
MODULE_LICENSE("GPL");
