// SPDX-License-Identifier: GPL-2.0
/*
 * switch=shrink, as this kernel does it: there is one table, in memory that stays, with init's symbols at its end. Only
 * its length changes, with one store, and a reader that has read the old one finds what it always found. Nothing has to
 * wait for anybody; the price is the memory of init's symbols.
 */
#include <stopgap/symtab_switch.h>
#include "../internal.h"

static void publish(struct switching_module *m)
{
	m->mod.symtab = m->whole.symtab;
	m->mod.strtab = m->whole.strtab;
	m->mod.num_symtab = m->whole.num_symtab;
	m->mod.num_core_symtab = m->core.num_symtab;
}

static unsigned long lookup(struct switching_module *m, const char *name)
{
	return module_find_symname(&m->mod, name);
}

static void to_core(struct switching_module *m)
{
	kallsyms_drop_init(&m->mod);
}

const struct symtab_switch symtab_switch_shrink = {
	.name = "shrink", .publish = publish, .lookup = lookup, .to_core = to_core,
};
