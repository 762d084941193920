/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the kernel and its modules offer to modules: EXPORT_SYMBOL() puts a name and an address
 * into __ksymtab, EXPORT_SYMBOL_GPL() into __ksymtab_gpl, where only modules with a GPL-compatible
 * licence find it. EXPORT_SYMBOL_NS() and EXPORT_SYMBOL_NS_GPL() add a namespace: whoever uses the
 * symbol has to say so, with MODULE_IMPORT_NS().
 */
#ifndef _LINUX_EXPORT_H
#define _LINUX_EXPORT_H

#include <linux/compiler.h>
#include <linux/stringify.h>

struct module;

#ifdef MODULE
extern struct module __this_module;
#define THIS_MODULE (&__this_module)
#else
#define THIS_MODULE ((struct module *)0)
#endif

struct kernel_symbol {
	unsigned long value;
	const char *name;
	const char *namespace;	/* NULL: none */
};

#define ___EXPORT_SYMBOL(sym, sec, ns)						\
	extern __typeof__(sym) sym;							\
	__KSYMTAB_STRING(sym)								\
	static const struct kernel_symbol __PASTE(__ksymtab_, sym)			\
		__used __section(sec) __aligned(8) = {					\
			.value = (unsigned long)&sym, .name = __KSYMTAB_NAME(sym), .namespace = (ns) }

/*
 * Lookups expect tables sorted by name. The linker sorts the kernel's, by the names of sections; a
 * module's is sorted when it is loaded. A module's names are in a section where depmod looks for them.
 */
#ifdef MODULE
#define __KSYMTAB(table, sym)	table
#define __KSYMTAB_NAME(sym)	__PASTE(__kstrtab_, sym)
#define __KSYMTAB_STRING(sym)							\
	static const char __KSYMTAB_NAME(sym)[]					\
		__section("__ksymtab_strings") __aligned(1) = #sym;
#else
#define __KSYMTAB(table, sym)	"_" table "+" #sym
#define __KSYMTAB_NAME(sym)	#sym
#define __KSYMTAB_STRING(sym)
#endif

/* A file that defines DEFAULT_SYMBOL_NAMESPACE puts all its exports there. */
#ifdef DEFAULT_SYMBOL_NAMESPACE
#define __EXPORT_NS	__stringify(DEFAULT_SYMBOL_NAMESPACE)
#else
#define __EXPORT_NS	((const char *)0)
#endif

#define EXPORT_SYMBOL(sym) \
	___EXPORT_SYMBOL(sym, __KSYMTAB("__ksymtab", sym), __EXPORT_NS)
#define EXPORT_SYMBOL_GPL(sym) \
	___EXPORT_SYMBOL(sym, __KSYMTAB("__ksymtab_gpl", sym), __EXPORT_NS)
#define EXPORT_SYMBOL_NS(sym, ns) \
	___EXPORT_SYMBOL(sym, __KSYMTAB("__ksymtab", sym), __stringify(ns))
#define EXPORT_SYMBOL_NS_GPL(sym, ns) \
	___EXPORT_SYMBOL(sym, __KSYMTAB("__ksymtab_gpl", sym), __stringify(ns))

#endif
