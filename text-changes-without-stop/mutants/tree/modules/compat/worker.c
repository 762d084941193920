// SPDX-License-Identifier: GPL-2.0
/* A thread that works until it is told to stop. */
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/sched.h>

static struct task_struct *task;

static int work(void *data)
{
	int *rounds = data;

	pr_info("worker: %s begins\n", current->comm);
	while (!kthread_should_stop()) {
		(*rounds)++;
		set_current_state(TASK_INTERRUPTIBLE);
		if (!kthread_should_stop())
			schedule_timeout(HZ / 50);
		__set_current_state(TASK_RUNNING);
	}
	return *rounds;
}

static int rounds;

static int __init worker_init(void)
{
	task = kthread_run(work, &rounds, "worker/%d", 7);
	if (IS_ERR(task))
		return PTR_ERR(task);
	return 0;
}

static void __exit worker_exit(void)
{
	int done = kthread_stop(task);

	pr_info("worker: stopped%s\n", done == rounds ? "" : " with a wrong count");
}

module_init(worker_init);
module_exit(worker_exit);

MODULE_LICENSE("GPL");
