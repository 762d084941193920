// SPDX-License-Identifier: GPL-2.0
/* Commands that look at the files of the ramdisk, and of /proc, /sys and /dev. */
#include <linux/ctype.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/kstrtox.h>
#include <linux/minmax.h>
#include <linux/string.h>
#include <stopgap/console.h>
#include <stopgap/ramdisk.h>
#include <stopgap/shell.h>

#include "proc_files.h"

#define CAT_CHUNK	256	/* bytes between two looks for ^C */
#define DUMP_WIDTH	16	/* bytes in a line of hexdump */

static int find(const char *cmd, const char *name, struct ramdisk_file *file)
{
	int err = ramdisk_find(name, file);

	if (err)
		cprintf("%s: %s: no such file\n", cmd, name);
	return err;
}

static int ls_run(int argc, char **argv)
{
	const char *pattern = argc > 1 ? argv[1] : "*";
	struct ramdisk_file file;
	unsigned int n, shown = 0;

	if (argc > 2) {
		cprintf("usage: ls [PATTERN]\n");
		return -EINVAL;
	}
	if (is_tree_path(pattern))
		return shell_ls_tree(pattern);
	for (n = 0; ramdisk_nth(n, &file) == 0; n++) {
		if (!glob_match(pattern, file.name))
			continue;
		cprintf("%8zu  %s\n", file.size, file.name);
		shown++;
	}
	if (!shown && argc > 1) {
		cprintf("ls: %s: no such file\n", pattern);
		return -ENOENT;
	}
	return 0;
}
SHELL_COMMAND(ls, ls_run, shell_complete_file, "[PATTERN]",
	      "list the ramdisk's files, * and ? match; or those in /proc, /sys, /dev");

void shell_print_text(const char *text, size_t n)
{
	char chunk[CAT_CHUNK];
	size_t i;

	for (i = 0; i < n; i++)
		chunk[i] = isprint(text[i]) || text[i] == '\n' || text[i] == '\t' ? text[i] : '.';
	console_write(chunk, n);
}

static int cat_run(int argc, char **argv)
{
	struct ramdisk_file file;
	size_t at;
	int err;

	if (argc != 2) {
		cprintf("usage: cat FILE\n");
		return -EINVAL;
	}
	if (is_tree_path(argv[1]))
		return shell_cat_tree(argv[1]);
	err = find("cat", argv[1], &file);
	if (err)
		return err;
	for (at = 0; at < file.size; at += CAT_CHUNK) {
		shell_print_text(file.data + at, min_t(size_t, file.size - at, CAT_CHUNK));
		if (shell_interrupted())
			return -EINTR;
	}
	return 0;
}
SHELL_COMMAND(cat, cat_run, shell_complete_file, "FILE", "print a file of text");

static void dump_line(const unsigned char *data, size_t offset, size_t n)
{
	char text[DUMP_WIDTH + 1];
	size_t i;

	cprintf("%08zx ", offset);
	for (i = 0; i < DUMP_WIDTH; i++) {
		if (i < n)
			cprintf("%s%02x", i == DUMP_WIDTH / 2 ? "  " : " ", data[i]);
		else
			cprintf("%s", i == DUMP_WIDTH / 2 ? "    " : "   ");
	}
	for (i = 0; i < n; i++)
		text[i] = isprint(data[i]) ? data[i] : '.';
	text[n] = '\0';
	cprintf("  |%s|\n", text);
}

static int hexdump_run(int argc, char **argv)
{
	unsigned long offset = 0, length = ULONG_MAX;
	struct ramdisk_file file;
	size_t end;
	int err;

	if (argc < 2 || argc > 4 || (argc > 2 && kstrtoul(argv[2], 0, &offset)) ||
	    (argc > 3 && kstrtoul(argv[3], 0, &length))) {
		cprintf("usage: hexdump FILE [OFFSET [LENGTH]]\n");
		return -EINVAL;
	}
	err = find("hexdump", argv[1], &file);
	if (err)
		return err;
	if (offset > file.size) {
		cprintf("hexdump: %s: offset %lu is past the end (%zu)\n",
			argv[1], offset, file.size);
		return -EINVAL;
	}
	end = offset + min(length, file.size - offset);
	for (; offset < end; offset += DUMP_WIDTH) {
		dump_line(file.data + offset, offset, min_t(size_t, end - offset, DUMP_WIDTH));
		if (shell_interrupted())
			return -EINTR;
	}
	return 0;
}

static const char *hexdump_complete(int argc, const char *word, int n)
{
	return argc == 2 ? shell_complete_file(argc, word, n) : NULL;
}
SHELL_COMMAND(hexdump, hexdump_run, hexdump_complete, "FILE [OFFSET [LENGTH]]",
	      "print a file in hexadecimal");
