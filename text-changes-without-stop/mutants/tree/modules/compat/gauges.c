// SPDX-License-Identifier: GPL-2.0
/* Files in debugfs: numbers, a flag, one made by functions, one by seq_file. */
#include <linux/debugfs.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/seq_file.h>

static struct dentry *folder;
static u8 small = 200;
static u32 large = 0xc0ffee;
static bool on;
static atomic_t events = ATOMIC_INIT(-3);
static u64 doubled;

static int double_get(void *data, u64 *val)
{
	*val = 2 * *(u64 *)data;
	return 0;
}

static int double_set(void *data, u64 val)
{
	if (val & 1)
		return -EINVAL;
	*(u64 *)data = val / 2;
	return 0;
}
DEFINE_SIMPLE_ATTRIBUTE(double_fops, double_get, double_set, "%llu\n");

static int report_show(struct seq_file *m, void *v)
{
	seq_printf(m, "small %u, on %d\n", small, on);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(report);

static int __init gauges_init(void)
{
	folder = debugfs_create_dir("gauges", NULL);
	debugfs_create_u8("small", 0644, folder, &small);
	debugfs_create_x32("large", 0444, folder, &large);
	debugfs_create_bool("on", 0644, folder, &on);
	debugfs_create_atomic_t("events", 0444, folder, &events);
	debugfs_create_file("double", 0644, folder, &doubled, &double_fops);
	debugfs_create_file("report", 0444, folder, NULL, &report_fops);
	return 0;
}

static void __exit gauges_exit(void)
{
	debugfs_remove_recursive(folder);
}

module_init(gauges_init);
module_exit(gauges_exit);

MODULE_LICENSE("GPL");
