/* SPDX-License-Identifier: GPL-2.0 */
/* Between the shell commands about modules. */
#ifndef _MODULE_CMDS_H
#define _MODULE_CMDS_H

#include <linux/types.h>

struct ramdisk_file;

const char *insmod_strerror(int err);
char *join_module_args(int argc, char **argv);
const char *complete_module(int argc, const char *word, int n);
const char *complete_module_args(int argc, const char *word, int n);
int find_module_file(const char *name, struct ramdisk_file *file);
/* exports_cmd.c */
int list_exports(const char *pattern);
void module_name_of(const char *arg, char *name, size_t size);

#endif
