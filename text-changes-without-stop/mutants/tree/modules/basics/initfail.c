// SPDX-License-Identifier: GPL-2.0
/* Its init fails: insmod reports the error, and nothing of the module is left. */
#include <linux/errno.h>
#include <linux/module.h>

static int err = -EINVAL;
module_param(err, int, 0444);
MODULE_PARM_DESC(err, "what init returns");

static int __init initfail_init(void)
{
	return err;
}

static void __exit initfail_exit(void)
{
}

module_init(initfail_init);
module_exit(initfail_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Fails to start");
