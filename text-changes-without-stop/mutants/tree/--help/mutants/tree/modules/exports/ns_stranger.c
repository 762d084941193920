// SPDX-License-Identifier: GPL-2.0
/* Uses a symbol of a namespace and imports another: refused, with EINVAL. */
#include <linux/module.h>
#include "lenders.h"

static int __init ns_stranger_init(void)
{
	return ns_value() ? 0 : -EINVAL;
}

static void __exit ns_stranger_exit(void)
{
}

module_init(ns_stranger_init);
module_exit(ns_stranger_exit);

MODULE_LICENSE("GPL");
MODULE_IMPORT_NS(ELSEWHERE);
MODULE_DESCRIPTION("Forgets to import the namespace LENDER");
