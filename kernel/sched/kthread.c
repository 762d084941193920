// SPDX-License-Identifier: GPL-2.0
/* Making kernel threads and asking them to stop. */
#include "sched.h"

#include <asm/processor.h>
#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kthread.h>
#include <linux/livepatch_sched.h>
#include <linux/slab.h>
#include <linux/string.h>

/* The first frame of each thread. One that is stopped before it ever ran does not run. */
static int kthread_main(void *unused)
{
	struct kthread *kthread = current->kthread;

	if (READ_ONCE(kthread->should_stop))
		return -EINTR;
	return kthread->fn(kthread->data);
}

static struct task_struct *kthread_create_named(const char *comm, int (*fn)(void *), void *data)
{
	struct kthread *kthread = kzalloc(sizeof(*kthread), GFP_KERNEL);
	struct task_struct *p;

	if (!kthread)
		return ERR_PTR(-ENOMEM);
	kthread->fn = fn;
	kthread->data = data;
	init_completion(&kthread->exited);
	p = task_create(comm, kthread_main, NULL);
	if (!p)
		goto out_free;
	p->kthread = kthread;
	task_list_add(p);
	return p;

out_free:
	kfree(kthread);
	return ERR_PTR(-ENOMEM);
}

/**
 * kthread_create() - make a thread, asleep; wake_up_process() starts it
 * @threadfn: what it runs; returning ends the thread
 * @data: for @threadfn
 * @namefmt: its name, a printk format
 *
 * Whoever will call kthread_stop() on a thread that may end by itself first takes a reference with
 * get_task_struct().
 *
 * Context: may sleep. Return: the thread, or ERR_PTR(-ENOMEM).
 */
struct task_struct *kthread_create(int (*threadfn)(void *data), void *data,
				   const char *namefmt, ...)
{
	char comm[TASK_COMM_LEN];
	va_list ap;

	va_start(ap, namefmt);
	vsnprintf(comm, sizeof(comm), namefmt, ap);
	va_end(ap);
	return kthread_create_named(comm, threadfn, data);
}
EXPORT_SYMBOL(kthread_create);

/**
 * kthread_create_on_cpu() - make a thread that runs on one CPU only
 * @threadfn: what it runs
 * @data: for @threadfn
 * @cpu: where
 * @namefmt: its name, with a %u for @cpu
 *
 * Context: may sleep. Return: the thread, asleep, or ERR_PTR(-ENOMEM).
 */
struct task_struct *kthread_create_on_cpu(int (*threadfn)(void *data), void *data, unsigned int cpu,
					  const char *namefmt)
{
	struct task_struct *p = kthread_create(threadfn, data, namefmt, cpu);

	if (!IS_ERR(p))
		kthread_bind(p, cpu);
	return p;
}
EXPORT_SYMBOL(kthread_create_on_cpu);

/**
 * kthread_bind() - let a new thread run on one CPU only
 * @p: a thread that has not been woken yet
 * @cpu: where
 *
 * Context: any.
 */
void kthread_bind(struct task_struct *p, unsigned int cpu)
{
	if (WARN_ON(p->on_rq || p->on_cpu))
		return;
	p->cpu = cpu;
	p->bound = 1;
}
EXPORT_SYMBOL(kthread_bind);

/**
 * kthread_should_stop() - has somebody called kthread_stop() on the calling thread?
 *
 * Context: a thread made by kthread_create(). Return: if so, it should clean up and return.
 */
bool kthread_should_stop(void)
{
	klp_sched_try_switch();
	return READ_ONCE(current->kthread->should_stop);
}
EXPORT_SYMBOL(kthread_should_stop);

/* What @p runs, NULL if it was not made by kthread_create(). Context: any; @p exists. */
void *kthread_func(struct task_struct *p)
{
	return p->kthread ? p->kthread->fn : NULL;
}

/* What that is called with. Context: any; @p exists, and was made by kthread_create(). */
void *kthread_data(struct task_struct *p)
{
	return p->kthread->data;
}

/**
 * kthread_stop() - ask a thread to stop, and wait until it has
 * @p: the thread; it exists, because it does not end by itself or because the caller holds
 *	a reference
 *
 * When this returns, the thread has left its stack for good.
 *
 * Context: may sleep. Return: what its function returned; -EINTR if it never ran.
 */
int kthread_stop(struct task_struct *p)
{
	int code;

	get_task_struct(p);
	WRITE_ONCE(p->kthread->should_stop, true);
	wake_up_process(p);
	wait_for_completion(&p->kthread->exited);
	while (READ_ONCE(p->on_cpu))
		cpu_relax();
	smp_rmb();
	code = p->exit_code;
	put_task_struct(p);
	return code;
}
EXPORT_SYMBOL(kthread_stop);
