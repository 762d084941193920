// SPDX-License-Identifier: GPL-2.0
/*
 * How a CPU gets its run queue, and what it does when nobody wants to run.
 *
 * Boot order: sched_init() on the boot CPU, once memory can be allocated; idle_thread_create(cpu) there for each
 * secondary, whose first stack is that thread's; set_cpu_online() and then cpu_startup_entry() on the secondary itself;
 * stop_machine_init() on the boot CPU when all are online. From sched_init() on the boot context is an ordinary
 * thread, "init", that may sleep.
 */
#include "sched.h"

#include <linux/cpu.h>
#include <linux/panic.h>
#include <linux/string.h>

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

static int idle_main(void *unused)
{
	cpu_startup_entry();
}

/**
 * idle_thread_create() - make a CPU's idle thread and its run queue
 * @cpu: the CPU, not started yet; its per-CPU area exists
 *
 * The idle thread counts as the one that runs there: the CPU starts on its stack and calls cpu_startup_entry().
 *
 * Context: boot, thread. Return: the thread. Panics without memory.
 */
struct task_struct *idle_thread_create(unsigned int cpu)
{
	struct task_struct *idle = task_create("swapper", idle_main, NULL);

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

/* On the boot CPU it is "init" that runs; the idle thread waits for its first switch like any new thread. */
static void boot_thread_init(struct rq *rq)
{
	init_task.stack_lo = local_paca->stack_lo;
	init_task.stack_hi = local_paca->stack_hi;
	init_task.cpu = rq->cpu;
	init_task.bound = 1;
	init_task.exec_start = rq->idle->exec_start;
	list_add_tail(&init_task.tasks, &task_list);
	local_paca->current_task = &init_task;
	rq->idle->preempt_count = 2 * PREEMPT_OFFSET;
	rq->idle->on_cpu = 0;
	rq->curr = &init_task;
	rq->nr_running = 1;
}

/**
 * sched_init() - from here on there are threads
 *
 * Context: boot CPU, once, soft mask set, after mm_init(). The caller's context becomes the thread "init", pid 1.
 */
void sched_init(void)
{
	unsigned int cpu = smp_processor_id();

	idle_thread_create(cpu);
	boot_thread_init(cpu_rq(cpu));
	set_cpu_online(cpu, true);
}

/* The soft mask closes the gap between the look at need_resched and the wait: an interrupt then ends the wait at once. */
static void do_idle(void)
{
	while (!need_resched()) {
		local_irq_disable();
		if (!need_resched())
			platform->idle();
		local_irq_enable();
	}
	schedule_idle();
}

/**
 * cpu_startup_entry() - the idle loop
 *
 * Context: the CPU's idle thread, online, soft mask set or clear, preemption off.
 */
void __noreturn cpu_startup_entry(void)
{
	local_irq_enable();
	preempt_count_set(PREEMPT_OFFSET);
	for (;;)
		do_idle();
}
