// SPDX-License-Identifier: GPL-2.0
/*
 * What explored code announces: each access, lock, barrier and interrupt. Most accesses are nobody else's business, and
 * these have a short way through here: noted, counted, found to be known, checked against freed memory.
 */
#include <linux/export.h>
#include <stopgap/trace.h>

#include "access.h"

static void announce_kind(enum point_kind kind, unsigned long addr, u64 value, unsigned long pc)
{
	struct sched_point p = { .kind = kind, .addr = addr, .size = addr ? 4 : 0, .write = addr, .pc = pc,
				 .value = value };

	if (hv_exploring & HV_POINTS && !this_lcpu()->quiet)
		point_announce(&p);
}

/* A point that nobody can tell from its neighbours: no store to drain, no interrupt to take. */
static void pass(enum point_kind kind, unsigned long pc)
{
	struct sched_point p = { .kind = kind, .pc = pc };

	if (this_lcpu()->quiet)
		return;
	if (hv_exploring & HV_BRIEF)
		point_count(kind, local_paca->cpu, pc);
	else
		point_pass(&p);
}

static void announce_barrier(enum model_barrier kind, unsigned long pc)
{
	if (!(hv_exploring & HV_POINTS))
		return;
	if (!oracle_delays())
		pass(POINT_BARRIER, pc);
	else
		announce_kind(POINT_BARRIER, 0, 0, pc);
	if (oracle_orders())
		point_visible(oracle_barrier(kind));
}

/*
 * Make the stores of this CPU visible, if there are any after a scheduling point at which they are not: that an
 * access to the lock or the atomic is nobody else's business does not say that they are.
 */
void point_drain(unsigned int kind, unsigned long pc)
{
	if (!oracle_orders())
		return;
	if (oracle_delays())
		announce_kind(POINT_BARRIER, 0, 0, pc);
	point_visible(oracle_barrier(kind));
}

/* An access that others may tell, or that somebody watches. */
void hv_access_at_length(unsigned long addr, unsigned int size, unsigned int how, unsigned long pc)
{
	struct sched_point p = {
		.kind = how & ACCESS_ATOMIC ? POINT_ATOMIC : POINT_ACCESS,
		.addr = addr,
		.size = size,
		.write = how & ACCESS_WRITE,
		.pc = pc,
	};

	point_announce(&p);
	stale_run(pc);
	stale_look(current, addr, size);
	if (how & ACCESS_WRITE)
		point_written(addr, size);
	if (hv_exploring & HV_BRIEF && (addr & 7) + size <= 8 && shadow_is_clean(addr))
		return;
	if (how & ACCESS_ATOMIC)
		point_drain(MODEL_ATOMIC, pc);
	oracle_access(addr, size, how, pc);
}

void hv_access_private(unsigned long addr, unsigned int size, unsigned int how)
{
	if (in_paca(addr) || !(hv_exploring & HV_POINTS))
		return;
	watch(this_lcpu(), addr, how);
	if (how & ACCESS_WRITE)
		point_written(addr, size);
}

void hv_access_new(unsigned long addr, unsigned int size, unsigned int how, unsigned long pc)
{
	__rollback_note(addr, size);
	access_shared(addr, size, how, pc);
}

void hv_range(unsigned long addr, unsigned long size, int write, unsigned long pc)
{
	access(addr, (unsigned int)size, write ? ACCESS_WRITE : 0, pc);
}
EXPORT_SYMBOL(hv_range);

void hv_note(unsigned long addr, unsigned long size)
{
	if (!is_private(addr))
		rollback_note(addr, size);
}
EXPORT_SYMBOL(hv_note);

/* Whoever gets the memory has it for himself. */
void hv_alloc(unsigned long addr, unsigned long size, unsigned long pc)
{
	if (hv_exploring & HV_POINTS)
		oracle_alloc(addr, size);
}
EXPORT_SYMBOL(hv_alloc);

/* To anybody who still looks at it, freeing memory is writing to all of it; its contents stay, though. */
void hv_free(unsigned long addr, unsigned long size, unsigned long pc)
{
	struct sched_point p = {
		.kind = POINT_ACCESS, .addr = addr, .size = (unsigned int)size, .write = true, .pc = pc,
	};

	if (!(hv_exploring & HV_POINTS))
		return;
	if (!this_lcpu()->quiet && !is_private(addr)) {
		point_announce(&p);
		point_visible(oracle_barrier(MODEL_MB));
		oracle_free(addr, size, pc);
	}
	trace_event(exploration.steps, local_paca->cpu, TRACE_FREE, addr, (unsigned int)size, 0, pc);
}
EXPORT_SYMBOL(hv_free);

void hv_mb(unsigned long pc)
{
	announce_barrier(MODEL_MB, pc);
}
EXPORT_SYMBOL(hv_mb);

void hv_wmb(unsigned long pc)
{
	announce_barrier(MODEL_WMB, pc);
}
EXPORT_SYMBOL(hv_wmb);

void hv_rmb(unsigned long pc)
{
}
EXPORT_SYMBOL(hv_rmb);

void hv_lock(unsigned long lock, unsigned long pc)
{
	rollback_note(lock, sizeof(u32));
	announce_kind(POINT_LOCK, lock, 0, pc);
}
EXPORT_SYMBOL(hv_lock);

void hv_unlock(unsigned long lock, unsigned long pc)
{
	rollback_note(lock, sizeof(u32));
	if (!(hv_exploring & HV_POINTS))
		return;
	announce_kind(POINT_UNLOCK, lock, 0, pc);
	point_drain(MODEL_UNLOCK, pc);
	point_written(lock, sizeof(u32));
}
EXPORT_SYMBOL(hv_unlock);

/* Turning interrupts off concerns nobody else; turning them on lets in what is pending. */
void hv_irq_disable(unsigned long pc)
{
}
EXPORT_SYMBOL(hv_irq_disable);

void hv_irq_enable(unsigned long pc)
{
	if (!(hv_exploring & HV_POINTS) || !local_paca->irq_soft_mask)
		return;
	if (local_paca->irq_pending)
		announce_kind(POINT_IRQ_ON, 0, 0, pc);
	else
		pass(POINT_IRQ_ON, pc);
}
EXPORT_SYMBOL(hv_irq_enable);

void lcpu_announce_ipi(unsigned int cpu)
{
	if (!(hv_exploring & HV_POINTS))
		return;
	announce_kind(POINT_IPI, 0, cpu, (unsigned long)__builtin_return_address(0));
	point_visible(oracle_barrier(MODEL_MB));
	oracle_ipi_send(cpu);
}

/* A thread is about to be switched to. The first time, its stack is as it was when all runs began. */
void hv_switch_to(const struct task_struct *next)
{
	stale_look(next, next->ksp, next->stack_hi - next->ksp);
	director_note_task(next, next->ksp);
}

void hv_quiet_begin(void)
{
	this_lcpu()->quiet++;
}
EXPORT_SYMBOL(hv_quiet_begin);

void hv_quiet_end(void)
{
	this_lcpu()->quiet--;
}
EXPORT_SYMBOL(hv_quiet_end);

/* What was stored before is visible by the time the lock is free again. */
void hv_leaf_begin(unsigned long lock, unsigned long pc)
{
	announce_kind(POINT_LOCK, lock, 0, pc);
	if (!this_lcpu()->quiet)
		point_drain(MODEL_UNLOCK, pc);
	this_lcpu()->quiet++;
}
EXPORT_SYMBOL(hv_leaf_begin);

void hv_leaf_end(void)
{
	this_lcpu()->quiet--;
}
EXPORT_SYMBOL(hv_leaf_end);
