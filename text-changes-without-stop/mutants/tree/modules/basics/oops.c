// SPDX-License-Identifier: GPL-2.0
/* Faults on request: insmod oops.ko where=init, or where=exit and then rmmod, or where=thread. */
#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/string.h>

static char *where = "init";
module_param(where, charp, 0444);
MODULE_PARM_DESC(where, "init, exit, or thread: where to fault; anything else: nowhere");

/* Volatile, so that the compiler cannot know better. */
static int *volatile nowhere = (int *)8;

static noinline void oops_here(void)
{
	*nowhere = 0;
}

static int oops_thread(void *unused)
{
	oops_here();
	return 0;
}

static int __init oops_init(void)
{
	if (!strcmp(where, "thread"))
		return PTR_ERR_OR_ZERO(kthread_run(oops_thread, NULL, "oops"));
	if (!strcmp(where, "init"))
		oops_here();
	return 0;
}

static void __exit oops_exit(void)
{
	if (!strcmp(where, "exit"))
		oops_here();
}

module_init(oops_init);
module_exit(oops_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Writes through a bad pointer");
