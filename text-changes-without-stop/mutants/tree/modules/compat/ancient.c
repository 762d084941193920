// SPDX-License-Identifier: GPL-2.0
/* As in the first chapter of old books: functions found by their names, no macros, and a file looked at by its entry. */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/sched.h>
#include <linux/uaccess.h>

static ssize_t ancient_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	char text[] = "old but alive\n";

	if (*pos >= sizeof(text) - 1 || copy_to_user(buf, text, sizeof(text) - 1))
		return 0;
	*pos += sizeof(text) - 1;
	printk(KERN_INFO "ancient: %s read by a process\n", file->f_path.dentry->d_name.name);
	return sizeof(text) - 1;
}

static const struct proc_ops ancient_ops = {
	.proc_read = ancient_read,
};

int init_module(void)
{
	if (!proc_create("ancient", 0644, NULL, &ancient_ops))
		return -ENOMEM;
	printk("ancient: loaded by %s\n", current->pid > 0 ? "somebody" : "nobody");
	return 0;
}

void cleanup_module(void)
{
	remove_proc_entry("ancient", NULL);
	printk(KERN_ALERT "ancient: gone\n");
}

MODULE_LICENSE("GPL");
