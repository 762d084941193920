// SPDX-License-Identifier: GPL-2.0
/* A file in /proc that counts how often it was read, and takes a name to greet. */
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/uaccess.h>
#include <linux/version.h>

#define NAME_SIZE	16

static char name[NAME_SIZE] = "nobody";
static int reads;

static int greeting_show(struct seq_file *m, void *v)
{
	seq_printf(m, "hello, %s; read %d times\n", name, ++reads);
	return 0;
}

static int greeting_open(struct inode *inode, struct file *file)
{
	return single_open(file, greeting_show, NULL);
}

static ssize_t greeting_write(struct file *file, const char __user *buf, size_t count,
			      loff_t *pos)
{
	size_t len = min_t(size_t, count, NAME_SIZE - 1);

	if (copy_from_user(name, buf, len))
		return -EFAULT;
	name[len] = '\0';
	strim(name);
	return count;
}

#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 6, 0)
static const struct proc_ops greeting_ops = {
	.proc_open = greeting_open,
	.proc_read = seq_read,
	.proc_write = greeting_write,
	.proc_lseek = seq_lseek,
	.proc_release = single_release,
};
#else
static const struct file_operations greeting_ops = {
	.owner = THIS_MODULE,
	.open = greeting_open,
	.read = seq_read,
	.write = greeting_write,
	.llseek = seq_lseek,
	.release = single_release,
};
#endif

static int __init procfile_init(void)
{
	if (!proc_create("greeting", 0644, NULL, &greeting_ops)) {
		pr_alert("procfile: could not make /proc/greeting\n");
		return -ENOMEM;
	}
	return 0;
}

static void __exit procfile_exit(void)
{
	remove_proc_entry("greeting", NULL);
}

module_init(procfile_init);
module_exit(procfile_exit);

MODULE_LICENSE("GPL");
