/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Spinlocks. Holding one disables preemption on this CPU; a lock that an interrupt also takes is
 * taken with the _irq or _irqsave form. raw_spinlock_t and spinlock_t behave alike.
 */
#ifndef _LINUX_SPINLOCK_H
#define _LINUX_SPINLOCK_H

#include <asm/spinlock.h>
#include <linux/irqflags.h>
#include <linux/preempt.h>
#include <stopgap/lockdep.h>

#define raw_spin_lock_init(lock)	do { (lock)->owner = 0; lockdep_init(lock); } while (0)
#define raw_spin_is_locked(lock)	arch_spin_is_locked(lock)

static inline void raw_spin_lock(raw_spinlock_t *lock)
{
	preempt_disable();
	lockdep_acquire(lock);
	arch_spin_lock(lock);
}

static inline void raw_spin_unlock(raw_spinlock_t *lock)
{
	lockdep_release(lock);
	arch_spin_unlock(lock);
	preempt_enable();
}

static inline bool raw_spin_trylock(raw_spinlock_t *lock)
{
	preempt_disable();
	if (arch_spin_trylock(lock)) {
		lockdep_trylock(lock);
		return true;
	}
	preempt_enable();
	return false;
}

static inline void raw_spin_lock_irq(raw_spinlock_t *lock)
{
	local_irq_disable();
	raw_spin_lock(lock);
}

/* Preemption comes on last, so that a switch it causes is not made with interrupts off. */
static inline void raw_spin_unlock_irq(raw_spinlock_t *lock)
{
	lockdep_release(lock);
	arch_spin_unlock(lock);
	local_irq_enable();
	preempt_enable();
}

static inline unsigned long __raw_spin_lock_irqsave(raw_spinlock_t *lock)
{
	unsigned long flags;

	local_irq_save(flags);
	raw_spin_lock(lock);
	return flags;
}

#define raw_spin_lock_irqsave(lock, flags) \
	do { (flags) = __raw_spin_lock_irqsave(lock); } while (0)

static inline void raw_spin_unlock_irqrestore(raw_spinlock_t *lock, unsigned long flags)
{
	lockdep_release(lock);
	arch_spin_unlock(lock);
	local_irq_restore(flags);
	preempt_enable();
}

static inline bool __raw_spin_trylock_irqsave(raw_spinlock_t *lock, unsigned long *flags)
{
	local_irq_save(*flags);
	if (raw_spin_trylock(lock))
		return true;
	local_irq_restore(*flags);
	return false;
}

#define raw_spin_trylock_irqsave(lock, flags)	__raw_spin_trylock_irqsave(lock, &(flags))

#define spin_lock_init(lock)			raw_spin_lock_init(&(lock)->rlock)
#define spin_is_locked(lock)			raw_spin_is_locked(&(lock)->rlock)
#define spin_lock(lock)				raw_spin_lock(&(lock)->rlock)
#define spin_unlock(lock)			raw_spin_unlock(&(lock)->rlock)
#define spin_trylock(lock)			raw_spin_trylock(&(lock)->rlock)
#define spin_lock_irq(lock)			raw_spin_lock_irq(&(lock)->rlock)
#define spin_unlock_irq(lock)			raw_spin_unlock_irq(&(lock)->rlock)
#define spin_lock_irqsave(lock, flags)		raw_spin_lock_irqsave(&(lock)->rlock, flags)
#define spin_trylock_irqsave(lock, flags)	raw_spin_trylock_irqsave(&(lock)->rlock, flags)
#define spin_unlock_irqrestore(lock, flags)	raw_spin_unlock_irqrestore(&(lock)->rlock, flags)
#define spin_lock_bh(lock)			spin_lock(lock)
#define spin_unlock_bh(lock)			spin_unlock(lock)
#define spin_lock_nested(lock, subclass)	spin_lock(lock)
#define assert_spin_locked(lock)		WARN_ON(!spin_is_locked(lock))

#include <linux/rwlock.h>

#endif
