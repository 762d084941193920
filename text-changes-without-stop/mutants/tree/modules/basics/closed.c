// SPDX-License-Identifier: GPL-2.0
/*
 * Not GPL: taints the kernel, and may not use exporter.ko's EXPORT_SYMBOL_GPL() symbol, so it does
 * not load.
 */
#include <linux/module.h>
#include "exporter.h"

static int __init closed_init(void)
{
	return exporter_gpl_value();
}

static void __exit closed_exit(void)
{
}

module_init(closed_init);
module_exit(closed_exit);

MODULE_LICENSE("Proprietary");
MODULE_DESCRIPTION("Wants what only GPL modules may have");
