// SPDX-License-Identifier: GPL-2.0
/*
 * Can a thread be switched to the other set of functions? Not as long as it is in one of those that are replaced, old
 * or new: it would call the other set from there, and take what that returns for what it knows. So its stack is looked
 * at; there is nothing on it that could not be found there, as a thread that does not run is in __switch_to(), and one
 * that asks for itself is in here.
 *
 * Who holds klp_mutex does it for threads that do not run, and for itself. A thread that runs does it for itself,
 * without klp_mutex, with preemption off: while it is pending the transition does not end, and whoever turns it round
 * waits for a grace period after it has taken all marks back (klp_reverse_transition()).
 */
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#include <linux/stacktrace.h>
#include "internal.h"
#include "transition.h"

#define MAX_STACK_ENTRIES	64

/* A return address may be behind the end of a function whose last instruction is a call. */
static bool is_in(unsigned long ip, unsigned long func, unsigned long size)
{
	return ip > func && ip <= func + size;
}

/* Is what @func replaces, or @func, whichever the threads are to leave, at @ip? Return: where it begins, or 0. */
static unsigned long leaves(const struct klp_func *func, unsigned long ip)
{
	unsigned long start, size;

	if (READ_ONCE(klp_target_state) == KLP_UNPATCHED) {
		start = (unsigned long)func->new_func;
		size = func->new_size;
	} else if (!klp_replaced_func(func, &start, &size)) {
		return 0;
	}
	return is_in(ip, start, size) ? start : 0;
}

static unsigned long find_on_stack(const unsigned long *entries, int nr)
{
	const struct klp_object *obj;
	const struct klp_func *func;
	unsigned long found = 0;

	klp_for_each_object(klp_transition_patch, obj)
		klp_for_each_func(obj, func)
			for (int i = 0; i < nr && !found; i++)
				found = leaves(func, entries[i]);
	return found;
}

static int check_stack(struct task_struct *task, struct klp_obstacle *obstacle)
{
	unsigned long entries[MAX_STACK_ENTRIES];
	int nr = stack_trace_save_tsk_reliable(task, entries, MAX_STACK_ENTRIES);

	if (nr < 0)
		return nr == -EBUSY ? nr : -EINVAL;
	obstacle->func = find_on_stack(entries, nr);
	return obstacle->func ? -EADDRINUSE : 0;
}

static int check_and_switch(struct task_struct *task, void *arg)
{
	struct klp_obstacle *obstacle = arg;

	obstacle->err = check_stack(task, obstacle);
	if (!obstacle->err) {
		WRITE_ONCE(task->patch_pending, 0);
		WRITE_ONCE(task->patch_state, klp_target_state);
	}
	return obstacle->err;
}

bool klp_try_switch_task(struct task_struct *task, struct klp_obstacle *obstacle)
{
	if (READ_ONCE(task->patch_state) == klp_target_state)
		return true;
	if (!task_call_func(task, check_and_switch, obstacle))
		return true;
	/* It can do so itself, when it comes to a place for it, or its CPU idles. */
	if (obstacle->err == -EBUSY)
		resched_cpu(task_cpu(task));
	return false;
}

void __klp_sched_try_switch(void)
{
	struct klp_obstacle obstacle;

	preempt_disable();
	if (READ_ONCE(current->patch_pending)) {
		/* Pairs with smp_wmb() in klp_start_transition(): what is pending is the present transition. */
		smp_rmb();
		check_and_switch(current, &obstacle);
	}
	preempt_enable();
}
EXPORT_SYMBOL_GPL(__klp_sched_try_switch);

void klp_update_patch_state(struct task_struct *task)
{
	preempt_disable();
	/* xchg() orders the two, as smp_rmb() does above. */
	if (xchg(&task->patch_pending, 0))
		WRITE_ONCE(task->patch_state, READ_ONCE(klp_target_state));
	preempt_enable();
}
EXPORT_SYMBOL_GPL(klp_update_patch_state);
