// SPDX-License-Identifier: GPL-2.0
/*
 * Opening, reading and writing files in /proc: whatever form their creator chose, what is called
 * here is a struct proc_ops.
 */
#include <asm/page.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <stopgap/proc.h>

/* ---- the other forms ---- */

/*
 * One call of a read_proc function. It may say in *start where the text for @off is; a small number
 * there says instead by how much to move on.
 */
static ssize_t read_page(const struct proc_dir_entry *pde, char *page, char *buf, size_t size,
			 loff_t *pos)
{
	char *start = NULL;
	int eof = 0, len;

	len = pde->read_proc(page, &start, *pos, min(size, PAGE_SIZE), &eof, pde->data);
	if (len <= 0)
		return len;
	if (!start)
		return simple_read_from_buffer(buf, size, pos, page, len);
	len = min(size, (size_t)len);
	if ((unsigned long)start < PAGE_SIZE) {
		*pos += (unsigned long)start;
		start = page;
	} else {
		*pos += len;
	}
	memcpy(buf, start, len);
	return len;
}

static ssize_t old_read(struct file *file, char __user *buf, size_t size, loff_t *pos)
{
	const struct proc_dir_entry *pde = file->f_inode->i_pde;
	char *page = kzalloc(PAGE_SIZE, GFP_KERNEL);
	ssize_t ret;

	if (!page)
		return -ENOMEM;
	ret = read_page(pde, page, buf, size, pos);
	kfree(page);
	return ret;
}

static ssize_t old_write(struct file *file, const char __user *buf, size_t size, loff_t *pos)
{
	const struct proc_dir_entry *pde = file->f_inode->i_pde;

	return pde->write_proc(file, buf, size, pde->data);
}

static int single_show_open(struct inode *inode, struct file *file)
{
	return single_open(file, inode->i_pde->single_show, inode->i_private);
}

static int seq_ops_open(struct inode *inode, struct file *file)
{
	const struct proc_dir_entry *pde = inode->i_pde;

	return pde->state_size ? seq_open_private(file, pde->seq_ops, pde->state_size) :
				 seq_open(file, pde->seq_ops);
}

/* What @pde can do. */
static struct proc_ops ops_of(const struct proc_dir_entry *pde)
{
	const struct file_operations *fops = pde->proc_fops;

	if (pde->proc_ops)
		return *pde->proc_ops;
	if (fops)
		return (struct proc_ops) {
			.proc_open = fops->open,
			.proc_read = fops->read,
			.proc_write = fops->write,
			.proc_release = fops->release,
		};
	if (pde->single_show)
		return (struct proc_ops) {
			.proc_open = single_show_open,
			.proc_read = seq_read,
			.proc_release = single_release,
		};
	if (pde->seq_ops)
		return (struct proc_ops) {
			.proc_open = seq_ops_open,
			.proc_read = seq_read,
			.proc_release = pde->state_size ? seq_release_private : seq_release,
		};
	return (struct proc_ops) {
		.proc_read = pde->read_proc ? old_read : NULL,
		.proc_write = pde->write_proc ? old_write : NULL,
	};
}

/* ---- for the shell ---- */

static void init_file(struct proc_file *pf, struct proc_dir_entry *pde, unsigned int flags)
{
	pf->pde = pde;
	pf->ops = ops_of(pde);
	pf->inode.i_mode = pde->mode;
	pf->inode.i_size = pde->size;
	pf->inode.i_private = pde->data;
	pf->inode.i_pde = pde;
	pf->dentry.d_name = (struct qstr) { pde->name, strlen(pde->name) };
	pf->dentry.d_inode = &pf->inode;
	pf->file.f_path.dentry = &pf->dentry;
	pf->file.f_inode = &pf->inode;
	pf->file.f_flags = flags;
	pf->file.f_mode = flags & O_WRONLY ? FMODE_WRITE : FMODE_READ;
}

/**
 * proc_file_open() - open a file in /proc
 * @path: from the root on
 * @flags: O_RDONLY or O_WRONLY
 *
 * Context: may sleep.
 * Return: the file; ERR_PTR of -ENOENT, -EISDIR, -EACCES, -ENOMEM, or what its open() says.
 */
struct proc_file *proc_file_open(const char *path, unsigned int flags)
{
	struct proc_dir_entry *pde = proc_use(path);
	struct proc_file *pf = NULL;
	int err;

	if (!pde)
		return ERR_PTR(-ENOENT);
	err = -EISDIR;
	if (S_ISDIR(pde->mode))
		goto out_unuse;
	err = -EACCES;
	if (!(pde->mode & (flags & O_WRONLY ? S_IWUGO : S_IRUGO)))
		goto out_unuse;
	err = -ENOMEM;
	pf = kzalloc(sizeof(*pf), GFP_KERNEL);
	if (!pf)
		goto out_unuse;
	init_file(pf, pde, flags);
	err = pf->ops.proc_open ? pf->ops.proc_open(&pf->inode, &pf->file) : 0;
	if (err)
		goto out_unuse;
	return pf;

out_unuse:
	proc_unuse(pde);
	kfree(pf);
	return ERR_PTR(err);
}

/* Read on. Context: may sleep. Return: the bytes read, 0 at the end; or a negative errno. */
ssize_t proc_file_read(struct proc_file *pf, char *buf, size_t size)
{
	if (!pf->ops.proc_read)
		return -EIO;
	return pf->ops.proc_read(&pf->file, buf, size, &pf->file.f_pos);
}

/* Write on. Context: may sleep. Return: the bytes taken; or a negative errno. */
ssize_t proc_file_write(struct proc_file *pf, const char *buf, size_t size)
{
	if (!pf->ops.proc_write)
		return -EIO;
	return pf->ops.proc_write(&pf->file, buf, size, &pf->file.f_pos);
}

void proc_file_close(struct proc_file *pf)
{
	if (pf->ops.proc_release)
		pf->ops.proc_release(&pf->inode, &pf->file);
	proc_unuse(pf->pde);
	kfree(pf);
}

/* ---- seeking, which the shell does not do ---- */

loff_t no_llseek(struct file *file, loff_t offset, int whence)
{
	return -ESPIPE;
}
EXPORT_SYMBOL(no_llseek);

loff_t noop_llseek(struct file *file, loff_t offset, int whence)
{
	return file->f_pos;
}
EXPORT_SYMBOL(noop_llseek);

loff_t default_llseek(struct file *file, loff_t offset, int whence)
{
	if (whence == SEEK_CUR)
		offset += file->f_pos;
	else if (whence == SEEK_END)
		offset += file->f_inode->i_size;
	if (offset < 0)
		return -EINVAL;
	file->f_pos = offset;
	return offset;
}
EXPORT_SYMBOL(default_llseek);
