// SPDX-License-Identifier: GPL-2.0
/* A misc device over a kfifo: what comes in first goes out first. All of the module is one macro. */
#include <linux/kfifo.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/mutex.h>

static DEFINE_KFIFO(bytes, unsigned char, 16);
static DEFINE_MUTEX(lock);

static ssize_t queue_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	unsigned int copied;
	int err;

	if (mutex_lock_interruptible(&lock))
		return -ERESTARTSYS;
	err = kfifo_to_user(&bytes, buf, count, &copied);
	mutex_unlock(&lock);
	return err ? err : copied;
}

static ssize_t queue_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	unsigned int copied;
	int err;

	if (mutex_lock_interruptible(&lock))
		return -ERESTARTSYS;
	err = kfifo_from_user(&bytes, buf, count, &copied);
	mutex_unlock(&lock);
	if (err)
		return err;
	return copied ? copied : -ENOSPC;
}

static const struct file_operations queue_fops = {
	.owner = THIS_MODULE,
	.read = queue_read,
	.write = queue_write,
	.llseek = noop_llseek,
};

static struct miscdevice queue_device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "queue",
	.fops = &queue_fops,
};
module_misc_device(queue_device);

MODULE_LICENSE("GPL");
