/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Files whose text is made while it is read, record by record: an iterator (start, next, stop) and
 * a function that prints one record. A record that does not fit is printed again into a larger
 * buffer.
 */
#ifndef _LINUX_SEQ_FILE_H
#define _LINUX_SEQ_FILE_H

#include <linux/fs.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/stdarg.h>
#include <linux/string.h>
#include <linux/types.h>

/**
 * struct seq_file - one opening of such a file
 * @buf: text that has not been read yet, and room
 * @size: of @buf
 * @from: where the unread text begins
 * @count: where it ends; @size: it did not fit
 * @pad_until: for seq_pad()
 * @index: the number of the record to print next
 * @lock: one reader at a time
 * @op: the iterator
 * @file: the open file
 * @private: the iterator's
 */
struct seq_file {
	char *buf;
	size_t size;
	size_t from;
	size_t count;
	size_t pad_until;
	loff_t index;
	struct mutex lock;
	const struct seq_operations *op;
	const struct file *file;
	void *private;
};

struct seq_operations {
	void *(*start)(struct seq_file *m, loff_t *pos);
	void (*stop)(struct seq_file *m, void *v);
	void *(*next)(struct seq_file *m, void *v, loff_t *pos);
	int (*show)(struct seq_file *m, void *v);
};

#define SEQ_SKIP		1		/* from show(): as if there were no such record */
#define SEQ_START_TOKEN		((void *)1)	/* from start(): print a heading */

int seq_open(struct file *file, const struct seq_operations *op);
void *__seq_open_private(struct file *file, const struct seq_operations *op, int size);
int seq_open_private(struct file *file, const struct seq_operations *op, int size);
ssize_t seq_read(struct file *file, char __user *buf, size_t size, loff_t *ppos);
loff_t seq_lseek(struct file *file, loff_t offset, int whence);
int seq_release(struct inode *inode, struct file *file);
int seq_release_private(struct inode *inode, struct file *file);

int single_open(struct file *file, int (*show)(struct seq_file *m, void *v), void *data);
int single_open_size(struct file *file, int (*show)(struct seq_file *m, void *v), void *data,
		     size_t size);
int single_release(struct inode *inode, struct file *file);

__printf(2, 3) void seq_printf(struct seq_file *m, const char *fmt, ...);
__printf(2, 0) void seq_vprintf(struct seq_file *m, const char *fmt, va_list args);
void seq_putc(struct seq_file *m, char c);
void seq_puts(struct seq_file *m, const char *s);
int seq_write(struct seq_file *m, const void *data, size_t len);
void seq_put_decimal_ull(struct seq_file *m, const char *delimiter, unsigned long long num);
void seq_pad(struct seq_file *m, char c);

static inline void seq_setwidth(struct seq_file *m, size_t size)
{
	m->pad_until = m->count + size;
}

static inline bool seq_has_overflowed(struct seq_file *m)
{
	return m->count == m->size;
}

struct list_head *seq_list_start(struct list_head *head, loff_t pos);
struct list_head *seq_list_start_head(struct list_head *head, loff_t pos);
struct list_head *seq_list_next(void *v, struct list_head *head, loff_t *ppos);

#define __DEFINE_SEQ_OPEN(__name, __open)						\
	static int __name##_open(struct inode *inode, struct file *file)		\
	{										\
		return __open;								\
	}

/* From a function @__name_show(): @__name_fops. */
#define DEFINE_SHOW_ATTRIBUTE(__name)							\
	__DEFINE_SEQ_OPEN(__name, single_open(file, __name##_show, inode->i_private))	\
	static const struct file_operations __name##_fops = {				\
		.owner = THIS_MODULE, .open = __name##_open, .read = seq_read,		\
		.llseek = seq_lseek, .release = single_release }

/* The same as @__name_proc_ops. */
#define DEFINE_PROC_SHOW_ATTRIBUTE(__name)						\
	__DEFINE_SEQ_OPEN(__name, single_open(file, __name##_show, inode->i_private))	\
	static const struct proc_ops __name##_proc_ops = {				\
		.proc_open = __name##_open, .proc_read = seq_read,			\
		.proc_lseek = seq_lseek, .proc_release = single_release }

/* From an iterator @__name_sops: @__name_fops. */
#define DEFINE_SEQ_ATTRIBUTE(__name)							\
	__DEFINE_SEQ_OPEN(__name, seq_open(file, &__name##_sops))			\
	static const struct file_operations __name##_fops = {				\
		.owner = THIS_MODULE, .open = __name##_open, .read = seq_read,		\
		.llseek = seq_lseek, .release = seq_release }

#endif
