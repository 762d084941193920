/* SPDX-License-Identifier: GPL-2.0 */
/* Counting semaphores: down() sleeps while the count is 0, up() is for anybody. */
#ifndef _LINUX_SEMAPHORE_H
#define _LINUX_SEMAPHORE_H

#include <linux/wait.h>

struct semaphore {
	unsigned int count;		/* under wait.lock */
	struct wait_queue_head wait;
};

#define __SEMAPHORE_INITIALIZER(name, n) \
	{ .count = (n), .wait = __WAIT_QUEUE_HEAD_INITIALIZER((name).wait) }

/* Linux has had DEFINE_SEMAPHORE(name), a mutex, and since 6.4 DEFINE_SEMAPHORE(name, count). */
#define __DEFINE_SEMAPHORE(name, n, ...) \
	struct semaphore name = __SEMAPHORE_INITIALIZER(name, n)
#define DEFINE_SEMAPHORE(name, ...)	__DEFINE_SEMAPHORE(name, ##__VA_ARGS__, 1)
#define DECLARE_MUTEX(name)		DEFINE_SEMAPHORE(name)

static inline void sema_init(struct semaphore *sem, int val)
{
	sem->count = val;
	init_waitqueue_head(&sem->wait);
}

#define init_MUTEX(sem)		sema_init(sem, 1)
#define init_MUTEX_LOCKED(sem)	sema_init(sem, 0)

void down(struct semaphore *sem);
int __must_check down_interruptible(struct semaphore *sem);
int __must_check down_killable(struct semaphore *sem);
int __must_check down_trylock(struct semaphore *sem);
int __must_check down_timeout(struct semaphore *sem, long timeout);
void up(struct semaphore *sem);

#endif
