// SPDX-License-Identifier: GPL-2.0
/* The end of the module that start.c begins. */
#include <linux/kernel.h>
#include <linux/module.h>

void cleanup_module(void)
{
	pr_info("startstop: stopped\n");
}
