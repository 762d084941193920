/* SPDX-License-Identifier: GPL-2.0 */
/* Between the shell commands about modules. */
#ifndef _MODULE_CMDS_H
#define _MODULE_CMDS_H

#include <linux/types.h>

const char *insmod_strerror(int err);
char *join_module_args(int argc, char **argv);
const char *complete_module(int argc, const char *word, int n);
void module_name_of(const char *arg, char *name, size_t size);

#endif
