// SPDX-License-Identifier: GPL-2.0
/*
 * The structs whose members stories call by name, and the kernel's variables that are such
 * structs.
 */
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/string.h>

#include "trace.h"

#define FIELD(type, member) \
	{ #member, offsetof(type, member), sizeof(((type *)0)->member) }
#define TYPE(_name, type, _fields)	{ .name = _name, .size = sizeof(type), .fields = _fields }

static const struct trace_field list_fields[] = {
	FIELD(struct list_head, next),
	FIELD(struct list_head, prev),
	{}
};

static const struct trace_field mutex_fields[] = {
	FIELD(struct mutex, owner),
	FIELD(struct mutex, wait_lock),
	FIELD(struct mutex, wait_list.next),
	FIELD(struct mutex, wait_list.prev),
	{}
};

static const struct trace_field module_fields[] = {
	FIELD(struct module, state),
	FIELD(struct module, list.next),
	FIELD(struct module, list.prev),
	FIELD(struct module, name),
	FIELD(struct module, init),
	FIELD(struct module, exit),
	FIELD(struct module, core_layout.base),
	FIELD(struct module, core_layout.size),
	FIELD(struct module, core_layout.text_size),
	FIELD(struct module, core_layout.ro_size),
	FIELD(struct module, init_layout.base),
	FIELD(struct module, init_layout.size),
	FIELD(struct module, init_layout.text_size),
	FIELD(struct module, init_layout.ro_size),
	FIELD(struct module, arch),
	FIELD(struct module, symtab),
	FIELD(struct module, num_symtab),
	FIELD(struct module, strtab),
	FIELD(struct module, symhash),
	FIELD(struct module, syms),
	FIELD(struct module, num_syms),
	FIELD(struct module, gpl_syms),
	FIELD(struct module, num_gpl_syms),
	FIELD(struct module, kp),
	FIELD(struct module, num_kp),
	FIELD(struct module, args),
	FIELD(struct module, extable),
	FIELD(struct module, num_exentries),
	FIELD(struct module, bug_table),
	FIELD(struct module, num_bugs),
	FIELD(struct module, taints),
	FIELD(struct module, refcnt),
	FIELD(struct module, source_list.next),
	FIELD(struct module, source_list.prev),
	FIELD(struct module, target_list.next),
	FIELD(struct module, target_list.prev),
	{}
};

static const struct trace_field symbol_fields[] = {
	FIELD(Elf64_Sym, st_name),
	FIELD(Elf64_Sym, st_info),
	FIELD(Elf64_Sym, st_other),
	FIELD(Elf64_Sym, st_shndx),
	FIELD(Elf64_Sym, st_value),
	FIELD(Elf64_Sym, st_size),
	{}
};

const struct trace_type trace_types[] = {
	TYPE("list_head", struct list_head, list_fields),
	TYPE("mutex", struct mutex, mutex_fields),
	TYPE("module", struct module, module_fields),
	TYPE("Elf64_Sym", Elf64_Sym, symbol_fields),
	{}
};

/* The type of the kernel's variable @symbol, NULL if it is not known. */
const struct trace_type *trace_symbol_type(const char *symbol)
{
	static const char *const known[][2] = {
		{ "modules", "list_head" },
		{ "task_list", "list_head" },
		{ "module_mutex", "mutex" },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(known); i++)
		if (!strcmp(known[i][0], symbol))
			return trace_type_find(known[i][1]);
	return NULL;
}
