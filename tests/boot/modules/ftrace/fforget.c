// SPDX-License-Identifier: GPL-2.0
/* Goes without having unregistered its ops. */
#include <linux/ftrace.h>
#include <linux/module.h>
#include "ftarget.h"

static notrace void nothing(unsigned long ip, unsigned long parent_ip, struct ftrace_ops *op,
			    struct ftrace_regs *fregs)
{
}

static struct ftrace_ops ops = { .func = nothing };

static void __exit fforget_exit(void)
{
}

/* One site in another module, and one that goes with this one. */
static int __init fforget_init(void)
{
	return ftrace_set_filter_ip(&ops, (unsigned long)ftarget_add, 0, 0) ?:
	       ftrace_set_filter_ip(&ops, (unsigned long)fforget_exit, 0, 0) ?: register_ftrace_function(&ops);
}

module_init(fforget_init);
module_exit(fforget_exit);
MODULE_LICENSE("GPL");
