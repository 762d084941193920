/* SPDX-License-Identifier: GPL-2.0 */
/* Between the files of open files: the table, and the services that put something into it. */
#ifndef _FS_FILES_H
#define _FS_FILES_H

#include <linux/fs.h>

/* char_dev.c */
int chrdev_open(struct file *file, const char *name);
unsigned int chrdev_nth(unsigned int n, char *name, size_t size);

#endif
