/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Character devices that do not care for a number of their own. Each gets a major here, where Linux has a minor of one
 * major, and an entry in /dev; lib/misc.c, linked into each module that uses it.
 */
#ifndef _LINUX_MISCDEVICE_H
#define _LINUX_MISCDEVICE_H

#include <linux/device.h>
#include <linux/fs.h>
#include <linux/module.h>

#define MISC_DYNAMIC_MINOR	255

/**
 * struct miscdevice - one such device
 * @minor: MISC_DYNAMIC_MINOR; once registered, its number
 * @name: its name
 * @fops: what it can do
 * @mode: permissions of the entry; 0: 0600
 * @node: the entry
 */
struct miscdevice {
	int minor;
	const char *name;
	const struct file_operations *fops;
	umode_t mode;
	struct proc_dir_entry *node;
};

int misc_register(struct miscdevice *misc);
void misc_deregister(struct miscdevice *misc);

/* A module that is nothing but one such device. */
#define module_misc_device(__misc)				\
	static int __init __misc##_init(void)			\
	{							\
		return misc_register(&(__misc));		\
	}							\
	static void __exit __misc##_exit(void)			\
	{							\
		misc_deregister(&(__misc));			\
	}							\
	module_init(__misc##_init);				\
	module_exit(__misc##_exit)

#endif
