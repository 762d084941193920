// SPDX-License-Identifier: GPL-2.0
/*
 * The module in the middle: a few lines under the GPL that fetch a GPL-only symbol for a
 * proprietary module. Until 2020 that worked, and had a name, "GPL condom". Since then a module has
 * to choose: GPL-only symbols, or symbols of proprietary modules.
 */
#include <linux/module.h>
#include "../basics/exporter.h"
#include "lenders.h"

static int __init prop_shim_init(void)
{
	return exporter_gpl_value() == heir_value() ? 0 : -EINVAL;
}

static void __exit prop_shim_exit(void)
{
}

module_init(prop_shim_init);
module_exit(prop_shim_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Stands between a GPL-only symbol and a proprietary module");
