// SPDX-License-Identifier: GPL-2.0
/* One module from two files: this one, and pair_helper.c. */
#include <linux/kernel.h>
#include <linux/module.h>
#include "pair.h"

static int __init pair_init(void)
{
	pr_info("pair: the helper says %d\n", pair_helper());
	return 0;
}

static void __exit pair_exit(void)
{
}

module_init(pair_init);
module_exit(pair_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("A module of two source files");
