/* SPDX-License-Identifier: GPL-2.0 */
/* Sleeping locks that several readers, or one writer, may hold. */
#ifndef _LINUX_RWSEM_H
#define _LINUX_RWSEM_H

#include <linux/wait.h>

/**
 * struct rw_semaphore - the lock
 * @count: readers inside, -1 for a writer
 * @writers: writers waiting: while there are any, no more readers come in
 * @wait: who waits; its lock protects the other two
 */
struct rw_semaphore {
	int count;
	unsigned int writers;
	struct wait_queue_head wait;
};

#define __RWSEM_INITIALIZER(name)	{ .wait = __WAIT_QUEUE_HEAD_INITIALIZER((name).wait) }
#define DECLARE_RWSEM(name)		struct rw_semaphore name = __RWSEM_INITIALIZER(name)

static inline void init_rwsem(struct rw_semaphore *sem)
{
	sem->count = 0;
	sem->writers = 0;
	init_waitqueue_head(&sem->wait);
}

static inline int rwsem_is_locked(struct rw_semaphore *sem)
{
	return READ_ONCE(sem->count) != 0;
}

void down_read(struct rw_semaphore *sem);
int down_read_trylock(struct rw_semaphore *sem);
void up_read(struct rw_semaphore *sem);
void down_write(struct rw_semaphore *sem);
int down_write_trylock(struct rw_semaphore *sem);
void up_write(struct rw_semaphore *sem);
void downgrade_write(struct rw_semaphore *sem);

#endif
