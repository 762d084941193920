// SPDX-License-Identifier: GPL-2.0
/* The shell's open, read, write, close: what a program does with a character device. */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/kstrtox.h>
#include <linux/limits.h>
#include <linux/proc_fs.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <stopgap/console.h>
#include <stopgap/files.h>
#include <stopgap/shell.h>

#include "../shell/shell.h"

#define READ_MAX	4096

static int usage(const char *text)
{
	cprintf("usage: %s\n", text);
	return -EINVAL;
}

/* Say what a call that failed has failed with. */
static int fail(const char *cmd, const char *arg, long err)
{
	if (err < 0)
		cprintf("%s: %s: %s (err %ld)\n", cmd, arg, shell_strerror((int)err), err);
	return err < 0 ? (int)err : 0;
}

static int open_command(int argc, char **argv)
{
	long fd;

	if (argc != 2)
		return usage("open NAME | /dev/NAME");
	fd = sys_open(argv[1], O_RDWR);
	if (fd >= 0)
		cprintf("%s: fd %ld\n", argv[1], fd);
	return fail("open", argv[1], fd);
}

static const char *open_complete(int argc, const char *word, int n)
{
	static char name[32];

	for (unsigned int i = 0; argc == 2 && chrdev_nth(i, name, sizeof(name)); i++)
		if (strstarts(name, word) && n-- == 0)
			return name;
	return NULL;
}
SHELL_COMMAND(open, open_command, open_complete, "NAME | /dev/NAME", "open a character device, for a file descriptor");

static int read_command(int argc, char **argv)
{
	unsigned int fd, size = READ_MAX;
	char *buf;
	long n;

	if (argc < 2 || argc > 3 || kstrtouint(argv[1], 0, &fd) ||
	    (argc == 3 && kstrtouint(argv[2], 0, &size)) || size > READ_MAX)
		return usage("read FD [BYTES], at most 4096");
	buf = kmalloc(size + 1, GFP_KERNEL);
	if (!buf)
		return -ENOMEM;
	n = sys_read(fd, buf, size);
	if (n > 0) {
		buf[n] = '\0';
		cprintf("%s%s", buf, buf[n - 1] == '\n' ? "" : "\n");
	}
	kfree(buf);
	return fail("read", argv[1], n);
}
SHELL_COMMAND(read, read_command, NULL, "FD [BYTES]", "read from a file descriptor, and print it as text");

static int write_command(int argc, char **argv)
{
	unsigned int fd;
	long n;

	if (argc != 3 || kstrtouint(argv[1], 0, &fd))
		return usage("write FD TEXT");
	n = sys_write(fd, argv[2], strlen(argv[2]));
	if (n >= 0)
		cprintf("%ld bytes\n", n);
	return fail("write", argv[1], n);
}
SHELL_COMMAND(write, write_command, NULL, "FD TEXT", "write to a file descriptor");

static int close_command(int argc, char **argv)
{
	unsigned int fd;

	if (argc != 2 || kstrtouint(argv[1], 0, &fd))
		return usage("close FD");
	return fail("close", argv[1], sys_close(fd));
}
SHELL_COMMAND(close, close_command, NULL, "FD", "give a file descriptor back");

/* Return: 0 or -EINVAL. */
static int parse_dev(char **words, dev_t *dev)
{
	unsigned int major, minor;

	if (kstrtouint(words[0], 0, &major) || kstrtouint(words[1], 0, &minor) || major > U8_MAX || minor > MINORMASK)
		return -EINVAL;
	*dev = MKDEV(major, minor);
	return 0;
}

/* /dev/NAME, and not /dev/FOLDER/NAME. */
static bool is_device_name(const char *path)
{
	return strstarts(path, "/dev/") && kbasename(path) == path + strlen("/dev/") && *kbasename(path);
}

static int mknod_command(int argc, char **argv)
{
	dev_t dev;

	if (argc != 5 || strcmp(argv[2], "c") || !is_device_name(argv[1]) || parse_dev(argv + 3, &dev))
		return usage("mknod /dev/NAME c MAJOR MINOR");
	if (proc_mknod(kbasename(argv[1]), S_IFCHR | 0666, proc_find(NULL, "/dev"), dev))
		return 0;
	return fail("mknod", argv[1], -EEXIST);
}
SHELL_COMMAND(mknod, mknod_command, NULL, "/dev/NAME c MAJOR MINOR", "make an entry for a device that has none");
