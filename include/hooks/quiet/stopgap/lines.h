/* SPDX-License-Identifier: GPL-2.0 */
/* What code is called that kallsyms does not know any more, and its line of source, in the explore image. */
#ifndef _STOPGAP_LINES_H
#define _STOPGAP_LINES_H

#include <linux/types.h>

/* Room for what symbol_line() writes, most of the time; what is longer is cut off. */
#define SYMBOL_LINE_LEN	96

/*
 * Write " (path/file.c:123)" for the instruction at @addr, in the kernel or in a module that is, or was, loaded. Of code from a
 * header it is the line that includes it.
 * Context: any, no locks. Return: the length, 0 if that is not known.
 */
int symbol_line(char *buf, size_t size, unsigned long addr);

/**
 * struct code_symbol - code of a module
 * @module: its name
 * @name: the function's
 * @offset: how far into it the address is
 * @size: of the function
 */
struct code_symbol {
	const char *module, *name;
	unsigned long offset, size;
};

/*
 * Find what the code is called that is at @addr, or has been there until its module went.
 * Context: any, no locks. Return: false if it has no name.
 */
bool module_code_symbol(struct code_symbol *s, unsigned long addr);

#endif
