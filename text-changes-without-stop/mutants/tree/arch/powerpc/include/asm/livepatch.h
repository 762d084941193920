/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The livepatch stack: what a call that was sent elsewhere needs to come back.
 *
 * The new function may be in another module than the old one, so its r2 is another; the old function's caller may be
 * in the old one's module and not save r2. So somebody in between must restore it after the new function, and no frame
 * can be put there, because the new function finds its stack arguments in its caller's frame. LR and r2 are
 * therefore kept in a second stack, one for each thread, at the low end of the thread's own: it grows towards it.
 *
 * An interrupt's patched functions use the livepatch stack of the thread that was interrupted, as they use its stack.
 */
#ifndef _ASM_LIVEPATCH_H
#define _ASM_LIVEPATCH_H

/* Bytes that must be free between the two stacks when a patched function is called. */
#define LIVEPATCH_HEADROOM	2048
/* In each entry: it has not been overwritten from the other side. */
#define LIVEPATCH_MAGIC		0x4c505354

#ifndef __ASSEMBLY__
#include <linux/types.h>

struct task_struct;

/**
 * struct livepatch_entry - one patched function that has not returned yet
 * @link: where it will return to
 * @toc: r2 as its caller needs it
 * @sp: r1 as its caller has it
 * @magic: LIVEPATCH_MAGIC
 */
struct livepatch_entry {
	unsigned long link;
	unsigned long toc;
	unsigned long sp;
	unsigned long magic;
};

/**
 * livepatch_real_link() - where a function returns to, if a patched one returns to ftrace_entry.S
 * @task: whose stack it is
 * @sp: r1 of the function's caller
 * @link: what is saved as the return address
 *
 * Context: any; what is read may change unless @task is current or does not run. Return: @link, or what the livepatch
 * stack has in its place.
 */
unsigned long livepatch_real_link(const struct task_struct *task, unsigned long sp, unsigned long link);
/* Whether @ip is where patched functions return to. Context: any. */
bool livepatch_is_return(unsigned long ip);

#endif
#endif
