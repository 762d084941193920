/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the files of the scheduler share. Lock order: task_struct.pi_lock, then rq.lock.
 * timer_base.lock is never held together with either.
 */
#ifndef _KERNEL_SCHED_SCHED_H
#define _KERNEL_SCHED_SCHED_H

#include <linux/completion.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/percpu.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <stopgap/platform.h>
#include <stopgap/timer.h>

#define NO_DEADLINE	(~0ull)
#define SLICE_NS	10000000ull

/**
 * struct rq - one CPU's run queue
 * @lock: protects all of it; held across the context switch, and released by the thread switched to
 * @cpu: whose it is
 * @nr_running: threads that want to run, the running one included, the idle thread not
 * @curr: the running thread; it is on no queue
 * @idle: what runs when nothing else wants to
 * @queue: the others, by class
 * @deadline: what the platform was last asked for; only this CPU touches it, soft mask set
 */
struct rq {
	raw_spinlock_t lock;
	unsigned int cpu;
	unsigned int nr_running;
	struct task_struct *curr;
	struct task_struct *idle;
	struct list_head queue[SCHED_CLASS_IDLE];
	u64 deadline;
};

DECLARE_PER_CPU(struct rq, runqueues);

#define cpu_rq(cpu)	(&per_cpu(runqueues, cpu))
#define this_rq()	this_cpu_ptr(&runqueues)

/**
 * struct timer_base - one CPU's timers
 * @lock: protects all of it, and the timers on it; taken with interrupts off
 * @running: the timer whose function runs now
 * @pending: by deadline, nearest first
 * @next: the first one's deadline, for readers without the lock
 */
struct timer_base {
	raw_spinlock_t lock;
	struct timer_list *running;
	struct list_head pending;
	u64 next;
};

DECLARE_PER_CPU(struct timer_base, timer_bases);

/**
 * struct kthread - the part of a thread that only its creation and its end need
 * @fn: what it runs
 * @data: fn's argument
 * @should_stop: kthread_stop() has been called
 * @exited: completed by do_exit()
 */
struct kthread {
	int (*fn)(void *data);
	void *data;
	bool should_stop;
	struct completion exited;
};

/* task.c */
struct task_struct *task_create(const char *comm, int (*fn)(void *), void *arg);
void task_free(struct task_struct *p);
void task_list_add(struct task_struct *p);
void task_list_del(struct task_struct *p);

/* core.c */
void schedule_idle(void);
void schedule_tail(struct task_struct *prev);
void __noreturn schedule_dead(void);
/* Jiffies after which a grace period complains. rcu.c */
extern long rcu_patience;

void sched_update_deadline(void);
void sched_account(struct task_struct *p, u64 now);

/* preempt.c */
bool preempt_is_full(void);

/* sleep.c: sleep in the state set before, at most until @deadline. */
void schedule_until(u64 deadline);

/* timer.c */
void timer_init_cpu(unsigned int cpu);
void timers_run(u64 now);
u64 timers_next(void);

#endif
