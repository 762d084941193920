/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Making allocations fail on purpose. A thread asks for the n-th allocation it makes from now on to
 * fail, as a test does in Linux through /proc/self/fail-nth: counting n up from 1 until what is
 * tested succeeds takes it through each of its ways to run out of memory, the same ones each time.
 */
#ifndef _LINUX_FAULT_INJECT_H
#define _LINUX_FAULT_INJECT_H

#include <linux/compiler.h>
#include <linux/types.h>

struct task_struct;

/* Whose allocations are counted; NULL: nobody's. */
extern struct task_struct *fail_nth_task;

void fail_nth_start(unsigned int nth);
bool fail_nth_end(void);
bool fail_nth_hit(void);

/* Whether the allocation that is about to be made is to fail. Context: any. */
static inline bool should_fail_alloc(void)
{
	return unlikely(READ_ONCE(fail_nth_task)) && fail_nth_hit();
}

#endif
