/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The spinlock itself: a word that is 0 when free and the owner's CPU number plus 1 when held, so
 * that a dump of a stuck lock names its holder. Not a ticket lock, on purpose: where vCPUs are
 * stolen or share a host core, a ticket lock makes everybody wait for the one waiter that is not
 * running.
 */
#ifndef _ASM_SPINLOCK_H
#define _ASM_SPINLOCK_H

#include <asm/cmpxchg.h>
#include <asm/current.h>
#include <asm/processor.h>
#include <linux/spinlock_types.h>
#include <stopgap/hooks.h>

static inline bool arch_spin_is_locked(raw_spinlock_t *lock)
{
	return READ_ONCE(lock->owner) != 0;
}

static inline bool arch_spin_trylock(raw_spinlock_t *lock)
{
	return cmpxchg_acquire(&lock->owner, 0, raw_smp_processor_id() + 1) == 0;
}

static inline void arch_spin_lock(raw_spinlock_t *lock)
{
	hook_lock(lock);
	while (unlikely(!arch_spin_trylock(lock))) {
		while (arch_spin_is_locked(lock))
			cpu_relax();
	}
}

static inline void arch_spin_unlock(raw_spinlock_t *lock)
{
	hook_unlock(lock);
	smp_store_release(&lock->owner, 0);
}

#endif
