/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a program would call. Here the callers are the shell's commands, and all of them share one table of file
 * descriptors.
 *
 * Two kinds: what takes a *name* and may have to call a module that nobody uses yet, and what takes a *token* that a
 * call by name has handed out.
 */
#ifndef _LINUX_SYSCALLS_H
#define _LINUX_SYSCALLS_H

#include <linux/types.h>

#define NR_OPEN		1024	/* descriptors */
#define FIRST_FD	3	/* 0, 1 and 2 are the console's, as everywhere */

/**
 * sys_open() - open a character device
 * @name: as it was registered
 * @flags: O_*
 *
 * Context: may sleep; runs the module's open().
 * Return: a file descriptor; -ENXIO no such device; -EMFILE the table is full; -ENOMEM; or what open() says.
 */
long sys_open(const char *name, int flags);

/*
 * Read from, write to, give back a file descriptor. Context: may sleep. Return: bytes, or 0; -EBADF if there is no such
 * descriptor (any more), -EINVAL if it cannot do that, or what the module says.
 */
long sys_read(unsigned int fd, char __user *buf, size_t size);
long sys_write(unsigned int fd, const char __user *buf, size_t size);
long sys_close(unsigned int fd);

/*
 * The calling thread was torn out of whatever it opened or closed: forget those descriptors, and call nobody. Context:
 * may not be in any of the above.
 */
void abandon_files(void);

#endif
