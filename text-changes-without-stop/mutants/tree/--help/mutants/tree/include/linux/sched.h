/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Threads: what one is, how it sleeps and is woken, and which one runs. All threads are kernel
 * threads.
 */
#ifndef _LINUX_SCHED_H
#define _LINUX_SCHED_H

#include <asm/barrier.h>
#include <asm/current.h>
#include <linux/irqflags.h>
#include <linux/jiffies.h>
#include <linux/spinlock_types.h>
#include <linux/types.h>

#define TASK_COMM_LEN		16
#define MAX_SCHEDULE_TIMEOUT	((long)(~0UL >> 1))

/* task_struct.__state */
#define TASK_RUNNING		0x0
#define TASK_INTERRUPTIBLE	0x1
#define TASK_UNINTERRUPTIBLE	0x2
#define TASK_DEAD		0x4
#define TASK_NORMAL		(TASK_INTERRUPTIBLE | TASK_UNINTERRUPTIBLE)

/* Which run queue a thread is on; a lower one runs first. */
enum sched_class {
	SCHED_CLASS_STOP,	/* the per-CPU stopper: only it runs when it can */
	SCHED_CLASS_NORMAL,	/* first in, first out, with a time slice */
	SCHED_CLASS_IDLE,	/* the per-CPU idle thread: when nothing else can */
	SCHED_CLASSES
};

struct fault_catch;
struct mutex;
struct kretprobe_instance;
struct kthread;
struct service_call;

/**
 * struct task_struct - one thread
 * @ksp: stack pointer while it does not run; the frame there is __switch_to()'s
 * @stack_lo: lowest address of its stack
 * @stack_hi: address past its stack
 * @livepatch_used: bytes of its livepatch stack (asm/livepatch.h), which grows up from @stack_lo
 * @preempt_count: see linux/preempt.h
 * @need_resched: somebody better waits for this CPU, or the time slice is over
 * @patch_pending: a live patch is in transition, and the thread has not been switched (linux/livepatch_sched.h)
 * @lock_depth: how often it has taken the big kernel lock and not let go
 * @catch: innermost armed catch_fault(), NULL if none
 * @__state: TASK_*; changed by the thread itself, and by its waker under the run queue lock
 * @cpu: the CPU whose run queue it is on, or ran on last
 * @on_rq: it is queued or running; under the run queue lock
 * @on_cpu: its registers are live on a CPU; cleared, with release, after the switch away from it
 * @bound: it stays on @cpu
 * @oopsed: it is being killed by an oops
 * @sched_class: enum sched_class
 * @pi_lock: held by whoever wakes it, so that its state and CPU change under one hand
 * @blocked_on: the mutex it sleeps for
 * @waits_for: what it sleeps for has this name, if anybody has said so; for reports
 * @pid: 0 for the idle threads, else unique
 * @comm: its name
 * @exit_code: what its function returned, or do_exit()'s argument
 * @usage: references; the last put_task_struct() frees
 * @run_node: on the run queue
 * @tasks: on the list that for_each_process() walks
 * @kthread: how it was created, and whether it should stop
 * @kretprobes: the probed calls it is in, innermost first; its own business
 * @runtime: timebase ticks spent running, up to @exec_start
 * @exec_start: timebase of the last switch to it
 * @nr_switches: how often it was switched to
 * @slice_end: timebase at which the time slice ends
 * @patch_state: KLP_*: which functions it calls while a live patch is in transition; itself, or whoever has
 *	task_call_func() keep it from running
 * @service_call: the innermost call by name that it is in, NULL if none
 * @pending: nothing, see linux/signal.h; @blocked: neither
 */
struct task_struct {
	unsigned long ksp;
	unsigned long stack_lo;
	unsigned long stack_hi;
	unsigned long livepatch_used;
	int preempt_count;
	volatile int need_resched;
	int patch_pending;
	int lock_depth;
	struct fault_catch *catch;
	unsigned int __state;
	unsigned int cpu;
	int on_rq;
	int on_cpu;
	int bound;
	int oopsed;
	int sched_class;
	raw_spinlock_t pi_lock;
	struct mutex *blocked_on;
	const char *waits_for;
	int pid;
	char comm[TASK_COMM_LEN];
	int exit_code;
	atomic_t usage;
	struct list_head run_node;
	struct list_head tasks;
	struct kthread *kthread;
	struct kretprobe_instance *kretprobes;
	u64 runtime;
	u64 exec_start;
	unsigned long nr_switches;
	u64 slice_end;
	int patch_state;
	struct service_call *service_call;
	struct {
		sigset_t signal;
	} pending;
	sigset_t blocked;
};

#define get_current()		current
#define task_pid_nr(p)		((p)->pid)
#define task_cpu(p)		(READ_ONCE((p)->cpu))
#define need_resched()		(current->need_resched)
#define task_stack_page(p)	((void *)(p)->stack_lo)

/*
 * The order a sleeper needs: state first, then the look at the condition. The barrier pairs with
 * the one in wake_up_state(), between the waker's store to the condition and its look at the
 * state.
 */
#define __set_current_state(state)	WRITE_ONCE(current->__state, (state))
#define set_current_state(state)	smp_store_mb(current->__state, (state))
#define get_current_state()		READ_ONCE(current->__state)

void schedule(void);
void yield(void);
int __cond_resched(void);
void preempt_schedule(void);
void preempt_schedule_irq(void);
void resched_cpu(unsigned int cpu);
int wake_up_process(struct task_struct *p);
int wake_up_state(struct task_struct *p, unsigned int state);
long schedule_timeout(long timeout);
long schedule_timeout_interruptible(long timeout);
long schedule_timeout_uninterruptible(long timeout);

/* Let others run if they want to. Context: may sleep. Return: 1 if somebody else ran. */
#define cond_resched() \
	(unlikely(need_resched() | READ_ONCE(current->patch_pending)) ? __cond_resched() : 0)

void __noreturn do_exit(long code);
void __noreturn make_task_dead(int code);

struct task_struct *get_task_struct(struct task_struct *p);
void put_task_struct(struct task_struct *p);

/* The list of all threads; hold tasklist_lock while walking, and take a reference to keep one. */
extern spinlock_t tasklist_lock;
extern struct list_head task_list;

#define for_each_process(p)	list_for_each_entry(p, &task_list, tasks)

struct task_struct *find_get_task_by_pid(int pid);
struct task_struct *try_get_cpu_curr(unsigned int cpu);
struct task_struct *idle_task(unsigned int cpu);
int task_call_func(struct task_struct *p, int (*func)(struct task_struct *p, void *arg), void *arg);
u64 task_runtime_ns(struct task_struct *p);
char task_state_to_char(struct task_struct *p);

/* What the boot CPU runs from its first C instruction on: its idle thread. */
extern struct task_struct init_task;

int sched_set_preempt(const char *name);
const char *preempt_model_name(void);

struct task_struct *idle_thread_create(unsigned int cpu);
void __noreturn cpu_startup_entry(void);

void dump_stack(void);

#include <linux/preempt.h>

#endif
