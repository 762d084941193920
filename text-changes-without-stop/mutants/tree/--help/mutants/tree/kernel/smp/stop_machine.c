// SPDX-License-Identifier: GPL-2.0
/*
 * stop_machine(): every CPU stands still, interrupts off, while a function runs.
 *
 * The stop is made of threads, not of interrupts. Each CPU has a thread of the highest class,
 * "migration/N"; a CPU has stopped once that thread runs, so once whatever ran there before has
 * come to schedule(). With preempt=none that means: no CPU is in the middle of a lock-free walk.
 * The caller's own CPU is stopped by the caller itself, which is just as good: it is in a function
 * that may sleep, and with preemption off it is as hard to displace as a stopper.
 *
 * All CPUs step through the same states together. Whoever is the last to acknowledge a state sets
 * the next one:
 *
 *	NONE -> PREPARE		 when all are wanted; each CPU waits in its stopper
 *	     -> DISABLE_IRQ	 when all are here; each CPU turns interrupts off
 *	     -> RUN		 when all are deaf; fn runs, on the CPUs chosen
 *	     -> EXIT		 when fn has returned; interrupts on again, back to work
 *
 * PREPARE must be over before any CPU turns interrupts off: until then one CPU may still have to
 * answer another's IPI to get as far as its stopper.
 *
 * stop_machine_ipi() steps through the same states in an interrupt handler instead of a thread. It
 * is quicker, and wrong: it stops CPUs anywhere, also in the middle of a walk.
 */
#define KBUILD_MODNAME "stop_machine"

#include "internal.h"

#include <asm/processor.h>
#include <linux/atomic.h>
#include <linux/bug.h>
#include <linux/cpu.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/moduleparam.h>
#include <linux/mutex.h>
#include <linux/panic.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include <linux/smp_lock.h>
#include <linux/stop_machine.h>
#include <stopgap/platform.h>

enum stop_state {
	STOP_NONE,
	STOP_PREPARE,
	STOP_DISABLE_IRQ,
	STOP_RUN,
	STOP_EXIT,
};

/**
 * struct multi_stop - one stop of the machine, on its caller's stack
 * @fn: what to run
 * @data: its argument
 * @run_on: the CPUs that run it
 * @stopped: all CPUs that take part
 * @state: enum stop_state; all CPUs wait for it to change
 * @acks: how many CPUs have not acknowledged @state yet; nobody touches this struct after
 *	its last acknowledgement
 * @reached: by CPU, the state it has acknowledged, to name the one that is missing
 * @result: what fn returned, if not 0
 */
struct multi_stop {
	int (*fn)(void *data);
	void *data;
	struct cpumask run_on;
	struct cpumask stopped;
	int state;
	atomic_t acks;
	int reached[NR_CPUS];
	int result;
};

/**
 * struct stopper - a CPU's stopper thread
 * @thread: it
 * @stop: what it shall take part in
 */
struct stopper {
	struct task_struct *thread;
	struct multi_stop *stop;
};

/* What asks the CPUs of @ms->stopped, but this one, to take part. */
typedef void (*summon_fn)(struct multi_stop *ms);

static DEFINE_PER_CPU(struct stopper, stoppers);
static DEFINE_MUTEX(stop_mutex);	/* one stop at a time */

unsigned int stop_timeout_ms = 10000;
struct cpumask stop_unanswered;
module_param_named(timeout_ms, stop_timeout_ms, uint, 0444);

static void set_state(struct multi_stop *ms, int state)
{
	atomic_set(&ms->acks, cpumask_weight(&ms->stopped));
	smp_store_release(&ms->state, state);
}

/*
 * The last CPU to acknowledge a state moves all on. After EXIT there is nothing, and @ms may be
 * gone.
 */
static void acknowledge(struct multi_stop *ms, unsigned int cpu, int state)
{
	WRITE_ONCE(ms->reached[cpu], state);
	if (atomic_dec_and_test(&ms->acks) && state != STOP_EXIT)
		set_state(ms, state + 1);
}

static void enter_state(struct multi_stop *ms, unsigned int cpu, int state)
{
	int err;

	if (state == STOP_DISABLE_IRQ)
		local_irq_disable();
	if (state != STOP_RUN || !cpumask_test_cpu(cpu, &ms->run_on))
		return;
	err = ms->fn(ms->data);
	if (err)
		WRITE_ONCE(ms->result, err);
}

static void report_missing(struct multi_stop *ms, const struct patience *patience)
{
	int state = READ_ONCE(ms->state);
	unsigned int cpu;

	for_each_cpu(cpu, &ms->stopped) {
		if (READ_ONCE(ms->reached[cpu]) >= state)
			continue;
		report_unanswered("stop_machine", cpu, patience);
		cpumask_set_cpu(cpu, &stop_unanswered);
	}
}

/*
 * One CPU's part in a stop. @patience is the initiator's, NULL for the others. Context: preemption
 * off.
 */
static void take_part(struct multi_stop *ms, struct patience *patience)
{
	unsigned int cpu = smp_processor_id();
	int state, seen = STOP_NONE;
	unsigned long flags;

	local_save_flags(flags);
	do {
		state = smp_load_acquire(&ms->state);
		if (state != seen) {
			seen = state;
			enter_state(ms, cpu, state);
			acknowledge(ms, cpu, state);
			continue;
		}
		cpu_relax();
		if (patience && patience_over(patience))
			report_missing(ms, patience);
	} while (seen != STOP_EXIT);
	local_irq_restore(flags);
}

/*
 * The initiator's part: summon the others, stop, and leave only when nobody looks at @ms any more.
 */
static void stop_and_run(struct multi_stop *ms, summon_fn summon)
{
	struct patience patience;

	preempt_disable();
	patience_begin(&patience, stop_timeout_ms);
	cpumask_copy(&ms->stopped, cpu_online_mask);
	if (cpumask_empty(&ms->run_on))
		cpumask_set_cpu(smp_processor_id(), &ms->run_on);
	set_state(ms, STOP_PREPARE);
	summon(ms);
	take_part(ms, &patience);
	while (atomic_read(&ms->acks))
		cpu_relax();
	smp_mb();
	preempt_enable();
}

static int stop_with(summon_fn summon, int (*fn)(void *), void *data, const struct cpumask *cpus)
{
	struct multi_stop ms = { .fn = fn, .data = data };

	WARN_ON(in_atomic() || irqs_disabled());
	if (cpus && !cpumask_and(&ms.run_on, cpus, cpu_online_mask))
		return 0;
	mutex_lock(&stop_mutex);
	/* A CPU that spins for the big kernel lock does not schedule, so it would never stop. */
	release_kernel_lock(__builtin_return_address(0));
	stop_and_run(&ms, summon);
	reacquire_kernel_lock();
	mutex_unlock(&stop_mutex);
	return ms.result;
}

static void summon_stoppers(struct multi_stop *ms)
{
	unsigned int cpu;

	for_each_cpu(cpu, &ms->stopped) {
		struct stopper *stopper = &per_cpu(stoppers, cpu);

		if (cpu == smp_processor_id())
			continue;
		WRITE_ONCE(stopper->stop, ms);
		wake_up_process(stopper->thread);
	}
}

/**
 * stop_machine() - run a function while no other code runs on any CPU
 * @fn: what to run, with interrupts off everywhere; must not sleep
 * @data: its argument
 * @cpus: the CPUs that run it, all at once; NULL for any one
 *
 * Every CPU stops at a point where it schedules. A CPU that takes longer than
 * stop_machine.timeout_ms is named; the wait goes on.
 *
 * Context: may sleep. Return: what @fn returned; the last non-zero value if it ran on several CPUs.
 */
int stop_machine(int (*fn)(void *), void *data, const struct cpumask *cpus)
{
	return stop_with(summon_stoppers, fn, data, cpus);
}
EXPORT_SYMBOL_GPL(stop_machine);

/**
 * stop_machine_run() - stop_machine() as it was called until 2.6.26
 * @fn: what to run
 * @data: its argument
 * @cpu: the CPU that runs it; NR_CPUS for any
 *
 * Context: may sleep. Return: what @fn returned.
 */
int stop_machine_run(int (*fn)(void *), void *data, unsigned int cpu)
{
	return stop_machine(fn, data, cpu < NR_CPUS ? cpumask_of(cpu) : NULL);
}
EXPORT_SYMBOL_GPL(stop_machine_run);

static void take_part_in_interrupt(void *ms)
{
	take_part(ms, NULL);
}

static void summon_by_ipi(struct multi_stop *ms)
{
	smp_call_function_many(&ms->stopped, take_part_in_interrupt, ms, false);
}

/**
 * stop_machine_ipi() - the tempting variant, which stops CPUs in the middle of whatever they do
 * @fn: what to run
 * @data: its argument
 * @cpus: as for stop_machine()
 *
 * Not a replacement for stop_machine(): see the top of this file.
 *
 * Context: may sleep. Return: what @fn returned.
 */
int stop_machine_ipi(int (*fn)(void *), void *data, const struct cpumask *cpus)
{
	return stop_with(summon_by_ipi, fn, data, cpus);
}
EXPORT_SYMBOL_GPL(stop_machine_ipi);

static int stopper_thread(void *data)
{
	struct stopper *stopper = data;
	struct multi_stop *ms;

	while (!kthread_should_stop()) {
		set_current_state(TASK_INTERRUPTIBLE);
		ms = READ_ONCE(stopper->stop);
		if (!ms) {
			schedule();
			continue;
		}
		__set_current_state(TASK_RUNNING);
		stopper->stop = NULL;
		preempt_disable();
		take_part(ms, NULL);
		preempt_enable();
	}
	return 0;
}

/**
 * stop_machine_init() - make the stopper threads
 *
 * Context: boot, in a thread, once all CPUs are online.
 */
void stop_machine_init(void)
{
	unsigned int cpu;

	for_each_online_cpu(cpu) {
		struct stopper *stopper = &per_cpu(stoppers, cpu);

		stopper->thread = kthread_create_on_cpu(stopper_thread, stopper, cpu,
							"migration/%u");
		if (IS_ERR(stopper->thread))
			panic("stop_machine: no memory for CPU%u's stopper", cpu);
		stopper->thread->sched_class = SCHED_CLASS_STOP;
		wake_up_process(stopper->thread);
	}
}
