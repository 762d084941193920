/* SPDX-License-Identifier: GPL-2.0 */
/*
 * An access of explored code. Most are nobody else's business: they are noted, if they change anything; counted; found
 * to be known; and checked against freed memory. That short way is inline, with nothing to keep in registers over a
 * call, as calls are what costs most on this machine.
 */
#ifndef _HV_SHARED_ACCESS_H
#define _HV_SHARED_ACCESS_H

#include <stopgap/trace.h>

#include "../oracle/oracle.h"
#include "rollback.h"
#include "shared.h"
#include "stale.h"

#define ACCESS_WRITE	1u
#define ACCESS_VOLATILE	2u
#define ACCESS_ATOMIC	4u

/* The ways that are not short. */
void hv_access_private(unsigned long addr, unsigned int size, unsigned int how);
void hv_access_new(unsigned long addr, unsigned int size, unsigned int how, unsigned long pc);
void hv_access_at_length(unsigned long addr, unsigned int size, unsigned int how, unsigned long pc);

static inline bool in_paca(unsigned long addr)
{
	return addr - (unsigned long)paca < sizeof(paca);
}

/*
 * Memory that no other CPU looks at, or whose changes nobody waits for but the thread itself. What of it a run may
 * change is noted at its beginning (director.c), or when the thread is switched to.
 */
static inline bool is_private(unsigned long addr)
{
	return in_paca(addr) ||
	       addr - local_paca->stack_lo < local_paca->stack_hi - local_paca->stack_lo ||
	       addr - (unsigned long)&current->preempt_count < 2 * sizeof(int);
}

/* What it reads so is what the CPU may be waiting for, if it waits. */
static __always_inline void watch(struct lcpu *me, unsigned long addr, unsigned int how)
{
	if ((how & (ACCESS_VOLATILE | ACCESS_WRITE)) == ACCESS_VOLATILE)
		me->watched[me->nr_watched++ % LCPU_WATCH] = addr;
}

/* Is all there is to do about the access to count it? */
static __always_inline bool passes(unsigned long addr, unsigned int size, unsigned int how, unsigned int cpu)
{
	return hv_exploring & HV_BRIEF && shadow_is_clean(addr) && !stale_any() &&
	       dispatch_known(exploration.dispatch, cpu, addr, size, how & ACCESS_WRITE, DISPATCH_PASSES) &&
	       exploration.steps < exploration.max_steps;
}

static __always_inline void access_shared(unsigned long addr, unsigned int size, unsigned int how, unsigned long pc)
{
	unsigned int cpu = local_paca->cpu;
	struct lcpu *me = &lcpus[cpu];

	if (unlikely(!(hv_exploring & HV_POINTS)))
		return;
	watch(me, addr, how);
	if (!me->quiet) {
		if (!passes(addr, size, how, cpu)) {
			hv_access_at_length(addr, size, how, pc);
			return;
		}
		point_count(how & ACCESS_ATOMIC ? POINT_ATOMIC : POINT_ACCESS, cpu, pc);
	}
	if (how & ACCESS_WRITE)
		point_written(addr, size);
}

/* A memory access is about to happen, in an explored run. */
static __always_inline void access(unsigned long addr, unsigned int size, unsigned int how, unsigned long pc)
{
	if (!how && this_lcpu()->quiet) {
		stale_touch(addr);
		stale_look(current, addr, size);
		return;
	}
	if (is_private(addr)) {
		if (how)
			hv_access_private(addr, size, how);
	} else if (how & ACCESS_WRITE && !rollback_has_noted(addr, size)) {
		hv_access_new(addr, size, how, pc);
	} else {
		access_shared(addr, size, how, pc);
	}
}

#endif
