// SPDX-License-Identifier: GPL-2.0
/*
 * Objects in /sys: see <linux/kobject.h>. An object holds its parent from kobject_add() until it is deleted; its
 * directory is gone before its release() is called.
 */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/kobject.h>
#include <linux/proc_fs.h>
#include <linux/slab.h>
#include <linux/string.h>

/* Nobody's to free, and never without a reference. */
static struct kobject sys_kernel = { .name = "kernel", .kref = KREF_INIT(1) };
struct kobject *const kernel_kobj = &sys_kernel;

static ssize_t kobj_attr_show(struct kobject *kobj, struct attribute *attr, char *buf)
{
	struct kobj_attribute *kattr = container_of(attr, struct kobj_attribute, attr);

	return kattr->show ? kattr->show(kobj, kattr, buf) : -EIO;
}

static ssize_t kobj_attr_store(struct kobject *kobj, struct attribute *attr, const char *buf,
			       size_t count)
{
	struct kobj_attribute *kattr = container_of(attr, struct kobj_attribute, attr);

	return kattr->store ? kattr->store(kobj, kattr, buf, count) : -EIO;
}

const struct sysfs_ops kobj_sysfs_ops = { .show = kobj_attr_show, .store = kobj_attr_store };

/* The directory of an object, NULL being /sys. */
struct proc_dir_entry *kobject_dir(const struct kobject *kobj)
{
	if (!kobj)
		return proc_find(NULL, "/sys");
	return kobj == &sys_kernel ? proc_find(NULL, "/sys/kernel") : kobj->sd;
}

void kobject_init(struct kobject *kobj, const struct kobj_type *ktype)
{
	kref_init(&kobj->kref);
	INIT_LIST_HEAD(&kobj->entry);
	kobj->ktype = ktype;
	kobj->sd = NULL;
}

static void join_kset(struct kobject *kobj)
{
	if (!kobj->kset)
		return;
	spin_lock(&kobj->kset->list_lock);
	list_add_tail(&kobj->entry, &kobj->kset->list);
	spin_unlock(&kobj->kset->list_lock);
}

static void leave_kset(struct kobject *kobj)
{
	if (!kobj->kset)
		return;
	spin_lock(&kobj->kset->list_lock);
	list_del_init(&kobj->entry);
	spin_unlock(&kobj->kset->list_lock);
}

int kobject_add_va(struct kobject *kobj, struct kobject *parent, const char *fmt, va_list args)
{
	const struct attribute_group **groups = kobj->ktype ? kobj->ktype->default_groups : NULL;
	struct proc_dir_entry *dir;
	int err;

	kobj->name = kvasprintf(GFP_KERNEL, fmt, args);
	if (!kobj->name)
		return -ENOMEM;
	if (!parent && kobj->kset)
		parent = &kobj->kset->kobj;
	dir = kobject_dir(parent);
	kobj->sd = dir ? proc_mkdir_data(kobj->name, 0, dir, kobj) : NULL;
	if (!kobj->sd)
		return -EEXIST;
	kobj->parent = kobject_get(parent);
	join_kset(kobj);
	err = sysfs_create_groups(kobj, groups);
	if (err)
		kobject_del(kobj);
	return err;
}

/**
 * kobject_add() - give an object a name and a directory
 * @kobj: initialised
 * @parent: in whose directory; NULL: its kset's, else /sys
 * @fmt: the name
 *
 * Context: may sleep. Return: 0, -ENOMEM, -EEXIST; the reference is the caller's to put in any case.
 */
int kobject_add(struct kobject *kobj, struct kobject *parent, const char *fmt, ...)
{
	va_list args;
	int err;

	va_start(args, fmt);
	err = kobject_add_va(kobj, parent, fmt, args);
	va_end(args);
	return err;
}

int kobject_init_and_add(struct kobject *kobj, const struct kobj_type *ktype,
			 struct kobject *parent, const char *fmt, ...)
{
	va_list args;
	int err;

	kobject_init(kobj, ktype);
	va_start(args, fmt);
	err = kobject_add_va(kobj, parent, fmt, args);
	va_end(args);
	return err;
}

struct kobject *kobject_get(struct kobject *kobj)
{
	if (kobj)
		kref_get(&kobj->kref);
	return kobj;
}

/* Take its directory away, wait for whoever has a file of it open, and let go of the parent. Context: may sleep. */
void kobject_del(struct kobject *kobj)
{
	struct kobject *parent = kobj->parent;

	if (!kobj->sd)
		return;
	proc_remove(kobj->sd);
	kobj->sd = NULL;
	leave_kset(kobj);
	kobj->parent = NULL;
	kobject_put(parent);
}

static void kobject_release(struct kref *kref)
{
	struct kobject *kobj = container_of(kref, struct kobject, kref);
	const char *name = kobj->name;

	kobject_del(kobj);
	if (kobj->ktype && kobj->ktype->release)
		kobj->ktype->release(kobj);
	kfree(name);
}

void kobject_put(struct kobject *kobj)
{
	if (kobj)
		kref_put(&kobj->kref, kobject_release);
}

static void free_kobject(struct kobject *kobj)
{
	kfree(kobj);
}

static const struct kobj_type plain_ktype = { .release = free_kobject, .sysfs_ops = &kobj_sysfs_ops };

/* An object that is nothing but a directory. Return: it, to be given to kobject_put(), or NULL. */
struct kobject *kobject_create_and_add(const char *name, struct kobject *parent)
{
	struct kobject *kobj = kzalloc(sizeof(*kobj), GFP_KERNEL);

	if (!kobj || !kobject_init_and_add(kobj, &plain_ktype, parent, "%s", name))
		return kobj;
	kobject_put(kobj);
	return NULL;
}

static void free_kset(struct kobject *kobj)
{
	kfree(container_of(kobj, struct kset, kobj));
}

static const struct kobj_type kset_ktype = { .release = free_kset, .sysfs_ops = &kobj_sysfs_ops };

/* Return: a set, to be given to kset_unregister(), or NULL. */
struct kset *kset_create_and_add(const char *name, const void *uevent_ops,
				 struct kobject *parent_kobj)
{
	struct kset *kset = kzalloc(sizeof(*kset), GFP_KERNEL);

	if (!kset)
		return NULL;
	INIT_LIST_HEAD(&kset->list);
	spin_lock_init(&kset->list_lock);
	kset->uevent_ops = uevent_ops;
	if (!kobject_init_and_add(&kset->kobj, &kset_ktype, parent_kobj, "%s", name))
		return kset;
	kobject_put(&kset->kobj);
	return NULL;
}

void kset_unregister(struct kset *kset)
{
	if (kset)
		kobject_put(&kset->kobj);
}
