// SPDX-License-Identifier: GPL-2.0
/* The shell's hands in /proc, /sys and /dev. */
#include <linux/ctype.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/minmax.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <stopgap/console.h>
#include <stopgap/shell.h>

#include "proc_files.h"
#include "shell.h"

#define CHUNK		4096	/* of a read */
#define PRINTED		256	/* bytes between two looks for ^C */

static int complain(const char *cmd, const char *path, int err)
{
	cprintf("%s: %s: %s\n", cmd, path, shell_strerror(err));
	return err;
}

static int print_chunk(const char *text, size_t n)
{
	for (size_t at = 0; at < n; at += PRINTED) {
		shell_print_text(text + at, min(n - at, (size_t)PRINTED));
		if (shell_interrupted())
			return -EINTR;
	}
	return 0;
}

/*
 * A file that is open: one of /proc or /sys, or a device's descriptor.
 */
struct shell_file {
	struct proc_file *pf;
	unsigned int fd;
};

static bool is_dev_path(const char *path)
{
	return strstarts(path, "/dev/");
}

static int file_open(struct shell_file *f, const char *path, int flags)
{
	long fd;

	f->pf = NULL;
	if (!is_dev_path(path)) {
		f->pf = proc_file_open(path, flags);
		return PTR_ERR_OR_ZERO(f->pf);
	}
	fd = sys_open(path, flags);
	f->fd = (unsigned int)fd;
	return (int)min(fd, 0L);
}

static ssize_t file_read(struct shell_file *f, char *buf, size_t size)
{
	return f->pf ? proc_file_read(f->pf, buf, size) : sys_read(f->fd, buf, size);
}

static ssize_t file_write(struct shell_file *f, const char *buf, size_t size)
{
	return f->pf ? proc_file_write(f->pf, buf, size) : sys_write(f->fd, buf, size);
}

static void file_close(struct shell_file *f)
{
	if (f->pf)
		proc_file_close(f->pf);
	else
		sys_close(f->fd);
}

static int cat_open_file(struct shell_file *f, char *buf)
{
	ssize_t n;
	int err = 0;

	while (!err && (n = file_read(f, buf, CHUNK)) != 0)
		err = n < 0 ? n : print_chunk(buf, min(n, (ssize_t)CHUNK));
	return err;
}

int shell_cat_tree(const char *path)
{
	struct shell_file f;
	char *buf;
	int err = file_open(&f, path, O_RDONLY);

	if (err)
		return complain("cat", path, err);
	err = -ENOMEM;
	buf = kmalloc(CHUNK, GFP_KERNEL);
	if (buf)
		err = cat_open_file(&f, buf);
	kfree(buf);
	file_close(&f);
	return err && err != -EINTR ? complain("cat", path, err) : err;
}

static void print_entry(const struct proc_dir_entry *entry)
{
	dev_t dev = (dev_t)(unsigned long)entry->data;

	if (S_ISCHR(entry->mode))
		cprintf("%3u, %3u  %s\n", MAJOR(dev), MINOR(dev), entry->name);
	else
		cprintf("%8llu  %s%s\n", entry->size, entry->name, S_ISDIR(entry->mode) ? "/" : "");
}

int shell_ls_tree(const char *path)
{
	int err = proc_list(path, print_entry);

	return err ? complain("ls", path, err) : 0;
}

static char *join_words(int argc, char **argv, const char *end)
{
	size_t size = 2;
	char *line, *to;

	for (int i = 0; i < argc; i++)
		size += strlen(argv[i]) + 1;
	line = to = kmalloc(size, GFP_KERNEL);
	if (!line)
		return NULL;
	for (int i = 0; i < argc; i++)
		to += sprintf(to, "%s%s", i ? " " : "", argv[i]);
	strcpy(to, end);
	return line;
}

/* As write(2) in a loop: what was not taken is offered again. */
static int write_all(struct shell_file *f, const char *text)
{
	size_t left = strlen(text);

	while (left) {
		ssize_t n = file_write(f, text, left);

		if (n <= 0)
			return n ?: -EIO;
		n = min((size_t)n, left);
		text += n;
		left -= n;
	}
	return 0;
}

int shell_echo_tree(const char *path, int argc, char **argv)
{
	bool no_newline = argc && !strcmp(argv[0], "-n");
	char *line = join_words(argc - no_newline, argv + no_newline, no_newline ? "" : "\n");
	struct shell_file f;
	int err;

	if (!line)
		return -ENOMEM;
	err = file_open(&f, path, O_WRONLY);
	if (!err) {
		err = write_all(&f, line);
		file_close(&f);
	}
	kfree(line);
	return err ? complain("echo", path, err) : 0;
}
