/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What locks and sleepers of the explore image tell the lock-order check, kernel/hv/oracle/lockdep.c,
 * from the first lock on, explored run or not.
 */
#ifndef _STOPGAP_LOCKDEP_H
#define _STOPGAP_LOCKDEP_H

#include <linux/types.h>

/*
 * The callee's caller is what a report names. A lock initialised at run time is of the class of all
 * that are initialised there.
 */
void hv_lockdep_init(unsigned long lock);
void hv_lockdep_acquire(unsigned long lock);
void hv_lockdep_acquire_mutex(unsigned long lock);
void hv_lockdep_trylock(unsigned long lock);
void hv_lockdep_trylock_mutex(unsigned long lock);
void hv_lockdep_release(unsigned long lock);
void hv_lockdep_release_mutex(unsigned long lock);
void hv_lockdep_might_sleep(void);

static inline void lockdep_init(const volatile void *lock)
{
	hv_lockdep_init((unsigned long)lock);
}

/* About to wait for a spinlock. */
static inline void lockdep_acquire(const volatile void *lock)
{
	hv_lockdep_acquire((unsigned long)lock);
}

static inline void lockdep_acquire_mutex(const volatile void *lock)
{
	hv_lockdep_acquire_mutex((unsigned long)lock);
}

/* Taken without waiting. */
static inline void lockdep_trylock(const volatile void *lock)
{
	hv_lockdep_trylock((unsigned long)lock);
}

static inline void lockdep_trylock_mutex(const volatile void *lock)
{
	hv_lockdep_trylock_mutex((unsigned long)lock);
}

/* About to let it go. */
static inline void lockdep_release(const volatile void *lock)
{
	hv_lockdep_release((unsigned long)lock);
}

static inline void lockdep_release_mutex(const volatile void *lock)
{
	hv_lockdep_release_mutex((unsigned long)lock);
}

/* The caller may sleep here. */
static inline void lockdep_might_sleep(void)
{
	hv_lockdep_might_sleep();
}

#endif
