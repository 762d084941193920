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

struct kstatfs;

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

/**
 * sys_socket() - create a socket
 * @family: AF_*
 * @type: SOCK_*
 * @protocol: 0, or what the family knows
 *
 * Context: may sleep; runs the family's create().
 * Return: a file descriptor; -EAFNOSUPPORT no such family; -EMFILE, -ENOMEM; or what create() says.
 */
long sys_socket(int family, int type, int protocol);

/**
 * sys_statfs() - ask a file system about itself
 * @type: of which type; an instance is made for the question
 * @buf: the answer
 *
 * Context: may sleep; runs the module's read_super(), statfs() and put_super().
 * Return: 0; -ENODEV no such type; -ENOSYS it cannot say; or what the module says.
 */
long sys_statfs(const char *type, struct kstatfs *buf);

/*
 * Mount a file system of @type under a name; unmount it. Context: may sleep. Return: 0; -ENODEV no such type, -EBUSY
 * the name is taken, -EINVAL nothing is mounted there, -ENOSPC; or what the module says.
 */
long sys_mount(const char *type, const char *where);
long sys_umount(const char *where);

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
