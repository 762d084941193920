/* SPDX-License-Identifier: GPL-2.0 */
/* The line of source behind an address, in the explore image. */
#ifndef _STOPGAP_LINES_H
#define _STOPGAP_LINES_H

#include <linux/types.h>

/* Room for what symbol_line() writes, most of the time; what is longer is cut off. */
#define SYMBOL_LINE_LEN	96

/*
 * Write " (path/file.c:123)" for the instruction at @addr, in the kernel or in a module that is loaded. Of code from a
 * header it is the line that includes it.
 * Context: any, no locks. Return: the length, 0 if that is not known.
 */
int symbol_line(char *buf, size_t size, unsigned long addr);

#endif
