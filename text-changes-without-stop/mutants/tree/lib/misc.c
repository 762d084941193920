// SPDX-License-Identifier: GPL-2.0
/* Character devices without a number of their own: see <linux/miscdevice.h>. */
#include <linux/errno.h>
#include <linux/miscdevice.h>
#include <linux/proc_fs.h>

/**
 * misc_register() - let a device be opened, by name and through an entry in /dev
 * @misc: the device; stays the caller's
 *
 * Context: may sleep. Return: 0; -EBUSY the name is taken; -EEXIST there is such an entry; -EINVAL.
 */
int misc_register(struct miscdevice *misc)
{
	int major = register_chrdev(0, misc->name, misc->fops);

	if (major < 0)
		return major;
	misc->node = proc_mknod(misc->name, S_IFCHR | (misc->mode ?: 0600), proc_find(NULL, "/dev"), MKDEV(major, 0));
	if (!misc->node) {
		unregister_chrdev((unsigned int)major, misc->name);
		return -EEXIST;
	}
	misc->minor = major;
	return 0;
}

void misc_deregister(struct miscdevice *misc)
{
	proc_remove(misc->node);
	unregister_chrdev((unsigned int)misc->minor, misc->name);
}
