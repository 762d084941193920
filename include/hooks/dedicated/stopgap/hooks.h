/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the kernel tells whoever runs its logical CPUs: here nothing, because each has a vCPU of its own. The
 * explore image takes include/hooks/shared/ instead; both declare the same functions.
 */
#ifndef _STOPGAP_HOOKS_H
#define _STOPGAP_HOOKS_H

struct pt_regs;
struct list_head;
struct load_info;
struct task_struct;

#include <linux/types.h>

/* What the version magic of a kernel and its modules says of their hooks. */
#define VERMAGIC_HOOKS		""

/* Is a schedule being explored? Not in this image. */
static inline bool hook_exploring(void)
{
	return false;
}

static inline void hook_relax(void)
{
}

/* Nothing is done on this CPU until @deadline. Return: whether that has been seen to, for now. */
static inline bool hook_delay(u64 deadline)
{
	return false;
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
}

static inline void hook_read(const volatile void *p, unsigned long n)
{
}

static inline void hook_write(const volatile void *p, unsigned long n)
{
}

static inline void hook_quiet_begin(void)
{
}

/* Nobody handles a fault. In an explored run that is the run's end, and this does not return. */
static inline void hook_die(const struct pt_regs *regs)
{
}

static inline void hook_quiet_end(void)
{
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

static inline void hook_module_laid_out(const struct load_info *info)
{
}

/* @next is about to be switched to. */
static inline void hook_switch_to(const struct task_struct *next)
{
}

/* The page at @addr is about to be mapped, or to get another protection; it is not mapped any more. */
static inline void hook_map(unsigned long addr)
{
}

static inline void hook_unmap(unsigned long addr, bool code)
{
}

/* Translations of [@start, @end) are to be forgotten. Return: whether somebody else will see to it. */
static inline bool hook_shootdown(unsigned long start, unsigned long end)
{
	return false;
}

/* Text is about to be formatted, from pointers that nobody announces. */
static inline void hook_text(void)
{
}

#endif
