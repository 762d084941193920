/* SPDX-License-Identifier: GPL-2.0 */
/* The files QEMU's -initrd brought: a cpio newc archive, read in place. */
#ifndef _STOPGAP_RAMDISK_H
#define _STOPGAP_RAMDISK_H

#include <linux/types.h>

struct ramdisk_file {
	const char *name;	/* without leading "./" or "/" */
	const void *data;	/* 4-byte aligned, in the linear map */
	size_t size;
};

/* Find a file by @name. Return: 0 and *@file, or -ENOENT. Context: any, after ramdisk_init(). */
int ramdisk_find(const char *name, struct ramdisk_file *file);
/*
 * Add a file, or replace it; @data comes from vmalloc() and is taken over. Return: 0 or -ENOMEM.
 * Context: may sleep; only while nobody else uses a file.
 */
int ramdisk_add(const char *name, void *data, size_t size);
/* The @n-th file, in archive order. Return: 0, or -ENOENT past the end. */
int ramdisk_nth(unsigned int n, struct ramdisk_file *file);

#endif
