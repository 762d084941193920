/* SPDX-License-Identifier: GPL-2.0 */
/* Character devices that are opened by number, through an entry in /dev: kernel/fs/char_dev.c. */
#ifndef _LINUX_CDEV_H
#define _LINUX_CDEV_H

#include <linux/device.h>
#include <linux/fs.h>
#include <linux/kdev_t.h>
#include <linux/list.h>
#include <linux/slab.h>
#include <linux/string.h>

/**
 * struct cdev - a device with one number, or several in a row
 * @owner: the module it is in; NULL: @ops says it
 * @ops: what it can do
 * @list: of all devices
 * @dev: its first number
 * @count: how many
 * @allocated: cdev_del() frees it
 */
struct cdev {
	struct module *owner;
	const struct file_operations *ops;
	struct list_head list;
	dev_t dev;
	unsigned int count;
	bool allocated;
};

static inline void cdev_init(struct cdev *cdev, const struct file_operations *fops)
{
	memset(cdev, 0, sizeof(*cdev));
	INIT_LIST_HEAD(&cdev->list);
	cdev->ops = fops;
}

/* Context: may sleep. Return: a device whose ops the caller sets, or NULL. */
static inline struct cdev *cdev_alloc(void)
{
	struct cdev *cdev = kzalloc(sizeof(*cdev), GFP_KERNEL);

	if (cdev) {
		INIT_LIST_HEAD(&cdev->list);
		cdev->allocated = true;
	}
	return cdev;
}

int cdev_add(struct cdev *cdev, dev_t dev, unsigned int count);
void cdev_del(struct cdev *cdev);

#endif
