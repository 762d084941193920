// SPDX-License-Identifier: GPL-2.0
/* A module of two files, its functions by their well-known names: this one has the beginning. */
#include <linux/kernel.h>
#include <linux/module.h>

int init_module(void)
{
	pr_info("startstop: started\n");
	return 0;
}

MODULE_LICENSE("GPL");
