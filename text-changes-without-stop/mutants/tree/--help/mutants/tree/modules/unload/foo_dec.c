// SPDX-License-Identifier: GPL-2.0
/*
 * A character device that lowers a count it never raised. Its count is -1 after the first close, so that it can never be
 * unloaded; had somebody else raised it, it could be unloaded under him.
 */
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/module.h>

#define FOO_MAJOR	42

static int open_foo(struct inode *inode, struct file *file)
{
	return 0;
}

static int release_foo(struct inode *inode, struct file *file)
{
	MOD_DEC_USE_COUNT;	/* wrong: open_foo() has raised nothing */
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
MODULE_DESCRIPTION("A character device that counts down only");
