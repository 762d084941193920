/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Files in /sys/kernel/debug, for whatever a module's author wants to look at: lib/debugfs.c, linked into each module
 * that uses it. A struct dentry is only ever a handle.
 */
#ifndef _LINUX_DEBUGFS_H
#define _LINUX_DEBUGFS_H

#include <linux/atomic.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/seq_file.h>
#include <linux/types.h>

struct dentry;

struct debugfs_blob_wrapper {
	void *data;
	unsigned long size;
};

/* Return: a handle, or ERR_PTR(-EEXIST). An error as @parent is passed on, so nobody need look. Context: may sleep. */
struct dentry *debugfs_create_dir(const char *name, struct dentry *parent);
struct dentry *debugfs_create_file(const char *name, umode_t mode, struct dentry *parent, void *data,
				   const struct file_operations *fops);
#define debugfs_create_file_unsafe(...)	debugfs_create_file(__VA_ARGS__)

/* A file with one number; written to, the number changes. */
void debugfs_create_u8(const char *name, umode_t mode, struct dentry *parent, u8 *value);
void debugfs_create_u16(const char *name, umode_t mode, struct dentry *parent, u16 *value);
void debugfs_create_u32(const char *name, umode_t mode, struct dentry *parent, u32 *value);
void debugfs_create_u64(const char *name, umode_t mode, struct dentry *parent, u64 *value);
void debugfs_create_x8(const char *name, umode_t mode, struct dentry *parent, u8 *value);
void debugfs_create_x16(const char *name, umode_t mode, struct dentry *parent, u16 *value);
void debugfs_create_x32(const char *name, umode_t mode, struct dentry *parent, u32 *value);
void debugfs_create_x64(const char *name, umode_t mode, struct dentry *parent, u64 *value);
void debugfs_create_ulong(const char *name, umode_t mode, struct dentry *parent, unsigned long *value);
void debugfs_create_size_t(const char *name, umode_t mode, struct dentry *parent, size_t *value);
void debugfs_create_atomic_t(const char *name, umode_t mode, struct dentry *parent, atomic_t *value);
/* Y or N. */
void debugfs_create_bool(const char *name, umode_t mode, struct dentry *parent, bool *value);
struct dentry *debugfs_create_blob(const char *name, umode_t mode, struct dentry *parent,
				   struct debugfs_blob_wrapper *blob);

/* With all that is in it; NULL and errors are fine. Waits for whoever has it open. */
void debugfs_remove(struct dentry *dentry);
#define debugfs_remove_recursive(dentry)	debugfs_remove(dentry)

#define DEFINE_DEBUGFS_ATTRIBUTE(fops, get, set, fmt)	DEFINE_SIMPLE_ATTRIBUTE(fops, get, set, fmt)

#endif
