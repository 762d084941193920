// SPDX-License-Identifier: GPL-2.0
/* The smallest module that says something. */
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>

static int __init hello_init(void)
{
	pr_info("hello: Hello, world\n");
	return 0;
}

static void __exit hello_exit(void)
{
	pr_info("hello: Goodbye, world\n");
}

module_init(hello_init);
module_exit(hello_exit);

MODULE_LICENSE("GPL");
MODULE_AUTHOR("The stopgap authors");
MODULE_DESCRIPTION("Says hello and goodbye");
