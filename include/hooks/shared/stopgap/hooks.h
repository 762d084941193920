/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the kernel tells whoever runs its logical CPUs: in the explore image each call is a scheduling point
 * (include/stopgap/dispatch.h). Outside an explored run they cost one load and a branch; a busy-waiting CPU
 * always gives way.
 */
#ifndef _STOPGAP_HOOKS_H
#define _STOPGAP_HOOKS_H

struct list_head;
struct load_info;
struct task_struct;

#include <linux/compiler.h>
#include <linux/types.h>
#include <stopgap/hook_calls.h>

/* A module without hooks would be taken for one that shares nothing: its version magic does not match. */
#define VERMAGIC_HOOKS		"explore "

/*
 * Is a schedule being explored? Read by an instruction of our own: a load that GCC sees would itself be announced
 * as an access of the explored code.
 */
static inline bool hook_exploring(void)
{
	unsigned int on;

	__asm__ __volatile__("lwz%U1%X1 %0, %1" : "=r" (on) : "m<>" (hv_exploring));
	return unlikely(on);
}

/* Where the function is that the hook has been inlined into. */
#define __hook_pc() \
	({ unsigned long __pc; __asm__ __volatile__("lnia %0" : "=r" (__pc)); __pc; })

static inline void hook_relax(void)
{
	hv_relax();
}

/* Nothing is done on this CPU until @deadline. Return: whether that has been seen to, for now. */
static inline bool hook_delay(u64 deadline)
{
	hv_delay(deadline);
	return true;
}

static inline void hook_mb(void)
{
	if (hook_exploring())
		hv_mb(__hook_pc());
}

static inline void hook_rmb(void)
{
	if (hook_exploring())
		hv_rmb(__hook_pc());
}

static inline void hook_wmb(void)
{
	if (hook_exploring())
		hv_wmb(__hook_pc());
}

static inline void hook_lock(const volatile void *lock)
{
	if (hook_exploring())
		hv_lock((unsigned long)lock, __hook_pc());
}

static inline void hook_unlock(const volatile void *lock)
{
	if (hook_exploring())
		hv_unlock((unsigned long)lock, __hook_pc());
}

static inline void hook_irq_disable(void)
{
	if (hook_exploring())
		hv_irq_disable(__hook_pc());
}

static inline void hook_irq_enable(void)
{
	if (hook_exploring())
		hv_irq_enable(__hook_pc());
}

/* Memory is about to be changed in a way that is not announced otherwise. */
static inline void hook_note(const volatile void *p, unsigned long n)
{
	if (hook_exploring())
		hv_note((unsigned long)p, n);
}

static inline void hook_read(const volatile void *p, unsigned long n)
{
	if (hook_exploring())
		hv_range((unsigned long)p, n, 0, __hook_pc());
}

static inline void hook_write(const volatile void *p, unsigned long n)
{
	if (hook_exploring())
		hv_range((unsigned long)p, n, 1, __hook_pc());
}

static inline void hook_quiet_begin(void)
{
	hv_quiet_begin();
}

static inline void hook_quiet_end(void)
{
	hv_quiet_end();
}

/* An allocator's lock is taken, and all that is done under it is one step of the caller's; it is let go. */
static inline void hook_leaf_begin(const volatile void *lock)
{
	if (hook_exploring())
		hv_leaf_begin((unsigned long)lock, __hook_pc());
}

static inline void hook_leaf_end(void)
{
	if (hook_exploring())
		hv_leaf_end();
}

/* Memory is in use from now on; it is not any more. */
static inline void hook_alloc(const void *p, unsigned long n)
{
	if (hook_exploring())
		hv_alloc((unsigned long)p, n, __hook_pc());
}

static inline void hook_free(const void *p, unsigned long n)
{
	if (hook_exploring())
		hv_free((unsigned long)p, n, __hook_pc());
}

/* @entry is about to be put between @prev and @next, neighbours on a list; it is about to be taken off one. */
static inline void hook_list_add(const struct list_head *entry, const struct list_head *prev,
				 const struct list_head *next)
{
	if (hook_exploring())
		hv_list_add(entry, prev, next, __hook_pc());
}

static inline void hook_list_del(const struct list_head *entry)
{
	if (hook_exploring())
		hv_list_del(entry, __hook_pc());
}

/* The sections of a module have come to where they stay. */
static inline void hook_module_laid_out(const struct load_info *info)
{
	hv_module_laid_out(info);
}

/* @next is about to be switched to. */
static inline void hook_switch_to(const struct task_struct *next)
{
	if (hook_exploring())
		hv_switch_to(next);
}

#endif
