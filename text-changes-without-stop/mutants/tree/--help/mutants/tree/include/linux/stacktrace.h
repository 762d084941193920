/* SPDX-License-Identifier: GPL-2.0 */
/* The call trace of a thread as an array of addresses. */
#ifndef _LINUX_STACKTRACE_H
#define _LINUX_STACKTRACE_H

struct task_struct;

/**
 * stack_trace_save_tsk_reliable() - all functions a thread will return to, or the news that nobody can tell
 * @tsk: a thread that does not run and cannot begin to, as while the machine is stopped; or the caller
 * @store: gets the return addresses, innermost first; where a patched function or a return probe waits, the real ones
 * @size: of @store
 *
 * A thread that was interrupted and preempted may be in the midst of a function that has no frame yet, so it is refused.
 *
 * Context: any. Return: how many addresses were stored; -EBUSY if @tsk runs on another CPU; -EINVAL if the trace cannot
 * be relied on; -ENOSPC if @size is too small.
 */
int stack_trace_save_tsk_reliable(struct task_struct *tsk, unsigned long *store, unsigned int size);

#endif
