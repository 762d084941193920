/* SPDX-License-Identifier: GPL-2.0 */
/* The context switch (arch/powerpc/switch.S) and the first frame of a new thread. */
#ifndef _ASM_SWITCH_TO_H
#define _ASM_SWITCH_TO_H

struct task_struct;

/*
 * Save @prev's non-volatile registers on its stack, continue @next where it was saved, and make it
 * the paca's current thread. Return: in @next, the thread that ran before it on this CPU. Context:
 * soft mask set, run queue locked.
 */
struct task_struct *__switch_to(struct task_struct *prev, struct task_struct *next);

/*
 * Lay out @p's stack so that __switch_to() to it runs fn(arg), then do_exit() with what fn
 * returned.
 */
void setup_thread_stack(struct task_struct *p, int (*fn)(void *), void *arg);

#endif
