// SPDX-License-Identifier: GPL-2.0
/*
 * Reader-writer semaphores. A writer that waits keeps new readers out, so writers get their turn;
 * readers that keep coming cannot be starved by it, because a writer that leaves wakes everybody.
 */
#include <linux/export.h>
#include <linux/rwsem.h>
#include <linux/sched.h>

static bool try_read(struct rw_semaphore *sem, bool past_writers)
{
	bool taken;

	spin_lock(&sem->wait.lock);
	taken = sem->count >= 0 && (past_writers || !sem->writers);
	if (taken)
		sem->count++;
	spin_unlock(&sem->wait.lock);
	return taken;
}

/* @waiter: the caller has been counted in sem->writers. */
static bool try_write(struct rw_semaphore *sem, bool waiter)
{
	bool taken;

	spin_lock(&sem->wait.lock);
	taken = sem->count == 0;
	if (taken) {
		sem->count = -1;
		sem->writers -= waiter;
	}
	spin_unlock(&sem->wait.lock);
	return taken;
}

/* Change the count by @by, and let whoever can go on. */
static void leave(struct rw_semaphore *sem, int by)
{
	spin_lock(&sem->wait.lock);
	sem->count += by;
	__wake_up_locked(&sem->wait, TASK_NORMAL, 0);
	spin_unlock(&sem->wait.lock);
}

/* Come in as a reader. Context: may sleep. */
void down_read(struct rw_semaphore *sem)
{
	wait_event(sem->wait, try_read(sem, false));
}
EXPORT_SYMBOL(down_read);

/* Return: 1 if the caller is in now, else 0. Context: thread. */
int down_read_trylock(struct rw_semaphore *sem)
{
	return try_read(sem, true);
}
EXPORT_SYMBOL(down_read_trylock);

void up_read(struct rw_semaphore *sem)
{
	leave(sem, -1);
}
EXPORT_SYMBOL(up_read);

/* Come in as the writer. Context: may sleep. */
void down_write(struct rw_semaphore *sem)
{
	spin_lock(&sem->wait.lock);
	sem->writers++;
	spin_unlock(&sem->wait.lock);
	wait_event(sem->wait, try_write(sem, true));
}
EXPORT_SYMBOL(down_write);

/* Return: 1 if the caller is in now, else 0. Context: thread. */
int down_write_trylock(struct rw_semaphore *sem)
{
	return try_write(sem, false);
}
EXPORT_SYMBOL(down_write_trylock);

void up_write(struct rw_semaphore *sem)
{
	leave(sem, 1);
}
EXPORT_SYMBOL(up_write);

/* The writer becomes a reader, without anybody else writing in between. */
void downgrade_write(struct rw_semaphore *sem)
{
	leave(sem, 2);
}
EXPORT_SYMBOL(downgrade_write);
