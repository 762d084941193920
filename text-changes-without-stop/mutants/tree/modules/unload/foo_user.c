// SPDX-License-Identifier: GPL-2.0
/*
 * A user of foo_lib's exported symbol.
 *
 * It counts itself, because open_user() is called by name. It does not count foo_lib: insmod has done that.
 */
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/module.h>

#include "foo_lib.h"

#define USER_MAJOR	44

static int open_user(struct inode *inode, struct file *file)
{
	MOD_INC_USE_COUNT;
	if (foo_answer() < 0) {		/* sleeps inside foo_lib, whose use count open_user() does not touch */
		MOD_DEC_USE_COUNT;
		return -ENOMEM;
	}
	return 0;
}

static int release_user(struct inode *inode, struct file *file)
{
	MOD_DEC_USE_COUNT;
	return 0;
}

static ssize_t read_user(struct file *file, char __user *buf, size_t size, loff_t *pos)
{
	char text[16];

	return simple_read_from_buffer(buf, size, pos, text, sprintf(text, "%d\n", foo_answer()));
}

static const struct file_operations user_fops = {
	.owner = THIS_MODULE,
	.open = open_user,
	.read = read_user,
	.release = release_user,
};

static int __init user_init(void)
{
	return register_chrdev(USER_MAJOR, "user", &user_fops);
}

static void __exit user_exit(void)
{
	unregister_chrdev(USER_MAJOR, "user");
}

module_init(user_init);
module_exit(user_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Uses an exported symbol, safely without counting its owner");
