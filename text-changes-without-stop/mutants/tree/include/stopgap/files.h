/* SPDX-License-Identifier: GPL-2.0 */
/* Open files, for the services that put something into the table of descriptors (kernel/fs/open.c). */
#ifndef _STOPGAP_FILES_H
#define _STOPGAP_FILES_H

#include <linux/fs.h>

/*
 * A new file, with a descriptor that is not usable yet, and @private bytes, zeroed, at its private_data, which come and
 * go with it. Return: it, or ERR_PTR(-EMFILE), ERR_PTR(-ENOMEM).
 */
struct file *file_alloc(int flags, size_t private);
/* It came to nothing, or was released. */
void file_free(struct file *file);
/* From now on the descriptor can be used; the file is not the caller's any more. Return: the descriptor. */
unsigned int fd_install(struct file *file);

/* How many files, and how many mounts, were opened through functions of @mod. Context: any but interrupts. */
unsigned int files_of_module(const struct module *mod);
unsigned int mounts_of_module(const struct module *mod);

/* Open the device called @name as @file. Context: may sleep. Return: 0, or a negative errno. */
int chrdev_open(struct file *file, const char *name);
/* The @n-th device; @name has room for @size. Context: any but interrupts. Return: its major, or 0 past the last. */
unsigned int chrdev_nth(unsigned int n, char *name, size_t size);

#endif
