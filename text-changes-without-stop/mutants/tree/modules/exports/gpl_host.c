// SPDX-License-Identifier: GPL-2.0
/* Uses a GPL-only symbol, and exports to everybody what it does with it. */
#include <linux/module.h>
#include <linux/rcupdate.h>
#include "lenders.h"

int host_value(void)
{
	synchronize_rcu();
	return 42;
}
EXPORT_SYMBOL(host_value);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Uses a GPL-only symbol, and is there for everybody");
