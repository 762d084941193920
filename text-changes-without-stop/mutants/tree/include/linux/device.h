/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Classes of devices, and devices of a class: directories in /sys/class, and an entry in /dev for a device that has a
 * number. No buses, no drivers: lib/device.c, linked into each module that uses it.
 */
#ifndef _LINUX_DEVICE_H
#define _LINUX_DEVICE_H

#include <linux/err.h>
#include <linux/fs.h>
#include <linux/kdev_t.h>
#include <linux/kobject.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/printk.h>
#include <linux/sysfs.h>

struct device;

/**
 * struct class - a kind of devices
 * @name: the caller's
 * @dev_groups: attributes each device has
 * @kobj: its directory
 * @devices: the devices
 * @lock: protects @devices
 */
struct class {
	const char *name;
	const struct attribute_group **dev_groups;
	struct kobject kobj;
	struct list_head devices;
	struct mutex lock;
};

/**
 * struct device - a device of a class
 * @kobj: its directory
 * @parent: not used here
 * @class: its class
 * @devt: its number, 0 for none
 * @node: its entry in /dev
 * @siblings: in the class
 * @driver_data: see dev_set_drvdata()
 */
struct device {
	struct kobject kobj;
	struct device *parent;
	struct class *class;
	dev_t devt;
	struct proc_dir_entry *node;
	struct list_head siblings;
	void *driver_data;
};

struct device_attribute {
	struct attribute attr;
	ssize_t (*show)(struct device *dev, struct device_attribute *attr, char *buf);
	ssize_t (*store)(struct device *dev, struct device_attribute *attr, const char *buf,
			 size_t count);
};

#define DEVICE_ATTR(_name, _mode, _show, _store) \
	struct device_attribute dev_attr_##_name = __ATTR(_name, _mode, _show, _store)
#define DEVICE_ATTR_RO(_name)	struct device_attribute dev_attr_##_name = __ATTR_RO(_name)
#define DEVICE_ATTR_WO(_name)	struct device_attribute dev_attr_##_name = __ATTR_WO(_name)
#define DEVICE_ATTR_RW(_name)	struct device_attribute dev_attr_##_name = __ATTR_RW(_name)

struct class *__class_create(const char *name);
void class_destroy(struct class *cls);
int __must_check class_register(struct class *cls);
void class_unregister(struct class *cls);

/* Linux has had class_create(THIS_MODULE, name), and since 6.4 class_create(name). */
#define class_create(...)		__class_create(__class_name(__VA_ARGS__, __VA_ARGS__))
#define __class_name(a, name, ...)	name

__printf(5, 6) struct device *device_create(struct class *cls, struct device *parent, dev_t devt,
					    void *drvdata, const char *fmt, ...);
void device_destroy(struct class *cls, dev_t devt);
void device_unregister(struct device *dev);

int __must_check device_create_file(struct device *dev, const struct device_attribute *attr);
void device_remove_file(struct device *dev, const struct device_attribute *attr);

static inline struct device *kobj_to_dev(struct kobject *kobj)
{
	return container_of(kobj, struct device, kobj);
}

static inline const char *dev_name(const struct device *dev)
{
	return kobject_name(&dev->kobj);
}

static inline void *dev_get_drvdata(const struct device *dev)
{
	return dev->driver_data;
}

static inline void dev_set_drvdata(struct device *dev, void *data)
{
	dev->driver_data = data;
}

#define __dev_printk(print, dev, fmt, ...)						\
	print("%s %s: " fmt, (dev) ? (dev)->class->name : "(NULL device *)",		\
	      (dev) ? dev_name(dev) : "", ##__VA_ARGS__)
#define dev_emerg(dev, fmt, ...)	__dev_printk(pr_emerg, dev, fmt, ##__VA_ARGS__)
#define dev_alert(dev, fmt, ...)	__dev_printk(pr_alert, dev, fmt, ##__VA_ARGS__)
#define dev_crit(dev, fmt, ...)		__dev_printk(pr_crit, dev, fmt, ##__VA_ARGS__)
#define dev_err(dev, fmt, ...)		__dev_printk(pr_err, dev, fmt, ##__VA_ARGS__)
#define dev_warn(dev, fmt, ...)		__dev_printk(pr_warn, dev, fmt, ##__VA_ARGS__)
#define dev_notice(dev, fmt, ...)	__dev_printk(pr_notice, dev, fmt, ##__VA_ARGS__)
#define dev_info(dev, fmt, ...)		__dev_printk(pr_info, dev, fmt, ##__VA_ARGS__)
#define dev_dbg(dev, fmt, ...)		__dev_printk(pr_debug, dev, fmt, ##__VA_ARGS__)

#endif
