/* SPDX-License-Identifier: GPL-2.0 */
/* What the hooks of the explore image call (kernel/hv/shared/point.c). Context: any, for all of them. */
#ifndef _STOPGAP_HOOK_CALLS_H
#define _STOPGAP_HOOK_CALLS_H

#include <linux/types.h>

struct list_head;
struct load_info;
struct pt_regs;
struct task_struct;

/* Not 0 while a schedule is being explored. */
extern unsigned int hv_exploring;

/* The running CPU busy-waits. */
void hv_relax(void);
/* It does so until @deadline, in ticks of the clock, or a little shorter. */
void hv_delay(u64 deadline);
/* Nobody handles a fault: does not return in an explored run. */
void hv_die(const struct pt_regs *regs);
/* Between the two there are no scheduling points; they nest. */
void hv_quiet_begin(void);
void hv_quiet_end(void);

/*
 * The same for what is done under @lock, a leaf that is nobody else's business: one scheduling point before it, at @pc,
 * however long the way through it is.
 */
void hv_leaf_begin(unsigned long lock, unsigned long pc);
void hv_leaf_end(void);

/* Are these neighbours on a list, and is that on one? */
void hv_list_add(const struct list_head *entry, const struct list_head *prev, const struct list_head *next,
		 unsigned long pc);
void hv_list_del(const struct list_head *entry, unsigned long pc);

/* The sections of a module have come to where they stay. */
void hv_module_laid_out(const struct load_info *info);

/* What is about to happen at @pc. */
void hv_mb(unsigned long pc);
void hv_rmb(unsigned long pc);
void hv_wmb(unsigned long pc);
void hv_lock(unsigned long lock, unsigned long pc);
void hv_unlock(unsigned long lock, unsigned long pc);
void hv_irq_disable(unsigned long pc);
void hv_irq_enable(unsigned long pc);
void hv_alloc(unsigned long addr, unsigned long size, unsigned long pc);
void hv_free(unsigned long addr, unsigned long size, unsigned long pc);
void hv_note(unsigned long addr, unsigned long size);
void hv_switch_to(const struct task_struct *next);
/* The page at @addr is about to be mapped, or otherwise than before; it is not mapped any more, and held @code or not. */
void hv_map(unsigned long addr);
void hv_unmap(unsigned long addr, bool code);
/* The translations of [@start, @end) are to be forgotten. Return: whether the vCPU may do so later. */
bool hv_shootdown(unsigned long start, unsigned long end);
/* Memory at @addr is about to be read by quiet code. */
void hv_touch(unsigned long addr);
/* Text is about to be formatted. */
void hv_text(void);
void hv_range(unsigned long addr, unsigned long size, int write, unsigned long pc);

#endif
