// SPDX-License-Identifier: GPL-2.0
/*
 * seq_file: text made record by record. A buffer holds the records that have been printed and not
 * read yet; when it is empty, the iterator is started at the next record's number and runs until
 * the buffer is full or there is no more. The iterator never stays started between two reads.
 */
#include <asm/page.h>
#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

/**
 * seq_open() - make an open file a seq_file
 * @file: the file; its private_data becomes the struct seq_file
 * @op: the iterator
 *
 * Context: may sleep. Return: 0 or -ENOMEM.
 */
int seq_open(struct file *file, const struct seq_operations *op)
{
	struct seq_file *m = kzalloc(sizeof(*m), GFP_KERNEL);

	if (!m)
		return -ENOMEM;
	mutex_init(&m->lock);
	m->op = op;
	m->file = file;
	file->private_data = m;
	return 0;
}
EXPORT_SYMBOL(seq_open);

int seq_release(struct inode *inode, struct file *file)
{
	struct seq_file *m = file->private_data;

	kfree(m->buf);
	kfree(m);
	return 0;
}
EXPORT_SYMBOL(seq_release);

/* The same with @size cleared bytes in m->private. Return: them, or NULL. */
void *__seq_open_private(struct file *file, const struct seq_operations *op, int size)
{
	void *private = kzalloc(size, GFP_KERNEL);

	if (!private)
		return NULL;
	if (seq_open(file, op)) {
		kfree(private);
		return NULL;
	}
	((struct seq_file *)file->private_data)->private = private;
	return private;
}
EXPORT_SYMBOL(__seq_open_private);

int seq_open_private(struct file *file, const struct seq_operations *op, int size)
{
	return __seq_open_private(file, op, size) ? 0 : -ENOMEM;
}
EXPORT_SYMBOL(seq_open_private);

int seq_release_private(struct inode *inode, struct file *file)
{
	kfree(((struct seq_file *)file->private_data)->private);
	return seq_release(inode, file);
}
EXPORT_SYMBOL(seq_release_private);

/* ---- reading ---- */

/* A buffer of @size bytes, empty. */
static int new_buffer(struct seq_file *m, size_t size)
{
	kfree(m->buf);
	m->count = m->from = 0;
	m->size = size;
	m->buf = kmalloc(size, GFP_KERNEL);
	return m->buf ? 0 : -ENOMEM;
}

/* Print the record @v. Return: 0; 1 if it did not fit, and is not in the buffer; -errno. */
static int show_record(struct seq_file *m, void *v)
{
	size_t before = m->count;
	int err = m->op->show(m, v);

	m->pad_until = 0;
	if (err)
		m->count = before;
	if (err < 0)
		return err;
	if (!err && seq_has_overflowed(m)) {
		m->count = before;
		return 1;
	}
	return 0;
}

/* Print records until one does not fit. Return: 0; 1 if that was the first one; -errno. */
static int fill_buffer(struct seq_file *m)
{
	void *v = m->op->start(m, &m->index);
	int ret = 0;

	while (!IS_ERR_OR_NULL(v)) {
		loff_t index = m->index;

		ret = show_record(m, v);
		if (ret)
			break;
		v = m->op->next(m, v, &m->index);
		if (m->index == index) {
			pr_warn_once("seq_file: %ps does not move its position on\n", m->op->next);
			m->index++;
		}
	}
	if (IS_ERR(v))
		ret = PTR_ERR(v);
	m->op->stop(m, v);
	if (ret && m->count)
		ret = 0;
	return ret;
}

/* Make text, in a buffer as large as the next record needs. */
static int make_text(struct seq_file *m)
{
	int ret = m->buf ? 0 : new_buffer(m, PAGE_SIZE);

	m->from = m->count = 0;
	while (!ret) {
		ret = fill_buffer(m);
		if (ret <= 0)
			return ret;
		ret = new_buffer(m, m->size * 2);
	}
	return ret;
}

static ssize_t read_locked(struct seq_file *m, char __user *buf, size_t size, loff_t *ppos)
{
	int err;

	if (*ppos == 0) {
		m->index = 0;
		m->from = m->count = 0;
	}
	if (m->from == m->count) {
		err = make_text(m);
		if (err)
			return err;
	}
	size = min(size, m->count - m->from);
	if (copy_to_user(buf, m->buf + m->from, size))
		return -EFAULT;
	m->from += size;
	*ppos += size;
	return size;
}

/**
 * seq_read() - a seq_file's read()
 * @file: made by seq_open()
 * @buf: where to
 * @size: room there
 * @ppos: 0 starts again
 *
 * Context: may sleep. Return: the bytes read, 0 at the end; or what the iterator says.
 */
ssize_t seq_read(struct file *file, char __user *buf, size_t size, loff_t *ppos)
{
	struct seq_file *m = file->private_data;
	ssize_t ret;

	mutex_lock(&m->lock);
	ret = read_locked(m, buf, size, ppos);
	mutex_unlock(&m->lock);
	return ret;
}
EXPORT_SYMBOL(seq_read);

/* Back to the beginning, or stay: what text made on the fly allows. */
loff_t seq_lseek(struct file *file, loff_t offset, int whence)
{
	if (whence == SEEK_CUR)
		offset += file->f_pos;
	if (whence == SEEK_END || (offset && offset != file->f_pos))
		return -EINVAL;
	file->f_pos = offset;
	return offset;
}
EXPORT_SYMBOL(seq_lseek);

/* ---- printing ---- */

static void set_overflow(struct seq_file *m)
{
	m->count = m->size;
}

void seq_vprintf(struct seq_file *m, const char *fmt, va_list args)
{
	size_t room = m->size - m->count;
	size_t len = vsnprintf(m->buf + m->count, room, fmt, args);

	if (len < room)
		m->count += len;
	else
		set_overflow(m);
}
EXPORT_SYMBOL(seq_vprintf);

void seq_printf(struct seq_file *m, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	seq_vprintf(m, fmt, args);
	va_end(args);
}
EXPORT_SYMBOL(seq_printf);

/* Return: 0, or -1 if it did not fit. */
int seq_write(struct seq_file *m, const void *data, size_t len)
{
	if (len >= m->size - m->count) {
		set_overflow(m);
		return -1;
	}
	memcpy(m->buf + m->count, data, len);
	m->count += len;
	return 0;
}
EXPORT_SYMBOL(seq_write);

void seq_puts(struct seq_file *m, const char *s)
{
	seq_write(m, s, strlen(s));
}
EXPORT_SYMBOL(seq_puts);

void seq_putc(struct seq_file *m, char c)
{
	seq_write(m, &c, 1);
}
EXPORT_SYMBOL(seq_putc);

void seq_put_decimal_ull(struct seq_file *m, const char *delimiter, unsigned long long num)
{
	seq_printf(m, "%s%llu", delimiter ?: "", num);
}
EXPORT_SYMBOL(seq_put_decimal_ull);

/* Blanks up to the width of seq_setwidth(), then @c unless it is 0. */
void seq_pad(struct seq_file *m, char c)
{
	while (m->count < m->pad_until && !seq_has_overflowed(m))
		seq_putc(m, ' ');
	if (c)
		seq_putc(m, c);
}
EXPORT_SYMBOL(seq_pad);

/* ---- files of a single record ---- */

static void *single_start(struct seq_file *m, loff_t *pos)
{
	return *pos == 0 ? SEQ_START_TOKEN : NULL;
}

static void *single_next(struct seq_file *m, void *v, loff_t *pos)
{
	++*pos;
	return NULL;
}

static void single_stop(struct seq_file *m, void *v)
{
}

/**
 * single_open() - seq_open() for a file that one function prints
 * @file: the file
 * @show: the function
 * @data: what it finds in m->private
 *
 * Context: may sleep. Return: 0 or -ENOMEM.
 */
int single_open(struct file *file, int (*show)(struct seq_file *m, void *v), void *data)
{
	struct seq_operations *op = kzalloc(sizeof(*op), GFP_KERNEL);

	if (!op)
		return -ENOMEM;
	op->start = single_start;
	op->next = single_next;
	op->stop = single_stop;
	op->show = show;
	if (seq_open(file, op)) {
		kfree(op);
		return -ENOMEM;
	}
	((struct seq_file *)file->private_data)->private = data;
	return 0;
}
EXPORT_SYMBOL(single_open);

/* The same with room for @size bytes from the start. */
int single_open_size(struct file *file, int (*show)(struct seq_file *m, void *v), void *data,
		     size_t size)
{
	int err = single_open(file, show, data);

	if (err)
		return err;
	err = new_buffer(file->private_data, max(size, (size_t)1));
	if (err)
		single_release(file->f_inode, file);
	return err;
}
EXPORT_SYMBOL(single_open_size);

int single_release(struct inode *inode, struct file *file)
{
	kfree(((struct seq_file *)file->private_data)->op);
	return seq_release(inode, file);
}
EXPORT_SYMBOL(single_release);

/* ---- iterators over a list ---- */

/* For start(). Return: the entry number @pos, or NULL. */
struct list_head *seq_list_start(struct list_head *head, loff_t pos)
{
	struct list_head *entry;

	list_for_each(entry, head)
		if (pos-- == 0)
			return entry;
	return NULL;
}
EXPORT_SYMBOL(seq_list_start);

/* The same for a list behind a heading: at 0 comes the head itself. */
struct list_head *seq_list_start_head(struct list_head *head, loff_t pos)
{
	return pos ? seq_list_start(head, pos - 1) : head;
}
EXPORT_SYMBOL(seq_list_start_head);

/* For next(). */
struct list_head *seq_list_next(void *v, struct list_head *head, loff_t *ppos)
{
	struct list_head *next = ((struct list_head *)v)->next;

	++*ppos;
	return next == head ? NULL : next;
}
EXPORT_SYMBOL(seq_list_next);
