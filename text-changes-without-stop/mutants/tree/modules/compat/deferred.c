// SPDX-License-Identifier: GPL-2.0
/* Work for another thread: at once, after a while, again and again, and a tasklet. */
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/workqueue.h>

static struct workqueue_struct *queue;
static struct work_struct work;
static struct delayed_work later;
static int repeats;

static void work_handler(struct work_struct *data)
{
	pr_info("deferred: work done\n");
}

static void later_handler(struct work_struct *data)
{
	struct delayed_work *dwork = to_delayed_work(data);

	repeats++;
	queue_delayed_work(queue, dwork, msecs_to_jiffies(10));
}

static void tasklet_handler(struct tasklet_struct *t)
{
	pr_info("deferred: tasklet ran\n");
}

static DECLARE_TASKLET(tasklet, tasklet_handler);

static int __init deferred_init(void)
{
	queue = alloc_workqueue("deferred", WQ_UNBOUND, 1);
	if (!queue)
		return -ENOMEM;
	INIT_WORK(&work, work_handler);
	queue_work(queue, &work);
	INIT_DELAYED_WORK(&later, later_handler);
	queue_delayed_work(queue, &later, msecs_to_jiffies(1));
	tasklet_schedule(&tasklet);
	return 0;
}

static void __exit deferred_exit(void)
{
	tasklet_kill(&tasklet);
	flush_delayed_work(&later);
	cancel_delayed_work_sync(&later);
	destroy_workqueue(queue);
	pr_info("deferred: repeated work %s\n", repeats ? "ran" : "never ran");
}

module_init(deferred_init);
module_exit(deferred_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Workqueues and tasklets");
