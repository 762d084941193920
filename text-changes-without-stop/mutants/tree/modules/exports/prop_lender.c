// SPDX-License-Identifier: GPL-2.0
/* Says it is proprietary, taints the kernel with it, and exports a symbol to everybody. */
#include <linux/module.h>
#include "lenders.h"

int prop_value(void)
{
	return 42;
}
EXPORT_SYMBOL(prop_value);

MODULE_LICENSE("Proprietary");
MODULE_DESCRIPTION("Proprietary, and exports a symbol");
