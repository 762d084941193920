// SPDX-License-Identifier: GPL-2.0
/*
 * The life of a thread: made, listed, dead, freed.
 *
 * A thread holds a reference to itself until it has been switched away from for the last time;
 * kthread_stop() and lookups by pid hold others. The last one to go frees the stack and the
 * task_struct.
 */
#include "sched.h"

#include <asm/processor.h>
#include <asm/switch_to.h>
#include <linux/atomic.h>
#include <linux/export.h>
#include <linux/kprobes.h>
#include <linux/ktime.h>
#include <linux/panic.h>
#include <linux/slab.h>
#include <linux/smp_lock.h>
#include <linux/string.h>
#include <stopgap/vmap.h>

struct task_struct init_task = {
	.preempt_count = PREEMPT_OFFSET,
	.sched_class = SCHED_CLASS_IDLE,
	.bound = 1,
	.on_rq = 1,
	.on_cpu = 1,
	.comm = "swapper/0",
	.usage = ATOMIC_INIT(2),	/* never freed */
	.tasks = LIST_HEAD_INIT(init_task.tasks),
};
EXPORT_SYMBOL(init_task);

DEFINE_SPINLOCK(tasklist_lock);
EXPORT_SYMBOL(tasklist_lock);
LIST_HEAD(task_list);
EXPORT_SYMBOL(task_list);
static atomic_t next_pid = ATOMIC_INIT(1);

/*
 * A thread asleep, not on the list yet, whose first switch runs fn(arg). Its preempt_count is what
 * __schedule() leaves.
 * Return: NULL without memory.
 */
struct task_struct *task_create(const char *comm, int (*fn)(void *), void *arg)
{
	struct task_struct *p = kzalloc(sizeof(*p), GFP_KERNEL);
	void *stack;

	if (!p)
		return NULL;
	stack = alloc_thread_stack();
	if (!stack)
		goto out_free;
	p->stack_lo = (unsigned long)stack;
	p->stack_hi = p->stack_lo + THREAD_SIZE;
	p->preempt_count = 2 * PREEMPT_OFFSET;
	p->__state = TASK_UNINTERRUPTIBLE;
	p->cpu = raw_smp_processor_id();
	p->sched_class = SCHED_CLASS_NORMAL;
	raw_spin_lock_init(&p->pi_lock);
	strscpy(p->comm, comm, sizeof(p->comm));
	name_thread_stack(stack, p->comm);
	atomic_set(&p->usage, 1);
	INIT_LIST_HEAD(&p->tasks);
	setup_thread_stack(p, fn, arg);
	return p;

out_free:
	kfree(p);
	return NULL;
}

void task_free(struct task_struct *p)
{
	free_thread_stack((void *)p->stack_lo);
	kfree(p->kthread);
	kfree(p);
}

/* A new thread takes its parent's side in the transition of a live patch. */
void task_list_add(struct task_struct *p)
{
	p->pid = atomic_fetch_add(1, &next_pid);
	spin_lock(&tasklist_lock);
	p->patch_state = current->patch_state;
	p->patch_pending = current->patch_pending;
	list_add_tail(&p->tasks, &task_list);
	spin_unlock(&tasklist_lock);
}

void task_list_del(struct task_struct *p)
{
	spin_lock(&tasklist_lock);
	list_del_init(&p->tasks);
	spin_unlock(&tasklist_lock);
}

/**
 * get_task_struct() - keep a thread's task_struct from being freed
 * @p: a thread that is known to exist
 *
 * Context: any. Return: @p.
 */
struct task_struct *get_task_struct(struct task_struct *p)
{
	atomic_inc(&p->usage);
	return p;
}
EXPORT_SYMBOL(get_task_struct);

/**
 * put_task_struct() - give a reference back
 * @p: the thread; not to be touched afterwards
 *
 * Context: any with hardware interrupts on, as freeing a stack waits for all CPUs.
 */
void put_task_struct(struct task_struct *p)
{
	if (!atomic_dec_and_test(&p->usage))
		return;
	while (READ_ONCE(p->on_cpu))
		cpu_relax();
	smp_rmb();
	task_free(p);
}
EXPORT_SYMBOL(put_task_struct);

/**
 * find_get_task_by_pid() - look a thread up
 * @pid: its number
 *
 * Context: any but interrupts. Return: the thread with a reference taken, or NULL.
 */
struct task_struct *find_get_task_by_pid(int pid)
{
	struct task_struct *p, *found = NULL;

	spin_lock(&tasklist_lock);
	for_each_process(p) {
		if (p->pid == pid)
			found = get_task_struct(p);
	}
	spin_unlock(&tasklist_lock);
	return found;
}
EXPORT_SYMBOL(find_get_task_by_pid);

/**
 * task_runtime_ns() - how long a thread has run, up to now
 * @p: the thread
 *
 * Context: any. Return: nanoseconds; approximate while it runs on another CPU.
 */
u64 task_runtime_ns(struct task_struct *p)
{
	u64 ticks = READ_ONCE(p->runtime);

	if (READ_ONCE(p->on_cpu))
		ticks += platform->clock() - READ_ONCE(p->exec_start);
	return tb_to_ns(ticks);
}

/**
 * task_state_to_char() - a thread's state as one letter
 * @p: the thread
 *
 * Context: any. Return: R (runs or could), S, D (sleeps), X (dead).
 */
char task_state_to_char(struct task_struct *p)
{
	switch (READ_ONCE(p->__state)) {
	case TASK_RUNNING:
		return 'R';
	case TASK_INTERRUPTIBLE:
		return 'S';
	case TASK_DEAD:
		return 'X';
	default:
		return 'D';
	}
}

/**
 * do_exit() - end the calling thread
 * @code: what kthread_stop() returns
 *
 * Once waiters know of the end, the thread goes straight to its last switch: preemption stays off.
 *
 * Context: thread.
 */
void __noreturn do_exit(long code)
{
	struct task_struct *p = current;

	if (p->pid == 0)
		panic("Attempted to kill the idle thread %s", p->comm);
	if (in_atomic())
		pr_info("note: %s[%d] exited with preempt_count %d\n", p->comm, p->pid,
			p->preempt_count);
	p->catch = NULL;
	kprobe_flush_task(p);
	p->exit_code = (int)code;
	p->preempt_count = 0;
	abandon_kernel_lock();
	task_list_del(p);
	preempt_disable();
	if (p->kthread)
		complete_all(&p->kthread->exited);
	schedule_dead();
}
EXPORT_SYMBOL(do_exit);

/**
 * make_task_dead() - end the calling thread after an oops
 * @code: its exit code
 *
 * Locks that it held stay locked.
 *
 * Context: thread. In an interrupt, and in an idle thread, there is nothing to end: the kernel
 * panics.
 */
void __noreturn make_task_dead(int code)
{
	if (in_interrupt())
		panic("Fatal exception in interrupt");
	if (irqs_disabled()) {
		pr_info("note: %s[%d] exited with interrupts off\n", current->comm, current->pid);
		local_irq_enable();
	}
	do_exit(code);
}
