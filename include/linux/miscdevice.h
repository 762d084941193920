/* SPDX-License-Identifier: GPL-2.0 */
/* Character devices that do not care for a number of their own. */
#ifndef _LINUX_MISCDEVICE_H
#define _LINUX_MISCDEVICE_H

#include <linux/fs.h>

#define MISC_DYNAMIC_MINOR	255

/**
 * struct miscdevice - one such device
 * @minor: MISC_DYNAMIC_MINOR; once registered, its number
 * @name: its name
 * @fops: what it can do
 */
struct miscdevice {
	int minor;
	const char *name;
	const struct file_operations *fops;
};

/* Context: any but interrupts. Return: 0, -EINVAL, -EBUSY. */
static inline int misc_register(struct miscdevice *misc)
{
	int number = register_chrdev(0, misc->name, misc->fops);

	if (number < 0)
		return number;
	misc->minor = number;
	return 0;
}

static inline void misc_deregister(struct miscdevice *misc)
{
	unregister_chrdev((unsigned int)misc->minor, misc->name);
}

#endif
