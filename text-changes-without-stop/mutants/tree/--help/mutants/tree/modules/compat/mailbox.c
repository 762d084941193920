// SPDX-License-Identifier: GPL-2.0
/* A character device with a number, a class and an entry in /dev: what is written can be read. One at a time. */
#include <linux/cdev.h>
#include <linux/device.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/uaccess.h>
#include <linux/version.h>

#define ROOM	64

static dev_t number;
static struct cdev mailbox;
static struct class *mail_class;
static struct device *mail_device;

static DEFINE_MUTEX(in_use);
static char letter[ROOM];
static size_t length;

static int mailbox_open(struct inode *inode, struct file *file)
{
	if (!mutex_trylock(&in_use))
		return -EBUSY;
	pr_info("mailbox: minor %u opened, %s\n", iminor(inode),
		inode->i_cdev == &mailbox ? "it is ours" : "whose is it?");
	return 0;
}

static int mailbox_release(struct inode *inode, struct file *file)
{
	mutex_unlock(&in_use);
	return 0;
}

static ssize_t mailbox_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	if (*pos >= length)
		return 0;
	if (count > length - *pos)
		count = length - *pos;
	if (copy_to_user(buf, letter + *pos, count))
		return -EFAULT;
	*pos += count;
	return count;
}

static ssize_t mailbox_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	size_t i;

	if (count > ROOM)
		return -ENOSPC;
	for (i = 0; i < count; i++)
		if (get_user(letter[i], buf + i))
			return -EFAULT;
	length = count;
	return count;
}

static const struct file_operations mailbox_fops = {
	.owner = THIS_MODULE,
	.open = mailbox_open,
	.release = mailbox_release,
	.read = mailbox_read,
	.write = mailbox_write,
};

static ssize_t waiting_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sprintf(buf, "%zu\n", length);
}
static DEVICE_ATTR_RO(waiting);

static int __init mailbox_init(void)
{
	int err = alloc_chrdev_region(&number, 0, 1, "mailbox");

	if (err < 0)
		return err;
	cdev_init(&mailbox, &mailbox_fops);
	err = cdev_add(&mailbox, number, 1);
	if (err < 0)
		goto out_region;
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 4, 0)
	mail_class = class_create("mail");
#else
	mail_class = class_create(THIS_MODULE, "mail");
#endif
	err = PTR_ERR_OR_ZERO(mail_class);
	if (err)
		goto out_cdev;
	mail_device = device_create(mail_class, NULL, number, NULL, "mailbox%d", MINOR(number));
	err = PTR_ERR_OR_ZERO(mail_device);
	if (err)
		goto out_class;
	err = device_create_file(mail_device, &dev_attr_waiting);
	if (err)
		goto out_device;
	return 0;

out_device:
	device_destroy(mail_class, number);
out_class:
	class_destroy(mail_class);
out_cdev:
	cdev_del(&mailbox);
out_region:
	unregister_chrdev_region(number, 1);
	return err;
}

static void __exit mailbox_exit(void)
{
	device_remove_file(mail_device, &dev_attr_waiting);
	device_destroy(mail_class, number);
	class_destroy(mail_class);
	cdev_del(&mailbox);
	unregister_chrdev_region(number, 1);
}

module_init(mailbox_init);
module_exit(mailbox_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("A character device with a class");
