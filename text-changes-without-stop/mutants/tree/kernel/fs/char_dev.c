// SPDX-License-Identifier: GPL-2.0
/*
 * Character devices, by the name they are registered under, and by number. The name given to register_chrdev() can be
 * opened as it is; a number is reached through an entry in /dev, as in Linux.
 *
 * A major belongs to one owner at a time: to a register_chrdev(), with all its minors, or to a region, whose minors
 * become devices one cdev_add() after the other.
 */
#include <linux/cdev.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/seq_file.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <stopgap/files.h>
#include <stopgap/proc.h>
#include <stopgap/service.h>
#include <stopgap/usecount.h>

#define MAX_CHRDEV	256

/*
 * @name and @fops are the registering module's, and good for as long as the entry stays; a region has no @fops. A name
 * is looked up, and with get=owner its module held, under chrdevs_lock: so whoever finds it has found it before
 * unregister_chrdev(). The same goes for the devices of regions, which are on cdevs.
 */
static struct {
	const char *name;
	const struct file_operations *fops;
} chrdevs[MAX_CHRDEV];

static LIST_HEAD(cdevs);
static DEFINE_SPINLOCK(chrdevs_lock);

SERVICE(chrdev, &service_lock_bkl);

/* Context: chrdevs_lock held. Return: its major, or 0. */
static unsigned int find_chrdev(const char *name)
{
	for (unsigned int i = 1; i < MAX_CHRDEV; i++)
		if (chrdevs[i].fops && !strcmp(chrdevs[i].name, name))
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

/* Make @major, or if that is 0 any, belong to @name. Return: the major; -EINVAL, -EBUSY. */
static int claim_major(unsigned int major, const char *name, const struct file_operations *fops)
{
	int ret = -EBUSY;

	if (major >= MAX_CHRDEV || !name)
		return -EINVAL;
	spin_lock(&chrdevs_lock);
	if (!major)
		major = free_major();
	if (major && !chrdevs[major].name && !(fops && find_chrdev(name))) {
		chrdevs[major].name = name;
		chrdevs[major].fops = fops;
		ret = (int)major;
	}
	spin_unlock(&chrdevs_lock);
	return ret;
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
	int ret = fops ? claim_major(major, name, fops) : -EINVAL;

	return major ? min(ret, 0) : ret;
}
EXPORT_SYMBOL(register_chrdev);

/**
 * alloc_chrdev_region() - reserve minors of a major that nobody has
 * @dev: gets the first number
 * @baseminor: the first minor
 * @count: how many; the whole major is reserved
 * @name: for /proc/devices; stays the caller's
 *
 * Context: any but interrupts. Return: 0, -EINVAL or -EBUSY.
 */
int alloc_chrdev_region(dev_t *dev, unsigned int baseminor, unsigned int count, const char *name)
{
	int major = claim_major(0, name, NULL);

	if (major < 0)
		return major;
	*dev = MKDEV(major, baseminor);
	return 0;
}
EXPORT_SYMBOL(alloc_chrdev_region);

/* The same with a major of one's own choice, which is not 0. */
int register_chrdev_region(dev_t from, unsigned int count, const char *name)
{
	return MAJOR(from) ? min(claim_major(MAJOR(from), name, NULL), 0) : -EINVAL;
}
EXPORT_SYMBOL(register_chrdev_region);

void unregister_chrdev_region(dev_t from, unsigned int count)
{
	spin_lock(&chrdevs_lock);
	if (MAJOR(from) < MAX_CHRDEV && !chrdevs[MAJOR(from)].fops)
		chrdevs[MAJOR(from)].name = NULL;
	spin_unlock(&chrdevs_lock);
}
EXPORT_SYMBOL(unregister_chrdev_region);

/**
 * cdev_add() - let a device be opened by number
 * @cdev: initialised by cdev_init() or cdev_alloc()
 * @dev: its first number
 * @count: how many numbers
 *
 * Context: any but interrupts. Return: 0; -EBUSY if one of the numbers is another's.
 */
int cdev_add(struct cdev *cdev, dev_t dev, unsigned int count)
{
	const struct cdev *other;
	int err = 0;

	cdev->dev = dev;
	cdev->count = count;
	spin_lock(&chrdevs_lock);
	list_for_each_entry(other, &cdevs, list)
		if (dev < other->dev + other->count && other->dev < dev + count)
			err = -EBUSY;
	if (!err)
		list_add(&cdev->list, &cdevs);
	spin_unlock(&chrdevs_lock);
	return err;
}
EXPORT_SYMBOL(cdev_add);

/* From now on it is not found any more; who has it open keeps it open. Frees what cdev_alloc() made. */
void cdev_del(struct cdev *cdev)
{
	spin_lock(&chrdevs_lock);
	list_del_init(&cdev->list);
	spin_unlock(&chrdevs_lock);
	if (cdev->allocated)
		kfree(cdev);
}
EXPORT_SYMBOL(cdev_del);

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
	if (chrdevs[major].fops && !strcmp(chrdevs[major].name, name)) {
		chrdevs[major].name = NULL;
		chrdevs[major].fops = NULL;
		ret = 0;
	}
	spin_unlock(&chrdevs_lock);
	return ret;
}
EXPORT_SYMBOL(unregister_chrdev);

/* Let call->get count, and take the device. Context: chrdevs_lock held; inside @call. */
static void take(struct file *file, const struct file_operations *fops, struct module *owner,
		 const struct service_call *call)
{
	if (!call->get->get(owner))
		return;
	file->f_op = fops;
	file->f_owner = owner;
}

/* Find the device that is called so. Context: inside @call. Return: 0, or -ENXIO. */
static int chrdev_get(struct file *file, const char *name, const struct service_call *call)
{
	unsigned int major;

	spin_lock(&chrdevs_lock);
	major = find_chrdev(name);
	if (major) {
		file->f_inode->i_rdev = MKDEV(major, 0);
		take(file, chrdevs[major].fops, chrdevs[major].fops->owner, call);
	}
	spin_unlock(&chrdevs_lock);
	return file->f_op ? 0 : -ENXIO;
}

/* Context: chrdevs_lock held. Return: the device with this number, or NULL. */
static struct cdev *find_cdev(dev_t dev)
{
	struct cdev *cdev;

	list_for_each_entry(cdev, &cdevs, list)
		if (dev - cdev->dev < cdev->count)
			return cdev;
	return NULL;
}

/* Find the device that an entry in /dev stands for. Context: inside @call. Return: 0, -ENOENT, or -ENXIO. */
static int node_get(struct file *file, const char *path, const struct service_call *call)
{
	struct proc_dir_entry *node = proc_use(path);
	struct cdev *cdev;
	dev_t dev;

	if (!node)
		return -ENOENT;
	dev = (dev_t)(unsigned long)node->data;
	proc_unuse(node);
	file->f_inode->i_rdev = dev;
	spin_lock(&chrdevs_lock);
	cdev = find_cdev(dev);
	file->f_inode->i_cdev = cdev;
	if (cdev)
		take(file, cdev->ops, cdev->owner ?: cdev->ops->owner, call);
	else if (MAJOR(dev) < MAX_CHRDEV && chrdevs[MAJOR(dev)].fops)
		take(file, chrdevs[MAJOR(dev)].fops, chrdevs[MAJOR(dev)].fops->owner, call);
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
	err = *name == '/' ? node_get(file, name, &call) : chrdev_get(file, name, &call);
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
		if (!chrdevs[i].fops || n--)
			continue;
		strscpy(name, chrdevs[i].name, size);
		found = i;
	}
	spin_unlock(&chrdevs_lock);
	return found;
}

static int devices_show(struct seq_file *m, void *v)
{
	seq_puts(m, "Character devices:\n");
	spin_lock(&chrdevs_lock);
	for (unsigned int i = 1; i < MAX_CHRDEV; i++)
		if (chrdevs[i].name)
			seq_printf(m, "%3u %s\n", i, chrdevs[i].name);
	spin_unlock(&chrdevs_lock);
	return 0;
}

static int __init devices_init(void)
{
	return proc_create_single("devices", 0, NULL, devices_show) ? 0 : -ENOMEM;
}
late_initcall(devices_init);
