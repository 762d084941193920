// SPDX-License-Identifier: GPL-2.0
/*
 * Which thread runs: run queues, wake-up, and the switch itself.
 *
 * A thread changes CPU only while it is neither queued nor running, in wake_up_state(). So a
 * preempted thread comes back on the CPU it left, and a bound one never leaves.
 */
#include "sched.h"

#include <asm/processor.h>
#include <asm/switch_to.h>
#include <linux/atomic.h>
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/ktime.h>
#include <linux/livepatch_sched.h>
#include <linux/rcupdate.h>
#include <linux/smp_lock.h>
#include <stopgap/hooks.h>

DEFINE_PER_CPU(struct rq, runqueues);

static void enqueue(struct rq *rq, struct task_struct *p)
{
	list_add_tail(&p->run_node, &rq->queue[p->sched_class]);
}

/* Make the CPU of @rq pass through schedule() soon. The caller holds rq->lock. */
static void resched_curr(struct rq *rq)
{
	struct task_struct *curr = rq->curr;

	if (curr->need_resched)
		return;
	curr->need_resched = 1;
	if (rq->cpu != smp_processor_id())
		platform_send_ipi(rq->cpu, IPI_RESCHEDULE);
}

/**
 * resched_cpu() - make a CPU pass through schedule() soon
 * @cpu: an online CPU; an idle one wakes for it
 *
 * Context: any.
 */
void resched_cpu(unsigned int cpu)
{
	struct rq *rq = cpu_rq(cpu);
	unsigned long flags;

	raw_spin_lock_irqsave(&rq->lock, flags);
	resched_curr(rq);
	raw_spin_unlock_irqrestore(&rq->lock, flags);
}

/* The online CPU with the fewest runnable threads; where @p ran last if that is no worse. */
static unsigned int select_cpu(struct task_struct *p)
{
	unsigned int best = p->cpu;
	unsigned int cpu;

	if (p->bound)
		return p->cpu;
	for_each_online_cpu(cpu) {
		if (READ_ONCE(cpu_rq(cpu)->nr_running) < READ_ONCE(cpu_rq(best)->nr_running))
			best = cpu;
	}
	return best;
}

/*
 * Queue @p. A better class takes over at once; an equal waits for the end of the running thread's
 * slice.
 */
static void activate(struct task_struct *p, unsigned int cpu)
{
	struct rq *rq = cpu_rq(cpu);

	raw_spin_lock(&rq->lock);
	p->cpu = cpu;
	p->on_rq = 1;
	WRITE_ONCE(p->__state, TASK_RUNNING);
	enqueue(rq, p);
	rq->nr_running++;
	if (p->sched_class < rq->curr->sched_class)
		resched_curr(rq);
	raw_spin_unlock(&rq->lock);
}

/*
 * @p has set its state but not yet left the run queue: it need not leave. Return: false if it had
 * left.
 */
static bool wake_queued(struct task_struct *p)
{
	struct rq *rq = cpu_rq(p->cpu);
	bool queued;

	raw_spin_lock(&rq->lock);
	queued = p->on_rq;
	if (queued)
		WRITE_ONCE(p->__state, TASK_RUNNING);
	raw_spin_unlock(&rq->lock);
	return queued;
}

/*
 * The caller holds p->pi_lock, so that @p's CPU stays what it is. A thread that has left the run
 * queue may still be on its way through __switch_to(): it must not start elsewhere before its
 * registers are saved.
 */
static void wake_locked(struct task_struct *p)
{
	if (READ_ONCE(p->on_rq) && wake_queued(p))
		return;
	smp_rmb();
	while (READ_ONCE(p->on_cpu))
		cpu_relax();
	smp_rmb();
	activate(p, select_cpu(p));
}

/**
 * wake_up_state() - make a sleeping thread runnable
 * @p: the thread; the caller makes sure that it exists
 * @state: TASK_* bits; a thread in another state is left alone
 *
 * A full barrier stands between the caller's earlier stores and the look at @p's state.
 *
 * Context: any.
 * Return: 1 if this call woke it, else 0.
 */
int wake_up_state(struct task_struct *p, unsigned int state)
{
	unsigned long flags;
	int success;

	raw_spin_lock_irqsave(&p->pi_lock, flags);
	smp_mb();
	success = (READ_ONCE(p->__state) & state) != 0;
	if (success)
		wake_locked(p);
	raw_spin_unlock_irqrestore(&p->pi_lock, flags);
	return success;
}
EXPORT_SYMBOL(wake_up_state);

/**
 * wake_up_process() - make a thread runnable, whatever it sleeps for
 * @p: the thread; also one that kthread_create() has just made
 *
 * Context: any. Return: 1 if this call woke it, else 0.
 */
int wake_up_process(struct task_struct *p)
{
	return wake_up_state(p, TASK_NORMAL);
}
EXPORT_SYMBOL(wake_up_process);

static struct task_struct *pick_next(struct rq *rq)
{
	struct task_struct *p;
	int class;

	for (class = 0; class < SCHED_CLASS_IDLE; class++) {
		if (list_empty(&rq->queue[class]))
			continue;
		p = list_first_entry(&rq->queue[class], struct task_struct, run_node);
		list_del(&p->run_node);
		return p;
	}
	return rq->idle;
}

/*
 * The running thread, prev, is not to run on: off the queue if it sleeps, else back on it. What was
 * preempted before the end of its slice goes first again. A preempted thread never sleeps, whatever
 * it has set its state to: it has not called schedule() yet.
 */
static void put_prev(struct rq *rq, struct task_struct *prev, bool preempt, u64 now)
{
	if (prev == rq->idle)
		return;
	if (!preempt && READ_ONCE(prev->__state) != TASK_RUNNING) {
		prev->on_rq = 0;
		rq->nr_running--;
	} else if (preempt && now < prev->slice_end) {
		list_add(&prev->run_node, &rq->queue[prev->sched_class]);
	} else {
		enqueue(rq, prev);
	}
}

/* Charge @p for the time since it was last charged or switched to. */
void sched_account(struct task_struct *p, u64 now)
{
	p->runtime += now - p->exec_start;
	p->exec_start = now;
}

/* A grace period that began since this pass was noted has asked for one in vain: pass again. */
static void set_next(struct rq *rq, struct task_struct *next, u64 now)
{
	rq->curr = next;
	next->on_cpu = 1;
	next->need_resched = rcu_wants_switch(rq->cpu);
	next->exec_start = now;
	if (next->slice_end <= now)
		next->slice_end = now + ns_to_tb(SLICE_NS);
	sched_update_deadline();
}

/*
 * The other half of a switch, in the thread switched to. A dead thread's own reference goes before
 * on_cpu: from then on whoever holds the last one may free it, and waits for on_cpu first.
 */
static void finish_task_switch(struct task_struct *prev)
{
	bool last = READ_ONCE(prev->__state) == TASK_DEAD && atomic_dec_and_test(&prev->usage);

	smp_store_release(&prev->on_cpu, 0);
	raw_spin_unlock_irq(&this_rq()->lock);
	if (last)
		task_free(prev);
}

/*
 * The caller has disabled preemption. Its count of 1, and 1 more for rq->lock, is what every thread
 * has while it is switched away, so that whoever comes back can undo it.
 */
static void __schedule(bool preempt)
{
	struct task_struct *prev, *next;
	struct rq *rq;
	u64 now;

	local_irq_disable();
	rcu_note_context_switch(smp_processor_id());
	rq = this_rq();
	raw_spin_lock(&rq->lock);
	now = platform->clock();
	prev = rq->curr;
	sched_account(prev, now);
	prev->need_resched = 0;
	put_prev(rq, prev, preempt, now);
	next = pick_next(rq);
	set_next(rq, next, now);
	if (next == prev) {
		raw_spin_unlock_irq(&rq->lock);
		return;
	}
	next->nr_switches++;
	hook_switch_to(next);
	finish_task_switch(__switch_to(prev, next));
}

/* The first thing a new thread does; its preempt_count is the one that __schedule() describes. */
void schedule_tail(struct task_struct *prev)
{
	finish_task_switch(prev);
	preempt_enable();
}

/* A place that schedules where it must not is reported, but not again and again. */
static void schedule_while_atomic(const void *caller)
{
	static const void *last_caller;

	if (last_caller != caller) {
		last_caller = caller;
		pr_err("BUG: scheduling while atomic: %s/%d/0x%08x%s\n", current->comm,
		       current->pid, preempt_count(), irqs_disabled() ? ", interrupts off" : "");
		dump_stack();
	}
	preempt_count_set(0);
}

/**
 * schedule() - let another thread run
 *
 * If the caller has set its state to something other than TASK_RUNNING, it sleeps until somebody
 * wakes it. Meanwhile it does not hold the big kernel lock.
 *
 * Context: thread, preemption and interrupts on.
 */
void schedule(void)
{
	if (unlikely(in_atomic() || irqs_disabled()))
		schedule_while_atomic(__builtin_return_address(0));
	release_kernel_lock(__builtin_return_address(0));
	do {
		preempt_disable();
		__schedule(false);
		preempt_enable_no_resched();
	} while (need_resched());
	reacquire_kernel_lock();
}
EXPORT_SYMBOL(schedule);

/* The idle thread's way to give up the CPU; it runs with preemption off all its life. */
void schedule_idle(void)
{
	__schedule(false);
}

/*
 * The last switch of a thread. pi_lock makes sure that no wake-up that began earlier resets the
 * state.
 */
void __noreturn schedule_dead(void)
{
	raw_spin_lock_irq(&current->pi_lock);
	WRITE_ONCE(current->__state, TASK_DEAD);
	raw_spin_unlock_irq(&current->pi_lock);
	__schedule(false);
	BUG();
}

/* Switch away from a thread that has not asked for it, as long as somebody better waits. */
static void notrace preempt_schedule_common(void)
{
	do {
		preempt_disable();
		__schedule(true);
		preempt_enable_no_resched();
	} while (need_resched());
}

/*
 * preempt_enable() found need_resched set. Not traced, because what is called at a site ends with a
 * preempt_enable(). Context: any; does nothing where a switch is not possible.
 */
void notrace preempt_schedule(void)
{
	if (preempt_is_full() && preemptible() && !kernel_locked())
		preempt_schedule_common();
}
EXPORT_SYMBOL(preempt_schedule);

/*
 * The end of an interrupt that came while preempt_count was 0. Called and left with the soft mask
 * set.
 */
void preempt_schedule_irq(void)
{
	if (!preempt_is_full() || kernel_locked())
		return;
	do {
		preempt_disable();
		local_irq_enable();
		__schedule(true);
		local_irq_disable();
		preempt_enable_no_resched();
	} while (need_resched());
}

/* Return: 1 if the CPU was offered to others. */
int __cond_resched(void)
{
	if (!preemptible())
		return 0;
	klp_sched_try_switch();
	if (!need_resched())
		return 0;
	release_kernel_lock(__builtin_return_address(0));
	preempt_schedule_common();
	reacquire_kernel_lock();
	return 1;
}
EXPORT_SYMBOL(__cond_resched);

/**
 * yield() - go to the end of the queue
 *
 * Context: thread, may sleep.
 */
void yield(void)
{
	__set_current_state(TASK_RUNNING);
	schedule();
}
EXPORT_SYMBOL(yield);

/* The idle thread of @cpu. Context: any. */
struct task_struct *idle_task(unsigned int cpu)
{
	return cpu_rq(cpu)->idle;
}

/**
 * task_call_func() - do something about a thread that neither begins nor ceases to run meanwhile
 * @p: the thread
 * @func: what to do, with its locks held; if @p runs (on_cpu), it goes on to
 * @arg: for @func
 *
 * Context: any. Return: what @func returned.
 */
int task_call_func(struct task_struct *p, int (*func)(struct task_struct *p, void *arg), void *arg)
{
	unsigned long flags;
	struct rq *rq;
	int ret;

	raw_spin_lock_irqsave(&p->pi_lock, flags);
	rq = cpu_rq(p->cpu);
	raw_spin_lock(&rq->lock);
	ret = func(p, arg);
	raw_spin_unlock(&rq->lock);
	raw_spin_unlock_irqrestore(&p->pi_lock, flags);
	return ret;
}

/**
 * try_get_cpu_curr() - what a CPU runs at the moment, for a report
 * @cpu: an online CPU
 *
 * Context: any.
 * Return: the thread with a reference taken, or NULL if the run queue is locked just now.
 */
struct task_struct *try_get_cpu_curr(unsigned int cpu)
{
	struct task_struct *p;
	unsigned long flags;

	if (!raw_spin_trylock_irqsave(&cpu_rq(cpu)->lock, flags))
		return NULL;
	p = get_task_struct(cpu_rq(cpu)->curr);
	raw_spin_unlock_irqrestore(&cpu_rq(cpu)->lock, flags);
	return p;
}
