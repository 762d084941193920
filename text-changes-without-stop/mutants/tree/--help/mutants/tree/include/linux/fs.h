/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Open files: those in /proc, and what character devices, file systems and sockets hand out. Whoever opens is the
 * shell; its table of files is kernel/fs/open.c.
 */
#ifndef _LINUX_FS_H
#define _LINUX_FS_H

#include <asm/page.h>
#include <linux/atomic.h>
#include <linux/err.h>
#include <linux/export.h>
#include <linux/fcntl.h>
#include <linux/ioctl.h>
#include <linux/kdev_t.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/stat.h>
#include <linux/uaccess.h>
#include <linux/uidgid.h>
#include <linux/wait.h>

struct cdev;
struct file;
struct inode;
struct poll_table_struct;
struct proc_dir_entry;
struct service_get;
struct vm_area_struct;

#ifndef SEEK_SET
#define SEEK_SET	0
#define SEEK_CUR	1
#define SEEK_END	2
#endif

typedef unsigned int fmode_t;

#define FMODE_READ	0x1u
#define FMODE_WRITE	0x2u

/**
 * struct file_operations - what a file can do; NULL is "cannot", or "nothing to do" for open and
 * release
 * @owner: the module they are in: held while a character device is open, if services.get=owner. Not needed in /proc:
 *	removing the file waits for whoever has it open
 * @poll, @unlocked_ioctl, @compat_ioctl, @mmap, @get_unmapped_area, @flush: never called: the shell does none of it
 */
struct file_operations {
	struct module *owner;
	loff_t (*llseek)(struct file *file, loff_t offset, int whence);
	ssize_t (*read)(struct file *file, char __user *buf, size_t size, loff_t *pos);
	ssize_t (*write)(struct file *file, const char __user *buf, size_t size, loff_t *pos);
	unsigned int (*poll)(struct file *file, struct poll_table_struct *wait);
	long (*unlocked_ioctl)(struct file *file, unsigned int cmd, unsigned long arg);
	long (*compat_ioctl)(struct file *file, unsigned int cmd, unsigned long arg);
	int (*mmap)(struct file *file, struct vm_area_struct *vma);
	unsigned long (*get_unmapped_area)(struct file *file, unsigned long addr, unsigned long len,
					   unsigned long pgoff, unsigned long flags);
	int (*open)(struct inode *inode, struct file *file);
	int (*flush)(struct file *file, void *owner);
	int (*release)(struct inode *inode, struct file *file);
};

struct qstr {
	const char *name;
	unsigned int len;
};

/* A file's entry in its directory. */
struct dentry {
	struct qstr d_name;
	struct inode *d_inode;
};

struct path {
	struct dentry *dentry;
};

/**
 * struct inode - the file itself
 * @i_mode: S_IFREG and the permissions
 * @i_rdev: of a character device: see MKDEV()
 * @i_cdev: and what was added under that number, if it was cdev_add()
 * @i_size: as proc_set_size() set it
 * @i_private: the data given to proc_create_data()
 * @i_pde: its entry in /proc
 */
struct inode {
	umode_t i_mode;
	kuid_t i_uid;
	kgid_t i_gid;
	dev_t i_rdev;
	struct cdev *i_cdev;
	loff_t i_size;
	void *i_private;
	struct proc_dir_entry *i_pde;
};

/**
 * struct file - one opening of it
 * @f_path: which entry; of a device, none
 * @f_inode: of what
 * @f_op: what it can do; not used by /proc
 * @f_count: of a file that has a descriptor: uses of it, the descriptor being one
 * @f_owner: the module that says so of itself; the same
 * @f_module: the module whose functions it was opened through; the same
 * @f_get: who counts it as a use of @f_owner; the same
 * @f_pos: where the next read or write takes place
 * @f_flags: O_*
 * @f_mode: FMODE_*
 * @private_data: for whoever implements the file
 */
struct file {
	struct path f_path;
	struct inode *f_inode;
	const struct file_operations *f_op;
	atomic_t f_count;
	struct module *f_owner;
	struct module *f_module;
	const struct service_get *f_get;
	loff_t f_pos;
	unsigned int f_flags;
	fmode_t f_mode;
	void *private_data;
};

#define file_dentry(file)	((file)->f_path.dentry)

static inline struct inode *file_inode(const struct file *file)
{
	return file->f_inode;
}

static inline unsigned int iminor(const struct inode *inode)
{
	return MINOR(inode->i_rdev);
}

static inline unsigned int imajor(const struct inode *inode)
{
	return MAJOR(inode->i_rdev);
}

static inline int nonseekable_open(struct inode *inode, struct file *file)
{
	return 0;
}

struct file_system_type;
struct super_block;

/* What there is to say about a file system. */
struct kstatfs {
	long f_type;
	long f_bsize;
	u64 f_blocks;
	u64 f_bfree;
	u64 f_files;
	long f_namelen;
};

/**
 * struct super_operations - what a mounted file system can do; NULL is "nothing to do", or "cannot"
 * @statfs: say something about it
 * @put_super: it is not mounted any more
 */
struct super_operations {
	int (*statfs)(struct super_block *sb, struct kstatfs *buf);
	void (*put_super)(struct super_block *sb);
};

/**
 * struct super_block - a mounted file system
 * @s_type: of what type
 * @s_op: set by its read_super()
 * @s_fs_info: for the file system
 */
struct super_block {
	struct file_system_type *s_type;
	const struct super_operations *s_op;
	void *s_fs_info;
};

/**
 * struct file_system_type - a kind of file system, as in Linux 2.4
 * @name: its name
 * @owner: the module it is in: held during a call and while it is mounted, if the service's get=owner
 * @read_super: fill in @sb. Return: 0 or a negative errno, as get_sb() does
 * @next: on the list
 */
struct file_system_type {
	const char *name;
	struct module *owner;
	int (*read_super)(struct super_block *sb, void *data, int silent);
	struct file_system_type *next;
};

/* File systems reached by name: kernel/fs/filesystems.c. */
int register_filesystem(struct file_system_type *type);
int unregister_filesystem(struct file_system_type *type);

/* Character devices reached by name: kernel/fs/char_dev.c. */
int register_chrdev(unsigned int major, const char *name, const struct file_operations *fops);
int unregister_chrdev(unsigned int major, const char *name);

int alloc_chrdev_region(dev_t *dev, unsigned int baseminor, unsigned int count, const char *name);
int register_chrdev_region(dev_t from, unsigned int count, const char *name);
void unregister_chrdev_region(dev_t from, unsigned int count);

loff_t no_llseek(struct file *file, loff_t offset, int whence);
loff_t noop_llseek(struct file *file, loff_t offset, int whence);
loff_t default_llseek(struct file *file, loff_t offset, int whence);

ssize_t simple_read_from_buffer(void __user *to, size_t count, loff_t *ppos, const void *from,
				size_t available);
ssize_t simple_write_to_buffer(void *to, size_t available, loff_t *ppos, const void __user *from,
			       size_t count);

int simple_open(struct inode *inode, struct file *file);

/**
 * struct simple_attr - a file that is one number; lib/simple_attr.c, linked into each module that has one
 * @get: get it; NULL: it cannot be read
 * @set: set it; NULL: it cannot be written
 * @fmt: how to print it
 */
struct simple_attr {
	int (*get)(void *data, u64 *val);
	int (*set)(void *data, u64 val);
	const char *fmt;
};

ssize_t simple_attr_get(struct file *file, char __user *buf, size_t size, loff_t *pos,
			const struct simple_attr *attr);
ssize_t simple_attr_set(struct file *file, const char __user *buf, size_t size, loff_t *pos,
			const struct simple_attr *attr);

#define DEFINE_SIMPLE_ATTRIBUTE(__fops, __get, __set, __fmt)					\
	static const struct simple_attr __fops##_attr = { __get, __set, __fmt };		\
	static ssize_t __fops##_read(struct file *file, char __user *buf, size_t size, loff_t *pos)	\
	{											\
		return simple_attr_get(file, buf, size, pos, &__fops##_attr);			\
	}											\
	static ssize_t __fops##_write(struct file *file, const char __user *buf, size_t size,	\
				      loff_t *pos)						\
	{											\
		return simple_attr_set(file, buf, size, pos, &__fops##_attr);			\
	}											\
	static const struct file_operations __fops = {						\
		.owner = THIS_MODULE, .open = simple_open, .read = __fops##_read,		\
		.write = __fops##_write, .llseek = no_llseek,					\
	}

#endif
