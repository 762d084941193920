// SPDX-License-Identifier: GPL-2.0
/*
 * Mutexes. Whoever comes while the mutex is free takes it, even past a waiter that has been woken
 * but does not run yet: that keeps the CPUs busy. A waiter that has lost that way once is handed
 * the mutex the next time, so nobody starves.
 */
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/mutex.h>
#include <linux/sched.h>

/**
 * struct mutex_waiter - one thread that waits, on its stack
 * @list: on mutex.wait_list
 * @task: who waits
 * @lost: it was woken and found the mutex taken again
 */
struct mutex_waiter {
	struct list_head list;
	struct task_struct *task;
	bool lost;
};

/* Wait until the mutex is ours. Called and left with wait_lock held. */
static void mutex_wait(struct mutex *lock)
{
	struct mutex_waiter waiter = { .task = current };
	bool woken = false;

	list_add_tail(&waiter.list, &lock->wait_list);
	current->blocked_on = lock;
	while (lock->owner && lock->owner != current) {
		waiter.lost = woken;
		__set_current_state(TASK_UNINTERRUPTIBLE);
		spin_unlock(&lock->wait_lock);
		schedule();
		spin_lock(&lock->wait_lock);
		woken = true;
	}
	current->blocked_on = NULL;
	list_del(&waiter.list);
}

/**
 * mutex_lock() - take a mutex, asleep until it is free
 * @lock: the mutex; not held by the caller
 *
 * Context: may sleep.
 */
void mutex_lock(struct mutex *lock)
{
	might_sleep();
	lockdep_acquire_mutex(lock);
	spin_lock(&lock->wait_lock);
	if (WARN_ON(lock->owner == current))
		pr_err("mutex_lock: %s/%d already holds %p\n", current->comm, current->pid, lock);
	if (lock->owner)
		mutex_wait(lock);
	lock->owner = current;
	spin_unlock(&lock->wait_lock);
}
EXPORT_SYMBOL(mutex_lock);

/* The same. Return: 0; there are no signals. */
int mutex_lock_interruptible(struct mutex *lock)
{
	mutex_lock(lock);
	return 0;
}
EXPORT_SYMBOL(mutex_lock_interruptible);

/**
 * mutex_trylock() - take a mutex if it is free
 * @lock: the mutex
 *
 * Context: thread. Return: 1 if taken, 0 if somebody holds it.
 */
int mutex_trylock(struct mutex *lock)
{
	int taken;

	spin_lock(&lock->wait_lock);
	taken = lock->owner == NULL;
	if (taken)
		lock->owner = current;
	spin_unlock(&lock->wait_lock);
	if (taken)
		lockdep_trylock_mutex(lock);
	return taken;
}
EXPORT_SYMBOL(mutex_trylock);

/**
 * mutex_unlock() - let a mutex go
 * @lock: the mutex; anybody but its owner is reported and changes nothing
 *
 * Context: thread.
 */
void mutex_unlock(struct mutex *lock)
{
	struct mutex_waiter *first;

	lockdep_release_mutex(lock);
	spin_lock(&lock->wait_lock);
	if (WARN(lock->owner != current, "mutex_unlock: %s/%d does not hold %p\n", current->comm,
		 current->pid, lock))
		goto out_unlock;
	first = list_first_entry_or_null(&lock->wait_list, struct mutex_waiter, list);
	lock->owner = first && first->lost ? first->task : NULL;
	if (first)
		wake_up_process(first->task);
out_unlock:
	spin_unlock(&lock->wait_lock);
}
EXPORT_SYMBOL(mutex_unlock);
