/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a module of modules/exports/ leaves behind for "race matrix export": whether it reached a
 * function that is none of its business, and by which way. Each has one, called "reach", and does
 * not export it: the kernel may look wherever it likes.
 */
#ifndef _STOPGAP_REACH_H
#define _STOPGAP_REACH_H

#include <linux/types.h>

/* A function of the scheduler, and exported to nobody. */
#define REACH_TARGET	"task_runtime_ns"

/**
 * struct reach - how a module got to REACH_TARGET
 * @way: by which way; empty if it did not
 * @addr: of the function
 * @answer: what the function said when it was called
 * @calls: of exported functions, until the address was known
 * @ns: how long that took
 */
struct reach {
	char way[32];
	unsigned long addr;
	u64 answer;
	unsigned long calls;
	u64 ns;
};

#endif
