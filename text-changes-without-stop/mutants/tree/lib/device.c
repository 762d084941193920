// SPDX-License-Identifier: GPL-2.0
/* Classes and devices: see <linux/device.h>. A class outlives its devices, which its users see to. */
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/proc_fs.h>
#include <linux/slab.h>

static void class_release(struct kobject *kobj)
{
	kfree(container_of(kobj, struct class, kobj));
}

static const struct kobj_type class_ktype = { .release = class_release, .sysfs_ops = &kobj_sysfs_ops };

/* Of the caller's own: it stays his. */
static const struct kobj_type own_class_ktype = { .sysfs_ops = &kobj_sysfs_ops };

/* As kobject_init_and_add(), but in /sys/class. Return: 0, -ENOMEM, -EEXIST; @cls->kobj is to be put in any case. */
static int add_class(struct class *cls, const struct kobj_type *ktype)
{
	INIT_LIST_HEAD(&cls->devices);
	mutex_init(&cls->lock);
	kobject_init(&cls->kobj, ktype);
	cls->kobj.name = kstrdup(cls->name, GFP_KERNEL);
	if (!cls->kobj.name)
		return -ENOMEM;
	cls->kobj.sd = proc_mkdir_data(cls->name, 0, proc_find(NULL, "/sys/class"), &cls->kobj);
	return cls->kobj.sd ? 0 : -EEXIST;
}

/**
 * __class_create() - see class_create()
 * @name: of the class
 *
 * Context: may sleep. Return: it; ERR_PTR(-ENOMEM), ERR_PTR(-EEXIST).
 */
struct class *__class_create(const char *name)
{
	struct class *cls = kzalloc(sizeof(*cls), GFP_KERNEL);
	int err;

	if (!cls)
		return ERR_PTR(-ENOMEM);
	cls->name = name;
	err = add_class(cls, &class_ktype);
	if (err) {
		kobject_put(&cls->kobj);
		return ERR_PTR(err);
	}
	return cls;
}

/* The same for a class of the caller's own, whose name is set. Context: may sleep. Return: 0, -ENOMEM, -EEXIST. */
int class_register(struct class *cls)
{
	int err = add_class(cls, &own_class_ktype);

	if (err)
		kobject_put(&cls->kobj);
	return err;
}

void class_unregister(struct class *cls)
{
	kobject_put(&cls->kobj);
}

void class_destroy(struct class *cls)
{
	if (!IS_ERR_OR_NULL(cls))
		class_unregister(cls);
}

static ssize_t dev_attr_show(struct kobject *kobj, struct attribute *attr, char *buf)
{
	struct device_attribute *dattr = container_of(attr, struct device_attribute, attr);

	return dattr->show ? dattr->show(kobj_to_dev(kobj), dattr, buf) : -EIO;
}

static ssize_t dev_attr_store(struct kobject *kobj, struct attribute *attr, const char *buf,
			      size_t count)
{
	struct device_attribute *dattr = container_of(attr, struct device_attribute, attr);

	return dattr->store ? dattr->store(kobj_to_dev(kobj), dattr, buf, count) : -EIO;
}

static const struct sysfs_ops dev_sysfs_ops = { .show = dev_attr_show, .store = dev_attr_store };

static void device_release(struct kobject *kobj)
{
	kfree(kobj_to_dev(kobj));
}

static const struct kobj_type device_ktype = { .release = device_release, .sysfs_ops = &dev_sysfs_ops };

/* The device has its directory. Return: 0, or a negative errno. */
static int complete_device(struct device *dev)
{
	int err = sysfs_create_groups(&dev->kobj, dev->class->dev_groups);

	if (err || !dev->devt)
		return err;
	dev->node = proc_mknod(dev_name(dev), S_IFCHR | 0600, proc_find(NULL, "/dev"), dev->devt);
	return dev->node ? 0 : -EEXIST;
}

/**
 * device_create() - a device of a class
 * @cls: the class
 * @parent: not used here
 * @devt: its number; 0: it gets no entry in /dev
 * @drvdata: for dev_get_drvdata()
 * @fmt: its name
 *
 * Context: may sleep. Return: it; ERR_PTR(-ENOMEM), ERR_PTR(-EEXIST).
 */
struct device *device_create(struct class *cls, struct device *parent, dev_t devt, void *drvdata,
			     const char *fmt, ...)
{
	struct device *dev = kzalloc(sizeof(*dev), GFP_KERNEL);
	va_list args;
	int err;

	if (!dev)
		return ERR_PTR(-ENOMEM);
	dev->class = cls;
	dev->parent = parent;
	dev->devt = devt;
	dev->driver_data = drvdata;
	kobject_init(&dev->kobj, &device_ktype);
	va_start(args, fmt);
	err = kobject_add_va(&dev->kobj, &cls->kobj, fmt, args);
	va_end(args);
	if (!err)
		err = complete_device(dev);
	if (err) {
		kobject_put(&dev->kobj);
		return ERR_PTR(err);
	}
	mutex_lock(&cls->lock);
	list_add_tail(&dev->siblings, &cls->devices);
	mutex_unlock(&cls->lock);
	return dev;
}

/* The end of a device: its entry in /dev, its directory, and it. Context: may sleep. */
void device_unregister(struct device *dev)
{
	mutex_lock(&dev->class->lock);
	list_del(&dev->siblings);
	mutex_unlock(&dev->class->lock);
	proc_remove(dev->node);
	kobject_put(&dev->kobj);
}

/* The same by number; nothing happens if the class has no such device. */
void device_destroy(struct class *cls, dev_t devt)
{
	struct device *dev, *found = NULL;

	mutex_lock(&cls->lock);
	list_for_each_entry(dev, &cls->devices, siblings)
		if (dev->devt == devt)
			found = dev;
	mutex_unlock(&cls->lock);
	if (found)
		device_unregister(found);
}

int device_create_file(struct device *dev, const struct device_attribute *attr)
{
	return sysfs_create_file(&dev->kobj, &attr->attr);
}

void device_remove_file(struct device *dev, const struct device_attribute *attr)
{
	sysfs_remove_file(&dev->kobj, &attr->attr);
}
