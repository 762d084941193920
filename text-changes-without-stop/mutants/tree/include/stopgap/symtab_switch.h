/* SPDX-License-Identifier: GPL-2.0 */
/*
 * From a symbol table with a module's init symbols to one without, under the eyes of readers: the ways to do it that the
 * race scenario "symtab" compares. The loader's own is the one called shrink.
 */
#ifndef _STOPGAP_SYMTAB_SWITCH_H
#define _STOPGAP_SYMTAB_SWITCH_H

#include <linux/module.h>

/**
 * struct mod_kallsyms - a symbol table, its length and its strings: what a reader needs together
 */
struct mod_kallsyms {
	Elf64_Sym *symtab;
	unsigned int num_symtab;
	char *strtab;
};

/**
 * struct switching_module - as much of a module as a reader of its symbols looks at
 * @mod: symtab, num_symtab, num_core_symtab and strtab of it
 * @kallsyms: the table in force, for readers that follow one pointer
 * @init: a copy of all symbols, which is freed with init's memory
 * @core: a copy of those that stay
 * @whole: all symbols in memory that stays, those of the core first
 */
struct switching_module {
	struct module mod;
	const struct mod_kallsyms *kallsyms;
	struct mod_kallsyms init, core, whole;
};

/**
 * struct symtab_switch - one way
 * @name: as chosen with switch=
 * @publish: the module comes. Context: nobody reads yet
 * @lookup: a reader: the value of @name, 0 if there is none. Context: RCU read section
 * @to_core: init is over; once all readers that began before are done, @init is freed
 */
struct symtab_switch {
	const char *name;
	void (*publish)(struct switching_module *m);
	unsigned long (*lookup)(struct switching_module *m, const char *name);
	void (*to_core)(struct switching_module *m);
};

extern const struct symtab_switch symtab_switch_torn, symtab_switch_rcu, symtab_switch_shrink;

#endif
