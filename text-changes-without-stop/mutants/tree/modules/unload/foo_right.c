// SPDX-License-Identifier: GPL-2.0
/*
 * foo_wrong, put right: the use count goes up before anything that may sleep, and comes down again on the way out of
 * an open that fails.
 *
 * open_foo() is entered with the big kernel lock held, so nobody unloads the module between its first instruction and
 * the counting. From there on it is the count that protects, and the lock may come and go.
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
	MOD_INC_USE_COUNT;		/* first of all */
	if (request_irq(FOO_IRQ, foo_interrupt, 0, "FOO", NULL)) {
		MOD_DEC_USE_COUNT;	/* nothing was opened */
		return -EBUSY;
	}
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
MODULE_DESCRIPTION("A character device that is not unloaded while somebody uses it");
