// SPDX-License-Identifier: GPL-2.0
/*
 * A character device that counts its users too late.
 *
 * open_foo() is entered with the big kernel lock held. request_irq() allocates memory, may sleep for it, and sleeping
 * lets go of that lock. The use count is still 0 then, so rmmod may take the module away, and request_irq() returns
 * into text that is not there any more.
 */
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/module.h>

#define FOO_MAJOR	42
#define FOO_IRQ		5

static irqreturn_t foo_interrupt(int irq, void *dev_id)
{
	return IRQ_HANDLED;
}

static int open_foo(struct inode *inode, struct file *file)
{
	if (request_irq(FOO_IRQ, foo_interrupt, 0, "FOO", NULL))
		return -EBUSY;
	MOD_INC_USE_COUNT;	/* wrong: request_irq() may have slept */
	return 0;
}

static int release_foo(struct inode *inode, struct file *file)
{
	free_irq(FOO_IRQ, NULL);
	MOD_DEC_USE_COUNT;
	return 0;
}

static ssize_t read_foo(struct file *file, char __user *buf, size_t size, loff_t *pos)
{
	static const char text[] = "foo\n";

	return simple_read_from_buffer(buf, size, pos, text, sizeof(text) - 1);
}

static const struct file_operations foo_fops = {
	.owner = THIS_MODULE,	/* nobody looked at it in 2000 */
	.open = open_foo,
	.read = read_foo,
	.release = release_foo,
};

static int __init foo_init(void)
{
	return register_chrdev(FOO_MAJOR, "foo", &foo_fops);
}

static void __exit foo_exit(void)
{
	unregister_chrdev(FOO_MAJOR, "foo");
}

module_init(foo_init);
module_exit(foo_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("A character device that may be unloaded while it is being opened");
