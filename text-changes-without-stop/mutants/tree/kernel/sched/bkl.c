// SPDX-License-Identifier: GPL-2.0
/*
 * The big kernel lock: a spinlock, and in each thread how often it has taken it.
 *
 * task_struct.lock_depth goes up before the spinlock is taken and down after it has been let go: a thread whose depth
 * is not 0 is not preempted, so nobody is switched away while he holds the lock, but by schedule(), which lets go of
 * it. Hence a spinner never waits for somebody who waits for his CPU.
 *
 * The lock-order check does not know this lock. It comes back inside schedule(), with any mutex held, and its waiters
 * still make progress, because whoever waits for such a mutex does not hold it.
 */
#include "sched.h"

#include <linux/bug.h>
#include <linux/export.h>
#include <linux/smp_lock.h>
#include <linux/spinlock.h>
#include <stopgap/usecount.h>

static raw_spinlock_t kernel_flag;

void lock_kernel(void)
{
	if (current->lock_depth++ == 0)
		arch_spin_lock(&kernel_flag);
}
EXPORT_SYMBOL(lock_kernel);

void unlock_kernel(void)
{
	if (WARN(!kernel_locked(), "unlock_kernel: %s/%d does not hold it\n", current->comm, current->pid))
		return;
	if (current->lock_depth == 1)
		arch_spin_unlock(&kernel_flag);
	current->lock_depth--;
}
EXPORT_SYMBOL(unlock_kernel);

void abandon_kernel_lock(void)
{
	if (kernel_locked())
		arch_spin_unlock(&kernel_flag);
	current->lock_depth = 0;
}

/* The calling thread is about to leave its CPU, at @pc. */
void release_kernel_lock(const void *pc)
{
	if (likely(!kernel_locked()))
		return;
	usecount_may_sleep((unsigned long)pc);
	arch_spin_unlock(&kernel_flag);
}

/* What might_sleep() says besides what the lock-order check wants to hear. */
void __might_sleep(void)
{
	usecount_may_sleep(_RET_IP_);
}
EXPORT_SYMBOL(__might_sleep);

/* It is back. */
void reacquire_kernel_lock(void)
{
	if (unlikely(kernel_locked()))
		arch_spin_lock(&kernel_flag);
}
