/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the modules that go round the exports have in common: they call a function of the scheduler
 * that nobody exports. Which way they find it is what they differ in.
 */
#ifndef _EXPORTS_TARGET_H
#define _EXPORTS_TARGET_H

#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <stopgap/reach.h>

/* As the scheduler declares it, today. Nobody will tell if that changes: that is the point. */
typedef u64 (*target_fn)(struct task_struct *p);

extern struct reach reach;

/* The address is @addr (0: not found), found by @way with @calls calls since @start. Call it. */
static inline int call_target(const char *way, unsigned long addr, unsigned long calls, u64 start)
{
	if (!addr) {
		pr_err(KBUILD_MODNAME ": " REACH_TARGET " is not found by %s\n", way);
		return -ENOENT;
	}
	reach.ns = ktime_get_ns() - start;
	reach.calls = calls;
	reach.addr = addr;
	reach.answer = ((target_fn)addr)(current);
	strscpy(reach.way, way, sizeof(reach.way));
	pr_info(KBUILD_MODNAME ": " REACH_TARGET " is at %lx (%s: %lu calls, %llu us); "
		"%s has run for %llu us\n",
		addr, way, calls, reach.ns / 1000, current->comm, reach.answer / 1000);
	return 0;
}

#endif
