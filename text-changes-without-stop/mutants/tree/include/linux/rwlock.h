/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Spinlocks that several readers, or one writer, may hold. Readers may nest, so a waiting writer
 * does not keep new readers out. Included by linux/spinlock.h.
 */
#ifndef _LINUX_RWLOCK_H
#define _LINUX_RWLOCK_H

#include <asm/processor.h>
#include <linux/atomic.h>
#include <linux/irqflags.h>
#include <linux/preempt.h>

typedef struct {
	atomic_t count;		/* readers inside; RWLOCK_WRITER: a writer */
} rwlock_t;

#define RWLOCK_WRITER			(-1)
#define __RW_LOCK_UNLOCKED(name)	{ .count = ATOMIC_INIT(0) }
#define DEFINE_RWLOCK(name)		rwlock_t name = __RW_LOCK_UNLOCKED(name)
#define rwlock_init(lock)		atomic_set(&(lock)->count, 0)

static inline int read_trylock(rwlock_t *lock)
{
	int readers;

	preempt_disable();
	readers = atomic_read(&lock->count);
	while (readers != RWLOCK_WRITER)
		if (atomic_try_cmpxchg(&lock->count, &readers, readers + 1))
			return 1;
	preempt_enable();
	return 0;
}

static inline void read_lock(rwlock_t *lock)
{
	while (!read_trylock(lock))
		cpu_relax();
}

static inline void __read_unlock(rwlock_t *lock)
{
	smp_mb__before_atomic();
	atomic_dec(&lock->count);
}

static inline int write_trylock(rwlock_t *lock)
{
	preempt_disable();
	if (atomic_cmpxchg(&lock->count, 0, RWLOCK_WRITER) == 0)
		return 1;
	preempt_enable();
	return 0;
}

static inline void write_lock(rwlock_t *lock)
{
	while (!write_trylock(lock))
		cpu_relax();
}

static inline void __write_unlock(rwlock_t *lock)
{
	atomic_set_release(&lock->count, 0);
}

static inline void read_unlock(rwlock_t *lock)
{
	__read_unlock(lock);
	preempt_enable();
}

static inline void write_unlock(rwlock_t *lock)
{
	__write_unlock(lock);
	preempt_enable();
}

#define read_lock_irq(lock)	do { local_irq_disable(); read_lock(lock); } while (0)
#define write_lock_irq(lock)	do { local_irq_disable(); write_lock(lock); } while (0)
#define read_lock_irqsave(lock, flags)	do { local_irq_save(flags); read_lock(lock); } while (0)
#define write_lock_irqsave(lock, flags)	do { local_irq_save(flags); write_lock(lock); } while (0)

/* Preemption comes on last, so that a switch it causes is not made with interrupts off. */
#define read_unlock_irq(lock) \
	do { __read_unlock(lock); local_irq_enable(); preempt_enable(); } while (0)
#define write_unlock_irq(lock) \
	do { __write_unlock(lock); local_irq_enable(); preempt_enable(); } while (0)
#define read_unlock_irqrestore(lock, flags) \
	do { __read_unlock(lock); local_irq_restore(flags); preempt_enable(); } while (0)
#define write_unlock_irqrestore(lock, flags) \
	do { __write_unlock(lock); local_irq_restore(flags); preempt_enable(); } while (0)

#define read_lock_bh(lock)	read_lock(lock)
#define read_unlock_bh(lock)	read_unlock(lock)
#define write_lock_bh(lock)	write_lock(lock)
#define write_unlock_bh(lock)	write_unlock(lock)

#endif
