// SPDX-License-Identifier: GPL-2.0
/* An array shown in /proc by an iterator, with the file_operations of before Linux 5.6. */
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>

static const char * const planets[] = { "Mercury", "Venus", "Earth", "Mars" };

static void *planets_start(struct seq_file *s, loff_t *pos)
{
	if (*pos >= (loff_t)ARRAY_SIZE(planets))
		return NULL;
	return (void *)&planets[*pos];
}

static void *planets_next(struct seq_file *s, void *v, loff_t *pos)
{
	(*pos)++;
	return planets_start(s, pos);
}

static void planets_stop(struct seq_file *s, void *v)
{
}

static int planets_show(struct seq_file *s, void *v)
{
	seq_printf(s, "%s\n", *(const char **)v);
	return 0;
}

static struct seq_operations planets_seq_ops = {
	.start = planets_start,
	.next = planets_next,
	.stop = planets_stop,
	.show = planets_show,
};

static int planets_open(struct inode *inode, struct file *file)
{
	return seq_open(file, &planets_seq_ops);
}

static struct file_operations planets_fops = {
	.owner = THIS_MODULE,
	.open = planets_open,
	.read = seq_read,
	.llseek = seq_lseek,
	.release = seq_release,
};

static struct proc_dir_entry *dir;

static int __init oldproc_init(void)
{
	dir = proc_mkdir("sky", NULL);
	if (!dir)
		return -ENOMEM;
	if (!proc_create("planets", 0, dir, &planets_fops)) {
		remove_proc_entry("sky", NULL);
		return -ENOMEM;
	}
	return 0;
}

static void __exit oldproc_exit(void)
{
	remove_proc_entry("planets", dir);
	remove_proc_entry("sky", NULL);
}

module_init(oldproc_init);
module_exit(oldproc_exit);

MODULE_LICENSE("Dual BSD/GPL");
