/* SPDX-License-Identifier: GPL-2.0 */
/* The line of source behind an address: the explore image alone has a table of them (include/hooks/quiet). */
#ifndef _STOPGAP_LINES_H
#define _STOPGAP_LINES_H

#include <linux/types.h>

#define SYMBOL_LINE_LEN	0

static inline int symbol_line(char *buf, size_t size, unsigned long addr)
{
	return 0;
}

struct code_symbol {
	const char *module, *name;
	unsigned long offset, size;
};

static inline bool module_code_symbol(struct code_symbol *s, unsigned long addr)
{
	return false;
}

#endif
