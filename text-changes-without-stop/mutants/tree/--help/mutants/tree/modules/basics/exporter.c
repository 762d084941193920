// SPDX-License-Identifier: GPL-2.0
/* Exports two functions, one of them for GPL-compatible modules only, and a variable. */
#include <linux/module.h>
#include "exporter.h"

int exporter_calls;
EXPORT_SYMBOL(exporter_calls);

int exporter_add(int a, int b)
{
	exporter_calls++;
	return a + b;
}
EXPORT_SYMBOL(exporter_add);

int exporter_gpl_value(void)
{
	return 42;
}
EXPORT_SYMBOL_GPL(exporter_gpl_value);

static int __init exporter_init(void)
{
	return 0;
}

static void __exit exporter_exit(void)
{
}

module_init(exporter_init);
module_exit(exporter_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Exports symbols for user.ko");
