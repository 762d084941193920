/* SPDX-License-Identifier: GPL-2.0 */
/* The other side of /proc, and of /sys and /dev, which are trees of the same kind: paths, for the shell. */
#ifndef _STOPGAP_PROC_H
#define _STOPGAP_PROC_H

#include <linux/proc_fs.h>

/**
 * struct proc_file - an open file in /proc
 * @file: what its functions see
 * @inode: the same
 * @dentry: the same
 * @pde: the entry; cannot go while the file is open
 * @ops: what it can do, in the form of today
 */
struct proc_file {
	struct file file;
	struct inode inode;
	struct dentry dentry;
	struct proc_dir_entry *pde;
	struct proc_ops ops;
};

bool is_tree_path(const char *path);
struct proc_file *proc_file_open(const char *path, unsigned int flags);
ssize_t proc_file_read(struct proc_file *pf, char *buf, size_t size);
ssize_t proc_file_write(struct proc_file *pf, const char *buf, size_t size);
void proc_file_close(struct proc_file *pf);
int proc_list(const char *path, void (*fn)(const struct proc_dir_entry *entry));

/* Between the files of kernel/fs: find an entry and keep it. */
struct proc_dir_entry *proc_use(const char *path);
void proc_unuse(struct proc_dir_entry *entry);

#endif
