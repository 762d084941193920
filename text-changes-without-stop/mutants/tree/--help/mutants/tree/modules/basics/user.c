// SPDX-License-Identifier: GPL-2.0
/* Uses exporter.ko: as long as this is loaded, that cannot be removed. */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include "exporter.h"

static int __init user_init(void)
{
	int sum = exporter_add(20, 22);

	pr_info("user: 20 + 22 = %d, after %d calls\n", sum, exporter_calls);
	return sum == exporter_gpl_value() ? 0 : -EIO;
}

static void __exit user_exit(void)
{
}

module_init(user_init);
module_exit(user_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Uses the symbols of exporter.ko");
