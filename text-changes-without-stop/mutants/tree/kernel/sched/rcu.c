// SPDX-License-Identifier: GPL-2.0
/*
 * Grace periods of classic RCU: synchronize_rcu() makes every CPU pass through the scheduler once.
 *
 * A bit for each CPU says whom the grace period still waits for. Asking a CPU to reschedule is enough: an idle one
 * wakes, a busy one comes to its next cond_resched() or, with preempt=full, to the end of the interrupt or of its read
 * section. The pass clears the bit, and the last one to do so wakes the writer. One grace period runs at a time.
 *
 * The barriers: what a writer stored before the bits were set is seen by every read section that begins after its CPU
 * cleared its own, and whatever a read section did before its CPU cleared its bit is over when synchronize_rcu()
 * returns. Both follow from the bits being changed by fully ordered operations only.
 *
 * call_rcu() hands its callbacks to one thread, in order.
 */
#include "sched.h"

#include <linux/atomic.h>
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/mutex.h>
#include <linux/panic.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>

long rcu_patience = 10 * HZ;

/* CPUs that have not been through the scheduler since the grace period began. */
unsigned long rcu_waits_for;

static DEFINE_MUTEX(gp_mutex);
static DECLARE_COMPLETION(gp_done);

/**
 * struct rcu_queue - callbacks on their way
 * @lock: protects @first and @last
 * @first: the oldest callback that has not been taken yet
 * @last: where the next one's address goes
 * @thread: calls them
 */
static struct rcu_queue {
	raw_spinlock_t lock;
	struct rcu_head *first;
	struct rcu_head **last;
	struct task_struct *thread;
} queue = { .lock = __RAW_SPIN_LOCK_UNLOCKED(queue.lock), .last = &queue.first };

/* Out of line part of rcu_note_context_switch(). */
void rcu_report_quiescent_state(void)
{
	unsigned long bit = 1UL << smp_processor_id();
	unsigned long before;

	smp_mb();
	before = __atomic_fetch_and(&rcu_waits_for, ~bit, __ATOMIC_RELAXED);
	smp_mb();
	if (before == bit)
		complete(&gp_done);
}

static void ask_all(void)
{
	unsigned int cpu;

	for_each_online_cpu(cpu)
		if (rcu_wants_switch(cpu))
			resched_cpu(cpu);
}

static void report_stall(void)
{
	unsigned int cpu;

	for_each_online_cpu(cpu)
		if (rcu_wants_switch(cpu))
			pr_err("rcu: CPU%u has not passed through the scheduler for %ld s\n", cpu,
			       rcu_patience / HZ);
}

/**
 * synchronize_rcu() - wait until all read sections that have begun are over
 *
 * What was unreachable for new readers before the call is unreachable for all after it. A CPU that takes longer than
 * ten seconds is named; the wait goes on.
 *
 * Context: may sleep.
 */
void synchronize_rcu(void)
{
	WARN_ON(in_atomic() || irqs_disabled());
	mutex_lock(&gp_mutex);
	reinit_completion(&gp_done);
	smp_mb();
	WRITE_ONCE(rcu_waits_for, cpu_online_mask->bits[0]);
	smp_mb();
	ask_all();
	while (!wait_for_completion_timeout(&gp_done, rcu_patience)) {
		report_stall();
		ask_all();
	}
	smp_mb();
	mutex_unlock(&gp_mutex);
}
EXPORT_SYMBOL_GPL(synchronize_rcu);

/**
 * call_rcu() - have a function called after a grace period
 * @head: in what the function is to free; the kernel's until the call
 * @func: gets @head, in a thread, preemption off
 *
 * Context: any.
 */
void call_rcu(struct rcu_head *head, rcu_callback_t func)
{
	unsigned long flags;

	head->func = func;
	head->next = NULL;
	raw_spin_lock_irqsave(&queue.lock, flags);
	*queue.last = head;
	queue.last = &head->next;
	raw_spin_unlock_irqrestore(&queue.lock, flags);
	wake_up_process(queue.thread);
}
EXPORT_SYMBOL_GPL(call_rcu);

/**
 * struct rcu_waiter - rcu_barrier()'s own callback
 * @head: it
 * @done: it has been called
 */
struct rcu_waiter {
	struct rcu_head head;
	struct completion done;
};

static void wake_waiter(struct rcu_head *head)
{
	complete(&container_of(head, struct rcu_waiter, head)->done);
}

/**
 * rcu_barrier() - wait until all callbacks that have been handed to call_rcu() have returned
 *
 * Callbacks are called in order, so one more, and waiting for it, is enough.
 *
 * Context: may sleep.
 */
void rcu_barrier(void)
{
	struct rcu_waiter waiter;

	init_completion(&waiter.done);
	call_rcu(&waiter.head, wake_waiter);
	wait_for_completion(&waiter.done);
}
EXPORT_SYMBOL_GPL(rcu_barrier);

static struct rcu_head *take_callbacks(void)
{
	struct rcu_head *first;
	unsigned long flags;

	raw_spin_lock_irqsave(&queue.lock, flags);
	first = queue.first;
	queue.first = NULL;
	queue.last = &queue.first;
	raw_spin_unlock_irqrestore(&queue.lock, flags);
	return first;
}

/* Its time has come. Context: preemption off. */
static void reclaim(struct rcu_head *head)
{
	unsigned long offset = (unsigned long)head->func;

	if (offset < KFREE_RCU_MAX)
		kfree((void *)head - offset);
	else
		head->func(head);
}

static void call_all(struct rcu_head *head)
{
	struct rcu_head *next;

	for (; head; head = next) {
		next = head->next;
		preempt_disable();
		reclaim(head);
		preempt_enable();
		cond_resched();
	}
}

static int rcu_thread(void *unused)
{
	struct rcu_head *callbacks;

	for (;;) {
		set_current_state(TASK_INTERRUPTIBLE);
		callbacks = take_callbacks();
		if (!callbacks) {
			schedule();
			continue;
		}
		__set_current_state(TASK_RUNNING);
		synchronize_rcu();
		call_all(callbacks);
	}
	return 0;
}

static int rcu_init(void)
{
	queue.thread = kthread_run(rcu_thread, NULL, "rcu");
	if (IS_ERR(queue.thread))
		panic("rcu: no memory for its thread");
	return 0;
}
core_initcall(rcu_init);
