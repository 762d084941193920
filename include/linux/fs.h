/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Open files, as far as files in /proc need them. There are no file systems and no devices; whoever
 * opens is the shell.
 */
#ifndef _LINUX_FS_H
#define _LINUX_FS_H

#include <linux/err.h>
#include <linux/fcntl.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/stat.h>
#include <linux/uidgid.h>
#include <linux/wait.h>

struct file;
struct inode;
struct poll_table_struct;
struct proc_dir_entry;
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
 * @owner: not needed: removing the file waits for whoever has it open
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
	int (*open)(struct inode *inode, struct file *file);
	int (*flush)(struct file *file, void *owner);
	int (*release)(struct inode *inode, struct file *file);
};

/**
 * struct inode - the file itself
 * @i_mode: S_IFREG and the permissions
 * @i_size: as proc_set_size() set it
 * @i_private: the data given to proc_create_data()
 * @i_pde: its entry in /proc
 */
struct inode {
	umode_t i_mode;
	kuid_t i_uid;
	kgid_t i_gid;
	loff_t i_size;
	void *i_private;
	struct proc_dir_entry *i_pde;
};

/**
 * struct file - one opening of it
 * @f_inode: of what
 * @f_pos: where the next read or write takes place
 * @f_flags: O_*
 * @f_mode: FMODE_*
 * @private_data: for whoever implements the file
 */
struct file {
	struct inode *f_inode;
	loff_t f_pos;
	unsigned int f_flags;
	fmode_t f_mode;
	void *private_data;
};

static inline struct inode *file_inode(const struct file *file)
{
	return file->f_inode;
}

static inline int nonseekable_open(struct inode *inode, struct file *file)
{
	return 0;
}

loff_t no_llseek(struct file *file, loff_t offset, int whence);
loff_t noop_llseek(struct file *file, loff_t offset, int whence);
loff_t default_llseek(struct file *file, loff_t offset, int whence);

ssize_t simple_read_from_buffer(void __user *to, size_t count, loff_t *ppos, const void *from,
				size_t available);
ssize_t simple_write_to_buffer(void *to, size_t available, loff_t *ppos, const void __user *from,
			       size_t count);

#endif
