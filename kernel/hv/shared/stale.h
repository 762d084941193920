/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Translations that nobody should use any more, and that the vCPU may still have cached. To make it forget any of
 * them is to make it forget all, and how the code it has translated hangs together: that costs as much as two hundred
 * steps of a run. So in an explored run a shootdown is put off if the shadow knows all that memory as freed, and made
 * good before anybody could notice:
 *
 *	an announced access has been found to be wrong, and is about to fault
 *	code that is not explored is about to touch the memory, or text is formatted, from whatever pointers
 *	somebody has got hold of an address in code that was there: has read it, or has it on the stack
 *	code that was there accesses anything: whoever unmapped it has jumped into it
 *	something else is mapped at the same addresses
 *
 * In most runs that are right nothing of this happens: the run ends, and what was mapped is mapped again. What is missed
 * is a thread that jumps into code which it has unmapped itself, and that accesses nothing but its stack.
 */
#ifndef _HV_SHARED_STALE_H
#define _HV_SHARED_STALE_H

#include <linux/compiler.h>
#include <linux/types.h>

struct task_struct;

/**
 * struct stale - what has been unmapped, and not been forgotten
 * @start: the first address; 0 = nothing
 * @end: past the last; there may be other memory in between
 * @code_start: of what was unmapped since the last time, the code; the same for @code_end
 * @by: who unmapped it last
 * @mapped: this run has mapped something, which will be unmapped when it is undone
 */
struct stale {
	unsigned long start, end;
	unsigned long code_start, code_end;
	const struct task_struct *by;
	bool mapped;
};

extern struct stale stale;

/* The parts of the functions below that are not inline. */
void __stale_forget(void);
void __stale_look(unsigned long addr, unsigned long size);

static inline bool stale_any(void)
{
	return unlikely(stale.start);
}

/* Make good what was put off. */
static inline void stale_forget(void)
{
	if (stale_any())
		__stale_forget();
}

/* Memory at @addr is about to be touched by somebody whose accesses are not checked. */
static inline void stale_touch(unsigned long addr)
{
	if (unlikely(addr - stale.start < stale.end - stale.start))
		__stale_forget();
}

/* What [@addr, @addr + @size) holds is about to be known to @who. Less than 8 bytes hold no address. */
static inline void stale_look(const struct task_struct *who, unsigned long addr, unsigned long size)
{
	if (stale_any() && size >= sizeof(u64) && who != stale.by)
		__stale_look(addr, size);
}

/* Code at @pc is about to access something. */
static inline void stale_run(unsigned long pc)
{
	if (stale_any() && pc - stale.code_start < stale.code_end - stale.code_start)
		__stale_forget();
}

/*
 * A run has been undone, all page table entries are what they were before. Return: whether there may be translations
 * that are not among them.
 */
bool stale_undone(void);

#endif
