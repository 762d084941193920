/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A thread's part in the transition of a live patch: task_struct.patch_state says which functions it calls, and
 * patch_pending that it has yet to be switched from the old ones to the new, or back (kernel/livepatch/transition.c).
 */
#ifndef _LINUX_LIVEPATCH_SCHED_H
#define _LINUX_LIVEPATCH_SCHED_H

#include <linux/compiler.h>
#include <linux/sched.h>

/* task_struct.patch_state, and what all threads are to come to. */
#define KLP_UNDEFINED	0	/* no transition */
#define KLP_UNPATCHED	1
#define KLP_PATCHED	2

/*
 * Switch @task, which is the caller, or is not to run before this returns. Only where nothing that may be patched is
 * on its stack. Context: any.
 */
void klp_update_patch_state(struct task_struct *task);

void __klp_sched_try_switch(void);

/*
 * A place where the caller can be switched if it is not in a function that is patched: kernel threads have no way out
 * to user space, where Linux does it. cond_resched() and kthread_should_stop() are such places. Context: thread.
 */
static inline void klp_sched_try_switch(void)
{
	if (unlikely(READ_ONCE(current->patch_pending)))
		__klp_sched_try_switch();
}

#endif
