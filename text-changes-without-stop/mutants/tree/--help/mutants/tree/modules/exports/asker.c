// SPDX-License-Identifier: GPL-2.0
/*
 * Lesson: what a lookup by name looks like when it is meant for others. This module uses a function
 * of exporter.ko if that is loaded, and does without it if not; a plain call would have made it
 * impossible to load this one alone. symbol_get() asks by name as kallsyms_lookup_name() does, but
 * only among exports, and it holds the module until symbol_put(). See also "race explore lookup".
 */
#include <linux/kernel.h>
#include <linux/module.h>
#include "../basics/exporter.h"

static int (*value)(void);

static int __init asker_init(void)
{
	value = symbol_get(exporter_gpl_value);
	if (value)
		pr_info("asker: exporter says %d\n", value());
	else
		pr_info("asker: exporter is not there\n");
	return 0;
}

static void __exit asker_exit(void)
{
	if (value)
		symbol_put(exporter_gpl_value);
}

module_init(asker_init);
module_exit(asker_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Uses exporter.ko if it is there");
