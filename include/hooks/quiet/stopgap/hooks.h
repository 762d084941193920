/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The hooks of the explore image for code that is not explored itself: the console, the trap handlers, the
 * shell. It runs without a scheduling point of its own, but where it waits it gives way, and what it changes is
 * undone with the rest.
 */
#ifndef _STOPGAP_HOOKS_H
#define _STOPGAP_HOOKS_H

struct pt_regs;
struct list_head;
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
}

static inline void hook_rmb(void)
{
}

static inline void hook_wmb(void)
{
}

static inline void hook_lock(const volatile void *lock)
{
}

static inline void hook_unlock(const volatile void *lock)
{
}

static inline void hook_irq_disable(void)
{
}

static inline void hook_irq_enable(void)
{
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
		hv_touch((unsigned long)p);
}

static inline void hook_write(const volatile void *p, unsigned long n)
{
	hook_note(p, n);
}

/* What is called between the two has no scheduling points either. */
static inline void hook_quiet_begin(void)
{
	hv_quiet_begin();
}

/* Nobody handles a fault. In an explored run that is the run's end, and this does not return. */
static inline void hook_die(const struct pt_regs *regs)
{
	hv_die(regs);
}

static inline void hook_quiet_end(void)
{
	hv_quiet_end();
}

/* An allocator's lock is taken, and all that is done under it is one step of the caller's; it is let go. */
static inline void hook_leaf_begin(const volatile void *lock)
{
}

static inline void hook_leaf_end(void)
{
}

/* Memory is in use from now on; it is not any more. */
static inline void hook_alloc(const void *p, unsigned long n)
{
}

static inline void hook_free(const void *p, unsigned long n)
{
}

/* @entry is about to be put between @prev and @next, neighbours on a list; it is about to be taken off one. */
static inline void hook_list_add(const struct list_head *entry, const struct list_head *prev,
				 const struct list_head *next)
{
}

static inline void hook_list_del(const struct list_head *entry)
{
}

/* @next is about to be switched to. */
static inline void hook_switch_to(const struct task_struct *next)
{
}

/* The page at @addr is about to be mapped, or to get another protection; it is not mapped any more. */
static inline void hook_map(unsigned long addr)
{
	if (hook_exploring())
		hv_map(addr);
}

static inline void hook_unmap(unsigned long addr, bool code)
{
	if (hook_exploring())
		hv_unmap(addr, code);
}

/* Translations of [@start, @end) are to be forgotten. Return: whether somebody else will see to it. */
static inline bool hook_shootdown(unsigned long start, unsigned long end)
{
	return hook_exploring() && hv_shootdown(start, end);
}

/* Text is about to be formatted, from pointers that nobody announces. */
static inline void hook_text(void)
{
	if (hook_exploring())
		hv_text();
}

#endif
