// SPDX-License-Identifier: GPL-2.0
/*
 * What the example of per-task consistency patches. A spacecraft's course is corrected over and over by the thread
 * "orbiter", in correct_course(): thruster_impulse() says how hard the thrusters have pushed, and steer() what that does
 * to the course. The two have to agree on a unit, which nothing but their source says: pound-force seconds. Between
 * them the thread waits until somebody wants to know:
 *
 *	cat /proc/orbiter	let the correction that is under way be finished, and say what came of it
 *
 * livepatch_metric changes the unit. A correction that was begun in one and is finished in the other misses Mars.
 */
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/wait.h>
#include "orbiter.h"

static DECLARE_WAIT_QUEUE_HEAD(turn);
static DEFINE_MUTEX(readers);
static int asked, answered;	/* how many corrections */
static int push;		/* of the last one, in newton seconds */
static struct task_struct *orbiter;

/* In pound-force seconds. */
static noinline int thruster_impulse(void)
{
	return PUSH_LBFS;
}

static noinline __used void wait_until_asked(void)
{
	wait_event_interruptible(turn, READ_ONCE(asked) != answered || kthread_should_stop());
}

static noinline __used void push_by(int newton_seconds)
{
	push = newton_seconds;
	WRITE_ONCE(answered, READ_ONCE(asked));
	wake_up_all(&turn);
}

/* @impulse: in pound-force seconds. */
static noinline void steer(int impulse)
{
	push_by(impulse * NS_PER_100_LBFS / 100);
}

static noinline void correct_course(void)
{
	int impulse = thruster_impulse();

	wait_until_asked();
	steer(impulse);
}

static int orbiter_thread(void *unused)
{
	while (!kthread_should_stop())
		correct_course();
	return 0;
}

/* Return: how hard it was pushed, in newton seconds; -ETIMEDOUT if the thread is no more. Also called by tests. */
static noinline __used int next_push(void)
{
	int pushed;

	mutex_lock(&readers);
	WRITE_ONCE(asked, asked + 1);
	wake_up_all(&turn);
	pushed = wait_event_timeout(turn, READ_ONCE(answered) == asked, 5 * HZ) ? push : -ETIMEDOUT;
	mutex_unlock(&readers);
	return pushed;
}

static int orbiter_show(struct seq_file *m, void *v)
{
	int pushed = next_push();

	if (pushed < 0)
		return pushed;
	seq_printf(m, "pushed by %d Ns: %s\n", pushed, pushed == PUSH_NS ? "on course" : "lost");
	return 0;
}

static int __init livepatch_orbiter_init(void)
{
	if (!proc_create_single("orbiter", 0444, NULL, orbiter_show))
		return -ENOMEM;
	orbiter = kthread_run(orbiter_thread, NULL, "orbiter");
	if (!IS_ERR(orbiter))
		return 0;
	remove_proc_entry("orbiter", NULL);
	return PTR_ERR(orbiter);
}

static void __exit livepatch_orbiter_exit(void)
{
	remove_proc_entry("orbiter", NULL);
	kthread_stop(orbiter);
}

module_init(livepatch_orbiter_init);
module_exit(livepatch_orbiter_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Functions that have to agree on a unit, for per-task consistency");
