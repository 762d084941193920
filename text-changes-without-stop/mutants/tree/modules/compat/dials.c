// SPDX-License-Identifier: GPL-2.0
/* Parameters that change while the module is loaded: echo 5 > /sys/module/dials/parameters/level */
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/stat.h>

static int level = 3;
static char *label = "none";
static bool lit;
static short table[3] = { 1, 2, 3 };
static int table_len = 3;
static char *names[2] = { "a", "b" };
static unsigned char hidden = 7;

module_param(level, int, S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH);
MODULE_PARM_DESC(level, "A number");
module_param(label, charp, 0644);
MODULE_PARM_DESC(label, "A string");
module_param(lit, bool, 0644);
module_param_array(table, short, &table_len, 0644);
module_param_array(names, charp, NULL, 0644);
module_param(hidden, byte, 0);

/* A parameter with functions of its own. */
static int even = 2;

static int even_set(const char *val, const struct kernel_param *kp)
{
	int n, err = kstrtoint(val, 10, &n);

	if (err || n % 2)
		return -EINVAL;
	return param_set_int(val, kp);
}

static const struct kernel_param_ops even_ops = {
	.set = even_set,
	.get = param_get_int,
};
module_param_cb(even, &even_ops, &even, 0644);

static int __init dials_init(void)
{
	return 0;
}

static void __exit dials_exit(void)
{
	pr_info("dials: level %d, label %s, lit %d, %d in the table, hidden %u, even %d\n", level, label, lit,
		table_len, hidden, even);
}

module_init(dials_init);
module_exit(dials_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Parameters in /sys/module");
