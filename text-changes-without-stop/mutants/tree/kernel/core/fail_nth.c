// SPDX-License-Identifier: GPL-2.0
/* Which allocation fails: see linux/fault-inject.h. One thread at a time. */
#include <linux/fault-inject.h>
#include <linux/sched.h>

struct task_struct *fail_nth_task;
static unsigned int to_go;	/* allocations up to and with the one that fails; 0: it has */

/**
 * fail_nth_start() - let the calling thread's @nth allocation from now on fail
 * @nth: from 1
 *
 * Counted are calls of kmalloc(), of the page allocator, and for addresses of the vmap window.
 * Context: thread; ends with fail_nth_end(), called by the same thread.
 */
void fail_nth_start(unsigned int nth)
{
	to_go = nth;
	WRITE_ONCE(fail_nth_task, current);
}

/**
 * fail_nth_end() - let nothing fail any more
 *
 * Context: thread. Return: whether an allocation has failed since fail_nth_start().
 */
bool fail_nth_end(void)
{
	WRITE_ONCE(fail_nth_task, NULL);
	return !to_go;
}

/* The calling thread, if it is the one, makes an allocation. Return: whether that is to fail. */
bool fail_nth_hit(void)
{
	return current == fail_nth_task && to_go && !--to_go;
}
