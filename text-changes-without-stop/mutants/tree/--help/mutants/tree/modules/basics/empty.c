// SPDX-License-Identifier: GPL-2.0
/*
 * Does nothing and says nothing: what is left is the cost of loading, and a place for symbols to
 * be looked up.
 */
#include <linux/module.h>

/* Code to look up addresses in. */
int empty_function(int x);
noinline int empty_function(int x)
{
	return x + 1;
}

static int __init empty_init(void)
{
	return 0;
}

static void __exit empty_exit(void)
{
}

module_init(empty_init);
module_exit(empty_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Nothing at all, for measuring and for races");
