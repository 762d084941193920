// SPDX-License-Identifier: GPL-2.0
/* The shell's hands in /proc. */
#include <linux/ctype.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/minmax.h>
#include <linux/slab.h>
#include <linux/string.h>
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

static int cat_open_file(struct proc_file *pf, char *buf)
{
	ssize_t n;
	int err = 0;

	while (!err && (n = proc_file_read(pf, buf, CHUNK)) != 0)
		err = n < 0 ? n : print_chunk(buf, min(n, (ssize_t)CHUNK));
	return err;
}

int shell_cat_proc(const char *path)
{
	struct proc_file *pf = proc_file_open(path, O_RDONLY);
	char *buf;
	int err = -ENOMEM;

	if (IS_ERR(pf))
		return complain("cat", path, PTR_ERR(pf));
	buf = kmalloc(CHUNK, GFP_KERNEL);
	if (buf)
		err = cat_open_file(pf, buf);
	kfree(buf);
	proc_file_close(pf);
	return err && err != -EINTR ? complain("cat", path, err) : err;
}

static void print_entry(const struct proc_dir_entry *entry)
{
	cprintf("%8llu  %s%s\n", entry->size, entry->name, S_ISDIR(entry->mode) ? "/" : "");
}

int shell_ls_proc(const char *path)
{
	int err = proc_list(path, print_entry);

	return err ? complain("ls", path, err) : 0;
}

static char *join_words(int argc, char **argv)
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
	strcpy(to, "\n");
	return line;
}

/* As write(2) in a loop: what was not taken is offered again. */
static int write_all(struct proc_file *pf, const char *text)
{
	size_t left = strlen(text);

	while (left) {
		ssize_t n = proc_file_write(pf, text, left);

		if (n <= 0)
			return n ?: -EIO;
		n = min((size_t)n, left);
		text += n;
		left -= n;
	}
	return 0;
}

int shell_echo_proc(const char *path, int argc, char **argv)
{
	char *line = join_words(argc, argv);
	struct proc_file *pf;
	int err;

	if (!line)
		return -ENOMEM;
	pf = proc_file_open(path, O_WRONLY);
	err = PTR_ERR_OR_ZERO(pf);
	if (!err) {
		err = write_all(pf, line);
		proc_file_close(pf);
	}
	kfree(line);
	return err ? complain("echo", path, err) : 0;
}
