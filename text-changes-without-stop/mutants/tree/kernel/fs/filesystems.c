// SPDX-License-Identifier: GPL-2.0
/*
 * File systems, by the name of their type. There is no tree of files: a file system can be mounted under a name, and
 * asked how it is.
 */
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <stopgap/files.h>
#include <stopgap/service.h>
#include <stopgap/usecount.h>

#define MAX_MOUNTS	16
#define NAME_SIZE	32

/**
 * struct mount - a mounted file system
 * @name: where
 * @used: by somebody who mounts it, until it is unmounted
 * @sb: it; NULL while it is being mounted or unmounted
 * @owner: the module that its type says it is in
 * @module: the module whose functions it was mounted through
 * @get: who counts it as a use of @owner
 */
struct mount {
	char name[NAME_SIZE];
	bool used;
	struct super_block *sb;
	struct module *owner;
	struct module *module;
	const struct service_get *get;
};

/* Protects both. A type is found, and with get=owner its module held, under it. */
static DEFINE_SPINLOCK(filesystems_lock);
static struct file_system_type *file_systems;
static struct mount mounts[MAX_MOUNTS];
static unsigned int nr_mounts;

SERVICE(fs, &service_lock_bkl);

/* ---- types ---- */

/* Where the type called @name is on the list, or would be. Context: filesystems_lock held. */
static struct file_system_type **find_type(const char *name)
{
	struct file_system_type **p = &file_systems;

	while (*p && strcmp((*p)->name, name))
		p = &(*p)->next;
	return p;
}

/**
 * register_filesystem() - let file systems of a type be mounted by name
 * @type: it; must stay until unregister_filesystem()
 *
 * Context: any but interrupts. Return: 0; -EINVAL; -EBUSY there is one of that name.
 */
int register_filesystem(struct file_system_type *type)
{
	struct file_system_type **p;

	if (!type || !type->name || !type->read_super)
		return -EINVAL;
	spin_lock(&filesystems_lock);
	p = find_type(type->name);
	if (!*p) {
		type->next = NULL;
		*p = type;
		p = NULL;
	}
	spin_unlock(&filesystems_lock);
	return p ? -EBUSY : 0;
}
EXPORT_SYMBOL(register_filesystem);

/* From now on it is not found any more. Context: any but interrupts. Return: 0, or -EINVAL if it was not registered. */
int unregister_filesystem(struct file_system_type *type)
{
	struct file_system_type **p;
	int err = -EINVAL;

	spin_lock(&filesystems_lock);
	p = find_type(type->name);
	if (*p == type) {
		*p = type->next;
		err = 0;
	}
	spin_unlock(&filesystems_lock);
	return err;
}
EXPORT_SYMBOL(unregister_filesystem);

/* Find a type, and let call->get count. Context: inside @call. Return: it, or NULL. */
static struct file_system_type *get_fs_type(const char *name, struct module **owner, const struct service_call *call)
{
	struct file_system_type *type;

	spin_lock(&filesystems_lock);
	type = *find_type(name);
	if (type && !call->get->get(type->owner))
		type = NULL;
	*owner = type ? type->owner : NULL;
	spin_unlock(&filesystems_lock);
	return type;
}

/* ---- instances ---- */

/* An instance of @type. Return: 0, or a negative errno. */
static int get_super(struct file_system_type *type, struct super_block *sb, struct service_call *call)
{
	int err;

	*sb = (struct super_block){ .s_type = type };
	usecount_calls(call, type->read_super);
	err = type->read_super(sb, NULL, 0);
	usecount_returned(call, err);
	return err;
}

static void put_super(struct super_block *sb)
{
	if (sb->s_op && sb->s_op->put_super)
		sb->s_op->put_super(sb);
}

static int ask_super(struct super_block *sb, struct kstatfs *buf)
{
	*buf = (struct kstatfs){ 0 };
	return sb->s_op && sb->s_op->statfs ? sb->s_op->statfs(sb, buf) : -ENOSYS;
}

static int ask_type(struct file_system_type *type, struct kstatfs *buf, struct service_call *call)
{
	struct super_block sb;
	int err = get_super(type, &sb, call);

	if (err)
		return err;
	err = ask_super(&sb, buf);
	put_super(&sb);
	return err;
}

long sys_statfs(const char *name, struct kstatfs *buf)
{
	struct file_system_type *type;
	struct service_call call;
	struct module *owner;
	int err = -ENODEV;

	service_enter(&fs_service, &call);
	type = get_fs_type(name, &owner, &call);
	if (type) {
		err = ask_type(type, buf, &call);
		call.get->put(owner);
	}
	service_leave(&call);
	return err;
}

/* ---- mounting ---- */

/* Context: filesystems_lock held. */
static struct mount *find_mount(const char *where)
{
	for (struct mount *m = mounts; m < mounts + MAX_MOUNTS; m++)
		if (m->used && !strcmp(m->name, where))
			return m;
	return NULL;
}

/* Context: filesystems_lock held. */
static struct mount *free_mount(void)
{
	for (struct mount *m = mounts; m < mounts + MAX_MOUNTS; m++)
		if (!m->used)
			return m;
	return NULL;
}

/* Reserve a name to mount under. Return: ERR_PTR if that is not possible. */
static struct mount *reserve_mount(const char *where)
{
	struct mount *m;

	if (strlen(where) >= NAME_SIZE)
		return ERR_PTR(-ENAMETOOLONG);
	spin_lock(&filesystems_lock);
	m = find_mount(where) ? ERR_PTR(-EBUSY) : free_mount() ?: ERR_PTR(-ENOSPC);
	if (!IS_ERR(m)) {
		*m = (struct mount){ .used = true };
		nr_mounts++;
		strscpy(m->name, where, sizeof(m->name));
	}
	spin_unlock(&filesystems_lock);
	return m;
}

static void drop_mount(struct mount *m)
{
	spin_lock(&filesystems_lock);
	m->used = false;
	nr_mounts--;
	spin_unlock(&filesystems_lock);
}

/* Mount @sb, which is not filled in yet, as @m. */
static int mount_super(struct mount *m, const char *name, struct super_block *sb)
{
	struct file_system_type *type;
	struct service_call call;
	int err = -ENODEV;

	service_enter(&fs_service, &call);
	type = get_fs_type(name, &m->owner, &call);
	if (!type)
		goto out_leave;
	m->get = call.get;
	err = get_super(type, sb, &call);
	m->module = err ? NULL : __module_text_address((unsigned long)type->read_super);
	if (err)
		m->get->put(m->owner);
out_leave:
	service_leave(&call);
	return err;
}

long sys_mount(const char *type, const char *where)
{
	struct mount *m = reserve_mount(where);
	struct super_block *sb;
	int err = -ENOMEM;

	if (IS_ERR(m))
		return PTR_ERR(m);
	sb = kzalloc(sizeof(*sb), GFP_KERNEL);
	if (!sb)
		goto out_drop;
	err = mount_super(m, type, sb);
	if (err)
		goto out_free;
	WRITE_ONCE(m->sb, sb);
	return 0;

out_free:
	kfree(sb);
out_drop:
	drop_mount(m);
	return err;
}

/* Take the file system from its mount, which only one can. */
static struct super_block *detach_super(const char *where, struct mount **m)
{
	struct super_block *sb = NULL;

	spin_lock(&filesystems_lock);
	*m = find_mount(where);
	if (*m) {
		sb = (*m)->sb;
		(*m)->sb = NULL;
	}
	spin_unlock(&filesystems_lock);
	return sb;
}

long sys_umount(const char *where)
{
	struct service_call call;
	struct super_block *sb;
	struct mount *m;

	sb = detach_super(where, &m);
	if (!sb)
		return -EINVAL;
	service_enter(&fs_service, &call);
	put_super(sb);
	service_leave(&call);
	m->get->put(m->owner);
	kfree(sb);
	drop_mount(m);
	return 0;
}

unsigned int mounts_of_module(const struct module *mod)
{
	unsigned int n = 0;

	if (!READ_ONCE(nr_mounts))
		return 0;
	spin_lock(&filesystems_lock);
	for (const struct mount *m = mounts; m < mounts + MAX_MOUNTS; m++)
		n += m->used && m->module == mod;
	spin_unlock(&filesystems_lock);
	return n;
}
