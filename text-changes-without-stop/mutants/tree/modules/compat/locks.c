// SPDX-License-Identifier: GPL-2.0
/* Threads that count together, once under each kind of lock. */
#include <linux/atomic.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/rwlock.h>
#include <linux/semaphore.h>
#include <linux/spinlock.h>

#define THREADS	4
#define ROUNDS	200

static DEFINE_MUTEX(mutex);
static DEFINE_SPINLOCK(spinlock);
static DEFINE_RWLOCK(rwlock);
static struct semaphore sem;
static atomic_t finished = ATOMIC_INIT(0);
static DECLARE_WAIT_QUEUE_HEAD(all_finished);
static int by_mutex, by_spinlock, by_rwlock, by_sem;

static int count(void *data)
{
	unsigned long flags;
	int i;

	for (i = 0; i < ROUNDS; i++) {
		mutex_lock(&mutex);
		by_mutex++;
		mutex_unlock(&mutex);
		spin_lock_irqsave(&spinlock, flags);
		by_spinlock++;
		spin_unlock_irqrestore(&spinlock, flags);
		write_lock(&rwlock);
		by_rwlock++;
		write_unlock(&rwlock);
		if (down_interruptible(&sem))
			break;
		by_sem++;
		up(&sem);
	}
	atomic_inc(&finished);
	wake_up(&all_finished);
	while (!kthread_should_stop()) {
		set_current_state(TASK_INTERRUPTIBLE);
		if (!kthread_should_stop())
			schedule();
		__set_current_state(TASK_RUNNING);
	}
	return 0;
}

static struct task_struct *threads[THREADS];

static int __init locks_init(void)
{
	int i;

	sema_init(&sem, 1);
	for (i = 0; i < THREADS; i++) {
		threads[i] = kthread_run(count, NULL, "counter%d", i);
		if (IS_ERR(threads[i]))
			goto out_stop;
	}
	wait_event(all_finished, atomic_read(&finished) == THREADS);
	read_lock(&rwlock);
	pr_info("locks: %d %d %d %d\n", by_mutex, by_spinlock, by_rwlock, by_sem);
	read_unlock(&rwlock);
	return 0;

out_stop:
	while (i-- > 0)
		kthread_stop(threads[i]);
	return -ENOMEM;
}

static void __exit locks_exit(void)
{
	int i;

	for (i = 0; i < THREADS; i++)
		kthread_stop(threads[i]);
}

module_init(locks_init);
module_exit(locks_exit);

MODULE_LICENSE("GPL");
