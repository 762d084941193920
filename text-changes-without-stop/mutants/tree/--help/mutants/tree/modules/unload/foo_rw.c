// SPDX-License-Identifier: GPL-2.0
/*
 * A device that can be read and written: two functions that need no lock and no counting.
 *
 * Both may sleep, and neither is called under the big kernel lock. But nobody can call them without a file descriptor,
 * and open_rw() has counted each descriptor it has handed out. The count goes down when the descriptor is given back.
 * So as long as anybody can get here, the module cannot be unloaded.
 */
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#define RW_MAJOR	43
#define TEXT_SIZE	64

/* One for each descriptor. */
struct rw {
	char text[TEXT_SIZE];
	size_t len;
};

static int open_rw(struct inode *inode, struct file *file)
{
	MOD_INC_USE_COUNT;
	file->private_data = kzalloc(sizeof(struct rw), GFP_KERNEL);
	if (!file->private_data) {
		MOD_DEC_USE_COUNT;
		return -ENOMEM;
	}
	return 0;
}

static int release_rw(struct inode *inode, struct file *file)
{
	kfree(file->private_data);
	MOD_DEC_USE_COUNT;
	return 0;
}

/* Takes a copy first, which may sleep; a real driver would wait for its device. */
static ssize_t read_rw(struct file *file, char __user *buf, size_t size, loff_t *pos)
{
	struct rw *rw = file->private_data;
	char *copy = kmemdup(rw->text, TEXT_SIZE, GFP_KERNEL);
	size_t n = min(size, rw->len);

	if (!copy)
		return -ENOMEM;
	if (copy_to_user(buf, copy, n))
		n = 0;
	kfree(copy);
	return n;
}

static ssize_t write_rw(struct file *file, const char __user *buf, size_t size, loff_t *pos)
{
	struct rw *rw = file->private_data;
	char *copy;

	size = min_t(size_t, size, TEXT_SIZE);
	copy = memdup_user(buf, size);
	if (IS_ERR(copy))
		return PTR_ERR(copy);
	memcpy(rw->text, copy, size);
	rw->len = size;
	kfree(copy);
	return size;
}

static const struct file_operations rw_fops = {
	.owner = THIS_MODULE,
	.open = open_rw,
	.read = read_rw,
	.write = write_rw,
	.release = release_rw,
};

static int __init rw_init(void)
{
	return register_chrdev(RW_MAJOR, "rw", &rw_fops);
}

static void __exit rw_exit(void)
{
	unregister_chrdev(RW_MAJOR, "rw");
}

module_init(rw_init);
module_exit(rw_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("A device whose read and write are safe because of the descriptor they need");
