// SPDX-License-Identifier: GPL-2.0
/* A thread that sleeps on a wait queue until a file in /proc is written. */
#include <linux/atomic.h>
#include <linux/init.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/sched.h>
#include <linux/uaccess.h>
#include <linux/wait.h>

static DECLARE_WAIT_QUEUE_HEAD(alarm);
static atomic_t rings = ATOMIC_INIT(0);
static struct task_struct *task;

static ssize_t alarm_write(struct file *file, const char __user *buf, size_t len, loff_t *off)
{
	int n, err;

	err = kstrtoint_from_user(buf, len, 10, &n);
	if (err)
		return err;
	atomic_add(n, &rings);
	wake_up_interruptible(&alarm);
	return len;
}

static const struct proc_ops alarm_ops = {
	.proc_write = alarm_write,
};

static int sleep(void *unused)
{
	while (!kthread_should_stop()) {
		wait_event_interruptible(alarm, atomic_read(&rings) || kthread_should_stop());
		if (atomic_read(&rings))
			pr_info("sleeper: woken by %d\n", atomic_xchg(&rings, 0));
	}
	return 0;
}

static int __init sleeper_init(void)
{
	if (!proc_create("alarm", 0222, NULL, &alarm_ops))
		return -ENOMEM;
	task = kthread_run(sleep, NULL, "sleeper");
	if (IS_ERR(task)) {
		remove_proc_entry("alarm", NULL);
		return PTR_ERR(task);
	}
	return 0;
}

static void __exit sleeper_exit(void)
{
	remove_proc_entry("alarm", NULL);
	kthread_stop(task);
}

module_init(sleeper_init);
module_exit(sleeper_exit);

MODULE_LICENSE("GPL");
