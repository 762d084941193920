// SPDX-License-Identifier: GPL-2.0
/* Files in /sys/kernel/debug: see <linux/debugfs.h>. They are entries of the same kind as those of /proc. */
#include <linux/debugfs.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/kstrtox.h>
#include <linux/proc_fs.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

static struct proc_dir_entry *dir_of(struct dentry *parent)
{
	return parent ? (struct proc_dir_entry *)parent : proc_find(NULL, "/sys/kernel/debug");
}

static struct dentry *handle(struct proc_dir_entry *entry)
{
	return entry ? (struct dentry *)entry : ERR_PTR(-EEXIST);
}

struct dentry *debugfs_create_dir(const char *name, struct dentry *parent)
{
	return IS_ERR(parent) ? parent : handle(proc_mkdir(name, dir_of(parent)));
}

struct dentry *debugfs_create_file(const char *name, umode_t mode, struct dentry *parent, void *data,
				   const struct file_operations *fops)
{
	return IS_ERR(parent) ? parent : handle(proc_create_data(name, mode, dir_of(parent), fops, data));
}

void debugfs_remove(struct dentry *dentry)
{
	if (!IS_ERR_OR_NULL(dentry))
		proc_remove((struct proc_dir_entry *)dentry);
}

#define NUMBER(name, type, fmt)								\
	static int name##_get(void *data, u64 *val)					\
	{										\
		*val = READ_ONCE(*(type *)data);					\
		return 0;								\
	}										\
	static int name##_set(void *data, u64 val)					\
	{										\
		WRITE_ONCE(*(type *)data, (type)val);					\
		return 0;								\
	}										\
	DEFINE_SIMPLE_ATTRIBUTE(name##_fops, name##_get, name##_set, fmt);		\
	void debugfs_create_##name(const char *file, umode_t mode, struct dentry *parent, type *value) \
	{										\
		debugfs_create_file(file, mode, parent, value, &name##_fops);		\
	}

NUMBER(u8, u8, "%llu\n")
NUMBER(u16, u16, "%llu\n")
NUMBER(u32, u32, "%llu\n")
NUMBER(u64, u64, "%llu\n")
NUMBER(x8, u8, "0x%02llx\n")
NUMBER(x16, u16, "0x%04llx\n")
NUMBER(x32, u32, "0x%08llx\n")
NUMBER(x64, u64, "0x%016llx\n")
NUMBER(ulong, unsigned long, "%llu\n")
NUMBER(size_t, size_t, "%llu\n")

static int atomic_get(void *data, u64 *val)
{
	*val = (u64)atomic_read((atomic_t *)data);
	return 0;
}

static int atomic_put(void *data, u64 val)
{
	atomic_set((atomic_t *)data, (int)val);
	return 0;
}

DEFINE_SIMPLE_ATTRIBUTE(atomic_fops, atomic_get, atomic_put, "%lld\n");

void debugfs_create_atomic_t(const char *name, umode_t mode, struct dentry *parent, atomic_t *value)
{
	debugfs_create_file(name, mode, parent, value, &atomic_fops);
}

static ssize_t bool_read(struct file *file, char __user *buf, size_t size, loff_t *pos)
{
	const bool *value = file->f_inode->i_private;

	return simple_read_from_buffer(buf, size, pos, READ_ONCE(*value) ? "Y\n" : "N\n", 2);
}

static ssize_t bool_write(struct file *file, const char __user *buf, size_t size, loff_t *pos)
{
	bool *value = file->f_inode->i_private;
	int err = kstrtobool_from_user(buf, size, value);

	return err ?: (ssize_t)size;
}

static const struct file_operations bool_fops = { .read = bool_read, .write = bool_write };

void debugfs_create_bool(const char *name, umode_t mode, struct dentry *parent, bool *value)
{
	debugfs_create_file(name, mode, parent, value, &bool_fops);
}

static ssize_t blob_read(struct file *file, char __user *buf, size_t size, loff_t *pos)
{
	const struct debugfs_blob_wrapper *blob = file->f_inode->i_private;

	return simple_read_from_buffer(buf, size, pos, blob->data, blob->size);
}

static const struct file_operations blob_fops = { .read = blob_read };

struct dentry *debugfs_create_blob(const char *name, umode_t mode, struct dentry *parent,
				   struct debugfs_blob_wrapper *blob)
{
	return debugfs_create_file(name, mode & 0444, parent, blob, &blob_fops);
}
