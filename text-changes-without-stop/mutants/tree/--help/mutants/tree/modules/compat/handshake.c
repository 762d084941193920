// SPDX-License-Identifier: GPL-2.0
/* Two threads that go on one after the other, by completions. */
#include <linux/completion.h>
#include <linux/err.h>
#include <linux/init.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/printk.h>
#include <linux/version.h>

static DECLARE_COMPLETION(cranked);
static struct completion spinning;

#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 17, 0)
#define kthread_complete_and_exit complete_and_exit
#endif

static int crank_thread(void *arg)
{
	pr_info("handshake: turn the crank\n");
	kthread_complete_and_exit(&cranked, 0);
}

static int wheel_thread(void *arg)
{
	wait_for_completion(&cranked);
	pr_info("handshake: the wheel spins\n");
	kthread_complete_and_exit(&spinning, 0);
}

static int __init handshake_init(void)
{
	struct task_struct *crank, *wheel;

	init_completion(&spinning);
	crank = kthread_create(crank_thread, NULL, "crank");
	if (IS_ERR(crank))
		return PTR_ERR(crank);
	wheel = kthread_create(wheel_thread, NULL, "wheel");
	if (IS_ERR(wheel)) {
		kthread_stop(crank);
		return PTR_ERR(wheel);
	}
	wake_up_process(wheel);
	wake_up_process(crank);
	return 0;
}

static void __exit handshake_exit(void)
{
	wait_for_completion(&spinning);
	pr_info("handshake: over\n");
}

module_init(handshake_init);
module_exit(handshake_exit);

MODULE_LICENSE("GPL");
