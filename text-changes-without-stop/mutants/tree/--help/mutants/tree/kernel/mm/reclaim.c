// SPDX-License-Identifier: GPL-2.0
/*
 * The reclaim threads: see <stopgap/reclaim.h>. One for each CPU, bound to it, so that whoever waits is woken where he
 * sleeps and no other CPU has to do with it. They are made when pressure is first asked for, and then stay.
 */
#define KBUILD_MODNAME "reclaim"

#include <linux/completion.h>
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/list.h>
#include <linux/moduleparam.h>
#include <linux/percpu.h>
#include <linux/sched.h>
#include <linux/spinlock.h>
#include <stopgap/reclaim.h>

/**
 * struct reclaimer - the reclaim thread of a CPU
 * @lock: protects @waiters
 * @waiters: who waits for the next pass
 * @task: the thread
 * @count: allocations that might have waited
 */
struct reclaimer {
	spinlock_t lock;
	struct list_head waiters;
	struct task_struct *task;
	unsigned int count;
};

struct reclaim_waiter {
	struct list_head list;
	struct completion done;
};

static DEFINE_PER_CPU(struct reclaimer, reclaimers);
struct reclaim_config reclaim_config;

/* Whoever comes during a pass waits for the next. */
static void make_pass(struct reclaimer *r)
{
	struct reclaim_waiter *w, *next;
	LIST_HEAD(batch);

	spin_lock(&r->lock);
	list_splice_init(&r->waiters, &batch);
	spin_unlock(&r->lock);
	if (READ_ONCE(reclaim_config.us))
		usleep_range(READ_ONCE(reclaim_config.us), 0);
	list_for_each_entry_safe(w, next, &batch, list)
		complete(&w->done);
}

static bool is_wanted(struct reclaimer *r)
{
	bool wanted;

	spin_lock(&r->lock);
	wanted = !list_empty(&r->waiters);
	spin_unlock(&r->lock);
	return wanted;
}

static int reclaim_thread(void *data)
{
	struct reclaimer *r = data;

	for (;;) {
		set_current_state(TASK_UNINTERRUPTIBLE);
		if (!is_wanted(r)) {
			schedule();
			continue;
		}
		__set_current_state(TASK_RUNNING);
		make_pass(r);
	}
	return 0;
}

/* Those who must not sleep, and the reclaim thread itself, take what there is. */
static bool may_wait(const struct reclaimer *r)
{
	return preemptible() && current->pid && current != r->task;
}

void __reclaim_wait(void)
{
	struct reclaimer *r = per_cpu_ptr(&reclaimers, raw_smp_processor_id());
	struct reclaim_waiter w;

	if (!r->task || !may_wait(r) || ++r->count % READ_ONCE(reclaim_config.every))
		return;
	init_completion(&w.done);
	spin_lock(&r->lock);
	list_add_tail(&w.list, &r->waiters);
	spin_unlock(&r->lock);
	wake_up_process(r->task);
	wait_for_completion(&w.done);
}

static int start_reclaimer(unsigned int cpu)
{
	struct reclaimer *r = per_cpu_ptr(&reclaimers, cpu);
	struct task_struct *task;

	if (r->task)
		return 0;
	spin_lock_init(&r->lock);
	INIT_LIST_HEAD(&r->waiters);
	task = kthread_create_on_cpu(reclaim_thread, r, cpu, "kswapd/%u");
	if (IS_ERR(task))
		return PTR_ERR(task);
	wake_up_process(task);
	WRITE_ONCE(r->task, task);
	return 0;
}

int reclaim_set(const struct reclaim_config *config)
{
	unsigned int cpu;
	int err = 0;

	for_each_online_cpu(cpu)
		err = err ?: config->every ? start_reclaimer(cpu) : 0;
	if (err)
		return err;
	WRITE_ONCE(reclaim_config.us, config->us);
	WRITE_ONCE(reclaim_config.every, config->every);
	return 0;
}

/* As the boot line has it; the threads can only be made now. */
static struct reclaim_config wanted;
module_param_named(every, wanted.every, uint, 0444);
module_param_named(us, wanted.us, uint, 0444);

static int __init reclaim_init(void)
{
	return reclaim_set(&wanted);
}
late_initcall(reclaim_init);
