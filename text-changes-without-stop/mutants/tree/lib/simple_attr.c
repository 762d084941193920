// SPDX-License-Identifier: GPL-2.0
/* Files that are one number: DEFINE_SIMPLE_ATTRIBUTE(). */
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/kstrtox.h>
#include <linux/uaccess.h>

int simple_open(struct inode *inode, struct file *file)
{
	if (inode->i_private)
		file->private_data = inode->i_private;
	return 0;
}

ssize_t simple_attr_get(struct file *file, char __user *buf, size_t size, loff_t *pos,
			const struct simple_attr *attr)
{
	char text[32];
	u64 val;
	int err;

	if (!attr->get)
		return -EACCES;
	err = attr->get(file->f_inode->i_private, &val);
	if (err)
		return err;
	return simple_read_from_buffer(buf, size, pos, text, scnprintf(text, sizeof(text), attr->fmt, val));
}

ssize_t simple_attr_set(struct file *file, const char __user *buf, size_t size, loff_t *pos,
			const struct simple_attr *attr)
{
	unsigned long long val;
	int err;

	if (!attr->set)
		return -EACCES;
	/* A negative number is fine: it is the same bits. */
	err = kstrtoull_from_user(buf, size, 0, &val);
	if (err)
		err = kstrtoll_from_user(buf, size, 0, (long long *)&val);
	if (!err)
		err = attr->set(file->f_inode->i_private, val);
	return err ?: (ssize_t)size;
}
