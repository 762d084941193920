/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Objects with a name, a parent and a reference count, each a directory in /sys whose files are its attributes
 * (<linux/sysfs.h>): lib/kobject.c, linked into each module that uses it. There are no uevents.
 */
#ifndef _LINUX_KOBJECT_H
#define _LINUX_KOBJECT_H

#include <linux/compiler.h>
#include <linux/kref.h>
#include <linux/list.h>
#include <linux/spinlock.h>
#include <linux/stdarg.h>
#include <linux/sysfs.h>
#include <linux/types.h>

struct kset;
struct proc_dir_entry;

/**
 * struct kobj_type - what objects of one kind have in common
 * @release: the last reference is gone; frees what the object is inside
 * @sysfs_ops: how its attributes are read and written
 * @default_groups: attributes it has from the beginning
 */
struct kobj_type {
	void (*release)(struct kobject *kobj);
	const struct sysfs_ops *sysfs_ops;
	const struct attribute_group **default_groups;
};

/**
 * struct kobject - an object
 * @name: a copy
 * @entry: in @kset
 * @parent: in whose directory its own is, and which it holds; NULL: /sys itself
 * @kset: what it belongs to, and which is its parent if it has no other
 * @ktype: its kind
 * @sd: its directory, NULL while it has none
 * @kref: references
 */
struct kobject {
	const char *name;
	struct list_head entry;
	struct kobject *parent;
	struct kset *kset;
	const struct kobj_type *ktype;
	struct proc_dir_entry *sd;
	struct kref kref;
};

/* A set of objects, in whose directory theirs are. */
struct kset {
	struct list_head list;
	spinlock_t list_lock;
	struct kobject kobj;
	const void *uevent_ops;
};

/* An attribute of an object of no special kind. */
struct kobj_attribute {
	struct attribute attr;
	ssize_t (*show)(struct kobject *kobj, struct kobj_attribute *attr, char *buf);
	ssize_t (*store)(struct kobject *kobj, struct kobj_attribute *attr, const char *buf,
			 size_t count);
};

extern const struct sysfs_ops kobj_sysfs_ops;
/* A parent to name: /sys/kernel. */
extern struct kobject *const kernel_kobj;

void kobject_init(struct kobject *kobj, const struct kobj_type *ktype);
__printf(3, 4) int kobject_add(struct kobject *kobj, struct kobject *parent, const char *fmt, ...);
__printf(3, 0) int kobject_add_va(struct kobject *kobj, struct kobject *parent, const char *fmt,
				  va_list args);
__printf(4, 5) int kobject_init_and_add(struct kobject *kobj, const struct kobj_type *ktype,
					struct kobject *parent, const char *fmt, ...);
struct kobject *kobject_create_and_add(const char *name, struct kobject *parent);
struct kobject *kobject_get(struct kobject *kobj);
void kobject_put(struct kobject *kobj);
void kobject_del(struct kobject *kobj);
/* For lib/sysfs.c. */
struct proc_dir_entry *kobject_dir(const struct kobject *kobj);

struct kset *kset_create_and_add(const char *name, const void *uevent_ops,
				 struct kobject *parent_kobj);
void kset_unregister(struct kset *kset);

static inline const char *kobject_name(const struct kobject *kobj)
{
	return kobj->name;
}

enum kobject_action { KOBJ_ADD, KOBJ_REMOVE, KOBJ_CHANGE };

/* Told to whoever listens, which is nobody. Return: 0. */
static inline int kobject_uevent(struct kobject *kobj, enum kobject_action action)
{
	return 0;
}

#endif
