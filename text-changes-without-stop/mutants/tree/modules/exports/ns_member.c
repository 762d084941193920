// SPDX-License-Identifier: GPL-2.0
/* Imports the namespace whose symbols it uses. */
#include <linux/kernel.h>
#include <linux/module.h>
#include "lenders.h"

static int __init ns_member_init(void)
{
	pr_info("ns_member: %d + %d = %d\n", ns_value(), ns_gpl_value(),
		ns_value() + ns_gpl_value());
	return 0;
}

static void __exit ns_member_exit(void)
{
}

module_init(ns_member_init);
module_exit(ns_member_exit);

MODULE_LICENSE("GPL");
MODULE_IMPORT_NS(LENDER);
MODULE_DESCRIPTION("Imports the namespace LENDER");
