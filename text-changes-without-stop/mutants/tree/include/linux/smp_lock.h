/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The big kernel lock, as Linux had it until 2.6.39: one spinlock for whatever has no lock of its own. It differs
 * from every other lock in two ways. Whoever holds it may take it again. And it does not survive sleep: schedule()
 * lets go of it, and takes it back before the thread goes on. So it protects from others only up to the first thing
 * that may sleep.
 */
#ifndef _LINUX_SMP_LOCK_H
#define _LINUX_SMP_LOCK_H

#include <linux/sched.h>

/**
 * lock_kernel() - take the big kernel lock
 *
 * Context: thread; spins. The holder is not preempted, whatever preempt= says.
 */
void lock_kernel(void);

/* Undo one lock_kernel(). Context: thread that holds it. */
void unlock_kernel(void);

/* Does the calling thread hold it? Context: any. */
static inline bool kernel_locked(void)
{
	return current->lock_depth > 0;
}

/* Around the time that the calling thread does not run, from @pc on: it does not hold the lock meanwhile. */
void release_kernel_lock(const void *pc);
void reacquire_kernel_lock(void);

/* Let go of it for good, however often it was taken: for a thread that was torn out of what it did. */
void abandon_kernel_lock(void);

#endif
