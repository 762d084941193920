// SPDX-License-Identifier: GPL-2.0
/*
 * File descriptors: tokens for what was opened by name.
 *
 * A descriptor is reserved before the open, usable after it, and free again after the release; in between, while a
 * thread opens or releases, it is that thread's. Whoever reads or writes holds a use of the file: a close in the
 * meantime makes the descriptor unusable at once, and the last user releases.
 */
#include <linux/bitmap.h>
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/syscalls.h>
#include <stopgap/files.h>
#include <stopgap/service.h>
#include <stopgap/usecount.h>

/**
 * struct open_file - a file, its inode, which nothing else shares, and its descriptor
 * @file: the file
 * @inode: the inode
 * @fd: where it is in the table
 * @worker: who opens or releases it; NULL while it can be used. Under files_lock
 */
struct open_file {
	struct file file;
	struct inode inode;
	unsigned int fd;
	const struct task_struct *worker;
};

/* Protects the table. */
static DEFINE_SPINLOCK(files_lock);
static DECLARE_BITMAP(used_fds, NR_OPEN);
static unsigned int nr_files;
static struct open_file *fds[NR_OPEN];

static struct open_file *to_open_file(struct file *file)
{
	return container_of(file, struct open_file, file);
}

/* Reserve a descriptor. Return: it, or -EMFILE. */
static int reserve_fd(struct open_file *of)
{
	unsigned long fd;

	spin_lock(&files_lock);
	fd = find_next_zero_bit(used_fds, NR_OPEN, FIRST_FD);
	if (fd < NR_OPEN) {
		__set_bit(fd, used_fds);
		of->fd = (unsigned int)fd;
		fds[fd] = of;
		nr_files++;
	}
	spin_unlock(&files_lock);
	return fd < NR_OPEN ? (int)fd : -EMFILE;
}

unsigned int fd_install(struct file *file)
{
	struct open_file *of = to_open_file(file);
	unsigned int fd = of->fd;

	spin_lock(&files_lock);
	of->worker = NULL;
	spin_unlock(&files_lock);
	return fd;
}

void file_free(struct file *file)
{
	struct open_file *of = to_open_file(file);

	spin_lock(&files_lock);
	fds[of->fd] = NULL;
	nr_files--;
	__clear_bit(of->fd, used_fds);
	spin_unlock(&files_lock);
	kfree(of);
}

/* The usable file of a descriptor, or NULL. Context: files_lock held. */
static struct open_file *find_file(unsigned int fd)
{
	return fd < NR_OPEN && fds[fd] && !fds[fd]->worker ? fds[fd] : NULL;
}

/* Make a descriptor unusable. Return: its file, with the table's use of it, or NULL. */
static struct file *fd_uninstall(unsigned int fd)
{
	struct open_file *of;

	spin_lock(&files_lock);
	of = find_file(fd);
	if (of)
		of->worker = current;
	spin_unlock(&files_lock);
	return of ? &of->file : NULL;
}

/* Return: the file, with one use more, or NULL. */
static struct file *fget(unsigned int fd)
{
	struct open_file *of;

	spin_lock(&files_lock);
	of = find_file(fd);
	if (of)
		atomic_inc(&of->file.f_count);
	spin_unlock(&files_lock);
	return of ? &of->file : NULL;
}

static fmode_t mode_of(int flags)
{
	switch (flags & O_ACCMODE) {
	case O_RDONLY:
		return FMODE_READ;
	case O_WRONLY:
		return FMODE_WRITE;
	default:
		return FMODE_READ | FMODE_WRITE;
	}
}

struct file *file_alloc(int flags, size_t private)
{
	struct open_file *of = kzalloc(sizeof(*of) + private, GFP_KERNEL);
	int fd;

	if (!of)
		return ERR_PTR(-ENOMEM);
	of->worker = current;
	of->inode.i_mode = S_IFCHR | 0600;
	of->file.private_data = private ? of + 1 : NULL;
	of->file.f_inode = &of->inode;
	of->file.f_flags = flags;
	of->file.f_mode = mode_of(flags);
	atomic_set(&of->file.f_count, 1);
	fd = reserve_fd(of);
	if (fd < 0) {
		kfree(of);
		return ERR_PTR(fd);
	}
	return &of->file;
}

SERVICE(close, &service_lock_bkl);

/*
 * The end of a file. In 2000 the module's release() ran under the big kernel lock: a module that lowers its own count
 * there has still to return.
 */
static void release_file(struct file *file)
{
	struct service_call call;

	service_enter(&close_service, &call);
	call.token = true;
	if (file->f_op->release) {
		usecount_calls(&call, file->f_op->release);
		file->f_op->release(file->f_inode, file);
		usecount_returned(&call, 0);
	}
	service_leave(&call);
	file->f_get->put(file->f_owner);
	file_free(file);
}

static void fput(struct file *file)
{
	if (atomic_dec_and_test(&file->f_count))
		release_file(file);
}

long sys_open(const char *name, int flags)
{
	struct file *file = file_alloc(flags, 0);
	int err;

	if (IS_ERR(file))
		return PTR_ERR(file);
	err = chrdev_open(file, name);
	if (!err)
		return fd_install(file);
	file_free(file);
	return err;
}

long sys_read(unsigned int fd, char __user *buf, size_t size)
{
	struct file *file = fget(fd);
	long ret = -EINVAL;

	if (!file)
		return -EBADF;
	if (!(file->f_mode & FMODE_READ))
		ret = -EBADF;
	else if (file->f_op->read)
		ret = file->f_op->read(file, buf, size, &file->f_pos);
	fput(file);
	return ret;
}

long sys_write(unsigned int fd, const char __user *buf, size_t size)
{
	struct file *file = fget(fd);
	long ret = -EINVAL;

	if (!file)
		return -EBADF;
	if (!(file->f_mode & FMODE_WRITE))
		ret = -EBADF;
	else if (file->f_op->write)
		ret = file->f_op->write(file, buf, size, &file->f_pos);
	fput(file);
	return ret;
}

long sys_close(unsigned int fd)
{
	struct file *file = fd_uninstall(fd);

	if (!file)
		return -EBADF;
	fput(file);
	return 0;
}

void abandon_files(void)
{
	struct open_file *of;

	for (unsigned int fd = FIRST_FD; fd < NR_OPEN; fd++) {
		spin_lock(&files_lock);
		of = fds[fd] && fds[fd]->worker == current ? fds[fd] : NULL;
		spin_unlock(&files_lock);
		if (of)
			file_free(&of->file);
	}
}

unsigned int files_of_module(const struct module *mod)
{
	unsigned int n = 0;

	if (!READ_ONCE(nr_files))
		return 0;
	spin_lock(&files_lock);
	for (unsigned int fd = FIRST_FD; fd < NR_OPEN; fd++)
		n += fds[fd] && fds[fd]->file.f_module == mod;
	spin_unlock(&files_lock);
	return n;
}
