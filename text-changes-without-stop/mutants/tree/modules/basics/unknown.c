// SPDX-License-Identifier: GPL-2.0
/* Calls a function that nobody exports: refused by name. */
#include <linux/module.h>

void frobnicate(void);

static int __init unknown_init(void)
{
	frobnicate();
	return 0;
}

static void __exit unknown_exit(void)
{
}

module_init(unknown_init);
module_exit(unknown_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Needs a symbol that does not exist");
