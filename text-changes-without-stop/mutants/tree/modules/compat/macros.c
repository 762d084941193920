// SPDX-License-Identifier: GPL-2.0
/* The init and exit macros, data that goes when init is done, and the licence. */
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>

static int answer __initdata = 42;
static const char greeting[] __initconst = "the answer is";

static int __init macros_init(void)
{
	printk(KERN_INFO "macros: %s %d\n", greeting, answer);
	return 0;
}

static void __exit macros_exit(void)
{
	printk(KERN_INFO "macros: over\n");
}

module_init(macros_init);
module_exit(macros_exit);

MODULE_LICENSE("GPL");
MODULE_AUTHOR("The stopgap authors");
MODULE_DESCRIPTION("Init and exit macros");
MODULE_VERSION("1.0");
