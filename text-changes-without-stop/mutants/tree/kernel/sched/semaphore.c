// SPDX-License-Identifier: GPL-2.0
/* Counting semaphores. All waiters wake when the count rises, and the first to look takes it. */
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/sched.h>
#include <linux/semaphore.h>

/* Take one from the count. Return: 0, or 1 if it was 0. Context: any. */
int down_trylock(struct semaphore *sem)
{
	unsigned long flags;
	int failed;

	spin_lock_irqsave(&sem->wait.lock, flags);
	failed = sem->count == 0;
	if (!failed)
		sem->count--;
	spin_unlock_irqrestore(&sem->wait.lock, flags);
	return failed;
}
EXPORT_SYMBOL(down_trylock);

/* Wait until the count is not 0, and take one from it. Context: may sleep. */
void down(struct semaphore *sem)
{
	wait_event(sem->wait, !down_trylock(sem));
}
EXPORT_SYMBOL(down);

/* The same, shown as S and not D. Return: 0; there are no signals. */
int down_interruptible(struct semaphore *sem)
{
	return wait_event_interruptible(sem->wait, !down_trylock(sem));
}
EXPORT_SYMBOL(down_interruptible);

int down_killable(struct semaphore *sem)
{
	return down_interruptible(sem);
}
EXPORT_SYMBOL(down_killable);

/* The same, for at most @timeout jiffies. Return: 0 or -ETIME. */
int down_timeout(struct semaphore *sem, long timeout)
{
	return wait_event_timeout(sem->wait, !down_trylock(sem), timeout) ? 0 : -ETIME;
}
EXPORT_SYMBOL(down_timeout);

/* Add one to the count, and let a waiter have it. Context: any. */
void up(struct semaphore *sem)
{
	unsigned long flags;

	spin_lock_irqsave(&sem->wait.lock, flags);
	sem->count++;
	__wake_up_locked(&sem->wait, TASK_NORMAL, 0);
	spin_unlock_irqrestore(&sem->wait.lock, flags);
}
EXPORT_SYMBOL(up);
