/* SPDX-License-Identifier: GPL-2.0 */
/* Between the files of "race matrix export". */
#ifndef _RACE_EXPORT_H
#define _RACE_EXPORT_H

#include <stopgap/ramdisk.h>

/**
 * export_claim - copy a module file and have the copy claim a licence
 * @file: the file
 * @license: what it shall say
 * @size: set to the size of the copy
 *
 * Context: may sleep. Return: the copy, for vfree(); or ERR_PTR: -ENOEXEC, -ENOMEM.
 */
void *export_claim(const struct ramdisk_file *file, const char *license, size_t *size);

/* Whether the file as it is claims @license. Context: any. */
bool export_claims(const struct ramdisk_file *file, const char *license);

#endif
