// SPDX-License-Identifier: GPL-2.0
/*
 * How a CPU gets its run queue, and what it does when nobody wants to run.
 *
 * Boot order: sched_init() on the boot CPU, once memory can be allocated, makes the boot context
 * that CPU's idle thread; idle_thread_create(cpu) makes one for each secondary, whose first stack
 * it is; each CPU then does set_cpu_online() and cpu_startup_entry(), the boot CPU after it has
 * made the first thread. stop_machine_init() comes when all are online.
 */
#include "sched.h"

#include <asm/processor.h>
#include <linux/cpu.h>
#include <linux/ktime.h>
#include <linux/livepatch_sched.h>
#include <linux/panic.h>
#include <linux/sched/task.h>
#include <linux/string.h>
#include <stopgap/boot_info.h>

static void rq_init(struct rq *rq, unsigned int cpu, struct task_struct *idle)
{
	int class;

	raw_spin_lock_init(&rq->lock);
	for (class = 0; class < SCHED_CLASS_IDLE; class++)
		INIT_LIST_HEAD(&rq->queue[class]);
	rq->cpu = cpu;
	rq->nr_running = 0;
	rq->deadline = NO_DEADLINE;
	rq->idle = idle;
	rq->curr = idle;
	timer_init_cpu(cpu);
}

/**
 * idle_thread_create() - make a CPU's idle thread and its run queue
 * @cpu: a secondary CPU, not started yet; its per-CPU area exists
 *
 * The idle thread counts as the one that runs there: the CPU starts on its stack and calls
 * cpu_startup_entry().
 *
 * Context: boot, thread. Return: the thread. Panics without memory.
 */
struct task_struct *idle_thread_create(unsigned int cpu)
{
	struct task_struct *idle = task_create("swapper", NULL, NULL);

	if (!idle)
		panic("No memory for the idle thread of CPU%u", cpu);
	snprintf(idle->comm, sizeof(idle->comm), "swapper/%u", cpu);
	idle->__state = TASK_RUNNING;
	idle->sched_class = SCHED_CLASS_IDLE;
	idle->cpu = cpu;
	idle->bound = 1;
	idle->on_rq = 1;
	idle->on_cpu = 1;
	idle->preempt_count = PREEMPT_OFFSET;
	idle->exec_start = platform->clock();
	rq_init(cpu_rq(cpu), cpu, idle);
	return idle;
}

/**
 * sched_init() - from here on there are threads
 *
 * Context: boot CPU, once, soft mask set, after mm_init(). The caller's context becomes CPU 0's
 * idle thread, so it must not sleep: it makes the first thread with kthread_run() and ends in
 * cpu_startup_entry().
 */
void sched_init(void)
{
	unsigned int cpu = smp_processor_id();

	nr_cpu_ids = boot_info.nr_cpus;
	init_task.cpu = cpu;
	init_task.stack_lo = local_paca->stack_lo;
	init_task.stack_hi = local_paca->stack_hi;
	init_task.exec_start = platform->clock();
	rq_init(cpu_rq(cpu), cpu, &init_task);
}

/*
 * Work often comes soon after the last: looking out for it a little while is cheaper than what it
 * takes a hypervisor to put a vCPU to sleep and to wake it. Interrupts are on; whatever they do for
 * themselves is done when need_resched shows.
 */
static void idle_poll(void)
{
	u64 start = platform->clock();
	u64 ticks = ns_to_tb(platform->idle_poll_ns);

	while (!need_resched() && platform->clock() - start < ticks)
		cpu_relax();
}

/*
 * The soft mask closes the gap between the look at need_resched and the wait: an interrupt then
 * ends the wait at once. Not traced, and so never patched: nothing else is on the stack where the idle thread is
 * switched to another set of functions.
 */
static void notrace do_idle(void)
{
	while (!need_resched()) {
		idle_poll();
		local_irq_disable();
		if (!need_resched())
			platform->idle();
		local_irq_enable();
	}
	schedule_idle();
	if (unlikely(READ_ONCE(current->patch_pending)))
		klp_update_patch_state(current);
}

/**
 * cpu_startup_entry() - the idle loop
 *
 * Context: the CPU's idle thread, online, soft mask set or clear, preemption off.
 */
void __noreturn notrace cpu_startup_entry(void)
{
	local_irq_enable();
	preempt_count_set(PREEMPT_OFFSET);
	for (;;)
		do_idle();
}
