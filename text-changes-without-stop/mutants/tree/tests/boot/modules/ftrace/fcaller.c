// SPDX-License-Identifier: GPL-2.0
/* Calls another module's functions, and needs its own TOC afterwards. */
#include <linux/module.h>
#include "ftarget.h"

int fcaller_marks[3] = { 1, 2, 3 };

static int __init fcaller_init(void)
{
	int add = ftarget_add(1), mark = fcaller_marks[0];
	int local = ftarget_local(2), mark2 = fcaller_marks[1];
	long sum = ftarget_sum(10, 1l, 2l, 3l, 4l, 5l, 6l, 7l, 8l, 9l, 10l);

	pr_info("fcaller: %d %d %ld marks %d%d%d\n", add, local, sum, mark, mark2, fcaller_marks[2]);
	return 0;
}

static void __exit fcaller_exit(void)
{
}

module_init(fcaller_init);
module_exit(fcaller_exit);
MODULE_LICENSE("GPL");
