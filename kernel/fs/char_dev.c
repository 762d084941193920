// SPDX-License-Identifier: GPL-2.0
/*
 * Character devices, by the name they are registered under. There are no minors and no device files: the name given to
 * register_chrdev() is what is opened.
 */
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <stopgap/files.h>
#include <stopgap/service.h>
#include <stopgap/usecount.h>

#define MAX_CHRDEV	256

/*
 * @name and @fops are the registering module's, and good for as long as the entry stays. A name is looked up, and with
 * get=owner its module held, under chrdevs_lock: so whoever finds it has found it before unregister_chrdev().
 */
static struct {
	const char *name;
	const struct file_operations *fops;
} chrdevs[MAX_CHRDEV];

static DEFINE_SPINLOCK(chrdevs_lock);

SERVICE(chrdev, &service_lock_bkl);

/* Context: chrdevs_lock held. Return: its major, or 0. */
static unsigned int find_chrdev(const char *name)
{
	for (unsigned int i = 1; i < MAX_CHRDEV; i++)
		if (chrdevs[i].name && !strcmp(chrdevs[i].name, name))
			return i;
	return 0;
}

/* Context: chrdevs_lock held. Return: a major that is free, from above, or 0. */
static unsigned int free_major(void)
{
	for (unsigned int i = MAX_CHRDEV - 1; i > 0; i--)
		if (!chrdevs[i].name)
			return i;
	return 0;
}

/**
 * register_chrdev() - let a device be opened by name
 * @major: its number, or 0 for any
 * @name: its name; stays the caller's
 * @fops: what it can do
 *
 * Context: any but interrupts. Return: 0, or with @major 0 the number; -EINVAL; -EBUSY number or name is taken.
 */
int register_chrdev(unsigned int major, const char *name, const struct file_operations *fops)
{
	unsigned int at = major;
	int ret = -EBUSY;

	if (major >= MAX_CHRDEV || !name || !fops)
		return -EINVAL;
	spin_lock(&chrdevs_lock);
	if (!major)
		at = free_major();
	if (at && !chrdevs[at].name && !find_chrdev(name)) {
		chrdevs[at].name = name;
		chrdevs[at].fops = fops;
		ret = major ? 0 : at;
	}
	spin_unlock(&chrdevs_lock);
	return ret;
}
EXPORT_SYMBOL(register_chrdev);

/**
 * unregister_chrdev() - from now on the name is not found any more
 * @major: its number
 * @name: its name
 *
 * Waits for nobody: a caller of open() may be inside.
 *
 * Context: any but interrupts. Return: 0, or -EINVAL if they do not belong together.
 */
int unregister_chrdev(unsigned int major, const char *name)
{
	int ret = -EINVAL;

	if (major >= MAX_CHRDEV)
		return -EINVAL;
	spin_lock(&chrdevs_lock);
	if (chrdevs[major].name && !strcmp(chrdevs[major].name, name)) {
		chrdevs[major].name = NULL;
		chrdevs[major].fops = NULL;
		ret = 0;
	}
	spin_unlock(&chrdevs_lock);
	return ret;
}
EXPORT_SYMBOL(unregister_chrdev);

/* Find the device, and let call->get count. Context: inside @call. Return: 0, or -ENXIO. */
static int chrdev_get(struct file *file, const char *name, const struct service_call *call)
{
	unsigned int major;

	spin_lock(&chrdevs_lock);
	major = find_chrdev(name);
	if (major && call->get->get(chrdevs[major].fops->owner)) {
		file->f_op = chrdevs[major].fops;
		file->f_owner = file->f_op->owner;
		file->f_inode->i_rdev = MKDEV(major, 0);
	}
	spin_unlock(&chrdevs_lock);
	return file->f_op ? 0 : -ENXIO;
}

static int call_open(struct file *file, struct service_call *call)
{
	int err;

	if (!file->f_op->open)
		return 0;
	usecount_calls(call, file->f_op->open);
	file->f_module = call->module;
	err = file->f_op->open(file->f_inode, file);
	usecount_returned(call, err);
	return err;
}

int chrdev_open(struct file *file, const char *name)
{
	struct service_call call;
	int err;

	service_enter(&chrdev_service, &call);
	err = chrdev_get(file, name, &call);
	if (err)
		goto out_leave;
	file->f_get = call.get;
	err = call_open(file, &call);
	if (err)
		call.get->put(file->f_owner);
out_leave:
	service_leave(&call);
	return err;
}

unsigned int chrdev_nth(unsigned int n, char *name, size_t size)
{
	unsigned int i, found = 0;

	spin_lock(&chrdevs_lock);
	for (i = 1; i < MAX_CHRDEV && !found; i++) {
		if (!chrdevs[i].name || n--)
			continue;
		strscpy(name, chrdevs[i].name, size);
		found = i;
	}
	spin_unlock(&chrdevs_lock);
	return found;
}
