// SPDX-License-Identifier: GPL-2.0
/*
 * Says GPL, and uses a symbol of a proprietary module. It loads, but from then on it counts as
 * proprietary too: it gets no GPL-only symbol, and whoever uses its own exports inherits the taint
 * in turn.
 */
#include <linux/module.h>
#include "lenders.h"

int heir_value(void)
{
	return prop_value();
}
EXPORT_SYMBOL(heir_value);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("GPL, uses a proprietary module");
