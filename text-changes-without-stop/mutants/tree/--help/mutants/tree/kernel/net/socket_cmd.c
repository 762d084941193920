// SPDX-License-Identifier: GPL-2.0
/* The shell's "socket". */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/kstrtox.h>
#include <linux/net.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <stopgap/console.h>
#include <stopgap/shell.h>

#include "../shell/shell.h"

static const struct {
	const char *name;
	unsigned int family;
} names[] = {
	{ "unix", AF_UNIX },
	{ "inet", AF_INET },
	{ "inet6", AF_INET6 },
};

/* Return: whether @word names a family, or is a number. */
static bool parse_family(const char *word, unsigned int *family)
{
	for (unsigned int i = 0; i < ARRAY_SIZE(names); i++) {
		if (strcmp(names[i].name, word))
			continue;
		*family = names[i].family;
		return true;
	}
	return !kstrtouint(word, 0, family) && *family < AF_MAX;
}

static int socket_command(int argc, char **argv)
{
	unsigned int family;
	long fd;

	if (argc != 2 || !parse_family(argv[1], &family)) {
		cprintf("usage: socket unix|inet|inet6|FAMILY, FAMILY below %u\n", AF_MAX);
		return -EINVAL;
	}
	fd = sys_socket((int)family, SOCK_STREAM, 0);
	if (fd < 0)
		cprintf("socket: %s: %s (err %ld)\n", argv[1], shell_strerror((int)fd), fd);
	else
		cprintf("%s: fd %ld\n", argv[1], fd);
	return fd < 0 ? (int)fd : 0;
}

static const char *socket_complete(int argc, const char *word, int n)
{
	for (unsigned int i = 0; argc == 2 && i < ARRAY_SIZE(names); i++)
		if (strstarts(names[i].name, word) && n-- == 0)
			return names[i].name;
	return NULL;
}
SHELL_COMMAND(socket, socket_command, socket_complete, "FAMILY", "create a socket, for a file descriptor");
