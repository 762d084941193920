// SPDX-License-Identifier: GPL-2.0
/*
 * Attributes as files of the tree that /proc is one of, too. A file's data is the attribute, its directory's the
 * object. Removing a file waits until nobody reads or writes it.
 */
#include <asm/page.h>
#include <linux/errno.h>
#include <linux/kobject.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/stdarg.h>
#include <linux/uaccess.h>

static struct kobject *kobj_of(const struct inode *inode)
{
	return inode->i_pde->parent->data ?: kernel_kobj;
}

static const struct sysfs_ops *ops_of(const struct kobject *kobj)
{
	return kobj->ktype && kobj->ktype->sysfs_ops ? kobj->ktype->sysfs_ops : &kobj_sysfs_ops;
}

/* Print the attribute of the open file m->private. */
static int attr_show(struct seq_file *m, void *v)
{
	const struct inode *inode = m->private;
	struct kobject *kobj = kobj_of(inode);
	char *page = kzalloc(PAGE_SIZE, GFP_KERNEL);
	ssize_t len;

	if (!page)
		return -ENOMEM;
	len = ops_of(kobj)->show(kobj, inode->i_private, page);
	if (len > 0)
		seq_write(m, page, min(len, (ssize_t)PAGE_SIZE));
	kfree(page);
	return (int)min(len, (ssize_t)0);
}

static int attr_open(struct inode *inode, struct file *file)
{
	return single_open_size(file, attr_show, inode, 2 * PAGE_SIZE);
}

static ssize_t attr_write(struct file *file, const char __user *buf, size_t size, loff_t *pos)
{
	const struct inode *inode = file_inode(file);
	struct kobject *kobj = kobj_of(inode);
	ssize_t ret;
	char *text;

	if (size >= PAGE_SIZE)
		return -EFBIG;
	text = memdup_user_nul(buf, size);
	if (IS_ERR(text))
		return PTR_ERR(text);
	ret = ops_of(kobj)->store(kobj, inode->i_private, text, size);
	kfree(text);
	return ret;
}

static const struct file_operations attr_fops = {
	.open = attr_open, .read = seq_read, .write = attr_write, .release = single_release,
};

static int create_in(struct proc_dir_entry *dir, const struct attribute *attr, umode_t mode)
{
	if (!dir)
		return -ENOENT;
	return proc_create_data(attr->name, mode, dir, &attr_fops, (void *)attr) ? 0 : -EEXIST;
}

/**
 * sysfs_create_file() - an attribute for an object
 * @kobj: the object, which has a directory
 * @attr: the attribute, as long as the file is there
 *
 * Context: may sleep. Return: 0, -EEXIST (or no memory), -ENOENT.
 */
int sysfs_create_file(struct kobject *kobj, const struct attribute *attr)
{
	return create_in(kobject_dir(kobj), attr, attr->mode);
}

/* Take @name out of a directory. Some have removed the object, and with it the directory, before. */
static void remove_from(struct proc_dir_entry *dir, const char *name)
{
	if (dir)
		proc_remove(proc_find(dir, name));
}

void sysfs_remove_file(struct kobject *kobj, const struct attribute *attr)
{
	remove_from(kobject_dir(kobj), attr->name);
}

static void remove_attrs(struct proc_dir_entry *dir, struct attribute **attrs, int n)
{
	while (n--)
		remove_from(dir, attrs[n]->name);
}

/* Return: 0 with all of them there, or a negative errno with none. */
int sysfs_create_group(struct kobject *kobj, const struct attribute_group *group)
{
	struct proc_dir_entry *dir = kobject_dir(kobj);
	int err = 0;

	if (group->name)
		dir = proc_mkdir_data(group->name, 0, dir, kobj);
	if (!dir)
		return -EEXIST;
	for (int i = 0; group->attrs[i]; i++) {
		struct attribute *attr = group->attrs[i];
		umode_t mode = group->is_visible ? group->is_visible(kobj, attr, i) : attr->mode;

		if (mode)
			err = create_in(dir, attr, mode);
		if (!err)
			continue;
		if (group->name)
			proc_remove(dir);
		else
			remove_attrs(dir, group->attrs, i);
		break;
	}
	return err;
}

void sysfs_remove_group(struct kobject *kobj, const struct attribute_group *group)
{
	int n = 0;

	if (group->name) {
		remove_from(kobject_dir(kobj), group->name);
		return;
	}
	while (group->attrs[n])
		n++;
	remove_attrs(kobject_dir(kobj), group->attrs, n);
}

int sysfs_create_groups(struct kobject *kobj, const struct attribute_group **groups)
{
	int err = 0;

	for (; !err && groups && *groups; groups++)
		err = sysfs_create_group(kobj, *groups);
	return err;
}

int sysfs_emit(char *buf, const char *fmt, ...)
{
	va_list args;
	int len;

	va_start(args, fmt);
	len = vscnprintf(buf, PAGE_SIZE, fmt, args);
	va_end(args);
	return len;
}

int sysfs_emit_at(char *buf, int at, const char *fmt, ...)
{
	va_list args;
	int len;

	if (at < 0 || at >= (int)PAGE_SIZE)
		return 0;
	va_start(args, fmt);
	len = vscnprintf(buf + at, PAGE_SIZE - at, fmt, args);
	va_end(args);
	return len;
}
