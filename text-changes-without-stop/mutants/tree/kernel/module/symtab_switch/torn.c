// SPDX-License-Identifier: GPL-2.0
/*
 * switch=torn, as Linux did it until February 2016: the table, its length and its strings are three fields of struct
 * module, set one after the other. Who has read the old length and then finds the new table walks off its end; who finds
 * the new table with the old strings reads wrong names.
 */
#include <stopgap/symtab_switch.h>
#include "../internal.h"

static void set_fields(struct module *mod, const struct mod_kallsyms *table)
{
	WRITE_ONCE(mod->symtab, table->symtab);
	WRITE_ONCE(mod->num_symtab, table->num_symtab);
	WRITE_ONCE(mod->strtab, table->strtab);
}

static void publish(struct switching_module *m)
{
	set_fields(&m->mod, &m->init);
}

static unsigned long lookup(struct switching_module *m, const char *name)
{
	return module_find_symname(&m->mod, name);
}

static void to_core(struct switching_module *m)
{
	set_fields(&m->mod, &m->core);
}

const struct symtab_switch symtab_switch_torn = {
	.name = "torn", .publish = publish, .lookup = lookup, .to_core = to_core,
};
