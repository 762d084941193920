/* SPDX-License-Identifier: GPL-2.0 */
/* Host stand-in: nothing is exported, nothing is a module. */
#ifndef _LINUX_EXPORT_H
#define _LINUX_EXPORT_H

#include <linux/compiler.h>

struct module;

#define THIS_MODULE		((struct module *)0)
#define EXPORT_SYMBOL(sym)	struct __UNIQUE_ID(sym)
#define EXPORT_SYMBOL_GPL(sym)	struct __UNIQUE_ID(sym)

struct kernel_symbol {
	unsigned long value;
	const char *name;
	const char *namespace;
};

#endif
