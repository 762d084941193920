/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Files in /proc, which the shell's cat, ls and echo reach. Removing a file waits for whoever has
 * it open, so a module's functions are not running, and will not be called, when it is gone.
 */
#ifndef _LINUX_PROC_FS_H
#define _LINUX_PROC_FS_H

#include <linux/fs.h>

struct seq_file;
struct seq_operations;

/* What a file can do; as struct file_operations, which it replaced in Linux 5.6. */
struct proc_ops {
	unsigned int proc_flags;
	int (*proc_open)(struct inode *inode, struct file *file);
	ssize_t (*proc_read)(struct file *file, char __user *buf, size_t size, loff_t *pos);
	ssize_t (*proc_write)(struct file *file, const char __user *buf, size_t size, loff_t *pos);
	loff_t (*proc_lseek)(struct file *file, loff_t offset, int whence);
	int (*proc_release)(struct inode *inode, struct file *file);
	unsigned int (*proc_poll)(struct file *file, struct poll_table_struct *wait);
	long (*proc_ioctl)(struct file *file, unsigned int cmd, unsigned long arg);
	int (*proc_mmap)(struct file *file, struct vm_area_struct *vma);
	unsigned long (*proc_get_unmapped_area)(struct file *file, unsigned long addr,
						unsigned long len, unsigned long pgoff,
						unsigned long flags);
};

#define PROC_ENTRY_PERMANENT	0x1

/* The forms before Linux 3.10: everything in one page; a write in one call. */
typedef int (read_proc_t)(char *page, char **start, off_t off, int count, int *eof, void *data);
typedef int (write_proc_t)(struct file *file, const char __user *buf, unsigned long count,
			   void *data);

/**
 * struct proc_dir_entry - a file or a directory in /proc
 * @name: its last component; a copy
 * @mode: file type and permissions
 * @size: as proc_set_size() set it
 * @data: its creator's; of a device's entry, its number
 * @proc_ops: what it can do; or
 * @proc_fops: the same, the older way; or
 * @read_proc: the same, the oldest way
 * @write_proc: belongs to @read_proc
 * @seq_ops: or reading by these, for proc_create_seq()
 * @single_show: or by this, for proc_create_single()
 * @state_size: of what proc_create_seq_private() wants for each opening
 * @owner: not needed
 * @parent: the directory it is in
 * @children: if it is a directory
 * @node: in @parent's children
 * @users: how many have it open, or are about to
 */
struct proc_dir_entry {
	char *name;
	umode_t mode;
	loff_t size;
	void *data;
	const struct proc_ops *proc_ops;
	const struct file_operations *proc_fops;
	read_proc_t *read_proc;
	write_proc_t *write_proc;
	const struct seq_operations *seq_ops;
	int (*single_show)(struct seq_file *m, void *v);
	unsigned int state_size;
	struct module *owner;
	struct proc_dir_entry *parent;
	struct list_head children;
	struct list_head node;
	unsigned int users;
};

struct proc_dir_entry *proc_create_ops(const char *name, umode_t mode,
				       struct proc_dir_entry *parent, const struct proc_ops *ops,
				       void *data);
struct proc_dir_entry *proc_create_fops(const char *name, umode_t mode,
					struct proc_dir_entry *parent,
					const struct file_operations *fops, void *data);

/* The operations may be of either type. */
#define proc_create_data(name, mode, parent, ops, data)				\
	_Generic((ops),								\
		 struct file_operations *: proc_create_fops,			\
		 const struct file_operations *: proc_create_fops,		\
		 default: proc_create_ops)(name, mode, parent, ops, data)
#define proc_create(name, mode, parent, ops)	proc_create_data(name, mode, parent, ops, NULL)

struct proc_dir_entry *proc_create_seq_private(const char *name, umode_t mode,
					       struct proc_dir_entry *parent,
					       const struct seq_operations *ops,
					       unsigned int state_size, void *data);
#define proc_create_seq_data(name, mode, parent, ops, data) \
	proc_create_seq_private(name, mode, parent, ops, 0, data)
#define proc_create_seq(name, mode, parent, ops) \
	proc_create_seq_private(name, mode, parent, ops, 0, NULL)
struct proc_dir_entry *proc_create_single_data(const char *name, umode_t mode,
					       struct proc_dir_entry *parent,
					       int (*show)(struct seq_file *m, void *v),
					       void *data);
#define proc_create_single(name, mode, parent, show) \
	proc_create_single_data(name, mode, parent, show, NULL)

struct proc_dir_entry *proc_mkdir(const char *name, struct proc_dir_entry *parent);
struct proc_dir_entry *proc_mkdir_data(const char *name, umode_t mode,
				       struct proc_dir_entry *parent, void *data);
#define proc_mkdir_mode(name, mode, parent)	proc_mkdir_data(name, mode, parent, NULL)

struct proc_dir_entry *proc_mknod(const char *name, umode_t mode, struct proc_dir_entry *parent,
				  dev_t dev);
/* For lib/, which has directories in /sys. */
struct proc_dir_entry *proc_find(struct proc_dir_entry *dir, const char *path);

struct proc_dir_entry *create_proc_entry(const char *name, umode_t mode,
					 struct proc_dir_entry *parent);
struct proc_dir_entry *create_proc_read_entry(const char *name, umode_t mode,
					      struct proc_dir_entry *parent,
					      read_proc_t *read_proc, void *data);

void proc_remove(struct proc_dir_entry *entry);
void remove_proc_entry(const char *name, struct proc_dir_entry *parent);
int remove_proc_subtree(const char *name, struct proc_dir_entry *parent);

static inline void proc_set_size(struct proc_dir_entry *entry, loff_t size)
{
	entry->size = size;
}

static inline void proc_set_user(struct proc_dir_entry *entry, kuid_t uid, kgid_t gid)
{
	(void)entry;
}

static inline void *pde_data(const struct inode *inode)
{
	return inode->i_private;
}

#define PDE_DATA(inode)	pde_data(inode)
#define PDE(inode)	((inode)->i_pde)

#endif
