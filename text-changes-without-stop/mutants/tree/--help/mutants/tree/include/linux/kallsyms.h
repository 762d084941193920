/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Names of addresses, and addresses of names. All of it may be called from any context, an oops
 * included: nothing here takes a lock. What that means while modules come and go is the subject of
 * docs/lessons/kallsyms.md.
 */
#ifndef _LINUX_KALLSYMS_H
#define _LINUX_KALLSYMS_H

#include <linux/types.h>

/* The longest name; a buffer for one has KSYM_NAME_LEN + 1 bytes. */
#define KSYM_NAME_LEN	128
/*
 * A buffer for sprint_symbol(): the name, +0x, /0x, two numbers of 16 digits, " [module]" and the
 * NUL.
 */
#define KSYM_SYMBOL_LEN	(KSYM_NAME_LEN + 3 + 3 + 2 * 16 + 3 + 56 + 1)

const char *kallsyms_lookup(unsigned long addr, unsigned long *symbolsize, unsigned long *offset,
			    char **modname, char *namebuf);
unsigned long kallsyms_lookup_name(const char *name);
int kallsyms_lookup_size_offset(unsigned long addr, unsigned long *symbolsize,
				unsigned long *offset);
int kallsyms_on_each_symbol(int (*fn)(void *data, const char *name, unsigned long addr),
			    void *data);
int kallsyms_on_each_match_symbol(int (*fn)(void *data, unsigned long addr), const char *name,
				  void *data);

int sprint_symbol(char *buffer, unsigned long address);
int sprint_symbol_no_offset(char *buffer, unsigned long address);
int sprint_backtrace(char *buffer, unsigned long address);

bool is_kernel_text(unsigned long addr);
bool is_ksym_addr(unsigned long addr);

#endif
