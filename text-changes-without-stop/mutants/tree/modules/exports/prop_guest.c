// SPDX-License-Identifier: GPL-2.0
/*
 * Proprietary, and gets what a GPL-only symbol does through a GPL module that asks nothing. Linux
 * loads it: the author of gpl_host has decided so. Here it is refused, but with module.strict_gpl=0.
 */
#include <linux/kernel.h>
#include <linux/module.h>
#include "lenders.h"

static int __init prop_guest_init(void)
{
	pr_info("prop_guest: %d\n", host_value());
	return 0;
}

static void __exit prop_guest_exit(void)
{
}

module_init(prop_guest_init);
module_exit(prop_guest_exit);

MODULE_LICENSE("Proprietary");
MODULE_DESCRIPTION("Proprietary, uses a module that uses a GPL-only symbol");
