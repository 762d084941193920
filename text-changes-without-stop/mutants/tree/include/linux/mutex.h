/* SPDX-License-Identifier: GPL-2.0 */
/* Sleeping locks. Only the thread that took one may release it. */
#ifndef _LINUX_MUTEX_H
#define _LINUX_MUTEX_H

#include <linux/list.h>
#include <linux/spinlock.h>

/**
 * struct mutex - a lock whose waiters sleep
 * @owner: the thread that holds it, NULL if free; under @wait_lock
 * @wait_lock: protects everything here
 * @wait_list: the waiters, first come first
 */
struct mutex {
	struct task_struct *owner;
	spinlock_t wait_lock;
	struct list_head wait_list;
};

#define __MUTEX_INITIALIZER(name)					\
	{								\
		.wait_lock = __SPIN_LOCK_UNLOCKED((name).wait_lock),	\
		.wait_list = LIST_HEAD_INIT((name).wait_list),		\
	}

#define DEFINE_MUTEX(name)	struct mutex name = __MUTEX_INITIALIZER(name)

static inline void mutex_init(struct mutex *lock)
{
	lock->owner = NULL;
	spin_lock_init(&lock->wait_lock);
	INIT_LIST_HEAD(&lock->wait_list);
	lockdep_init(lock);
}

static inline void mutex_destroy(struct mutex *lock)
{
	(void)lock;
}

static inline bool mutex_is_locked(struct mutex *lock)
{
	return READ_ONCE(lock->owner) != NULL;
}

void mutex_lock(struct mutex *lock);
int mutex_lock_interruptible(struct mutex *lock);
int mutex_trylock(struct mutex *lock);
void mutex_unlock(struct mutex *lock);

#define mutex_lock_killable(lock)		mutex_lock_interruptible(lock)
#define mutex_lock_nested(lock, subclass)	mutex_lock(lock)

#endif
