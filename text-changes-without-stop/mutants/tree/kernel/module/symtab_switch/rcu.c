// SPDX-License-Identifier: GPL-2.0
/*
 * switch=rcu, as Linux does it since (commit 8244062ef1e5): the three belong to one structure, and readers find it by
 * one pointer. A reader that has followed it keeps what it found until it is done.
 */
#include <linux/rcupdate.h>
#include <linux/string.h>
#include <stopgap/symtab_switch.h>

static void publish(struct switching_module *m)
{
	rcu_assign_pointer(m->kallsyms, &m->init);
}

static unsigned long lookup(struct switching_module *m, const char *name)
{
	const struct mod_kallsyms *k = rcu_dereference(m->kallsyms);

	for (unsigned int i = 1; i < k->num_symtab; i++)
		if (!strcmp(name, k->strtab + k->symtab[i].st_name))
			return k->symtab[i].st_value;
	return 0;
}

static void to_core(struct switching_module *m)
{
	rcu_assign_pointer(m->kallsyms, &m->core);
}

const struct symtab_switch symtab_switch_rcu = {
	.name = "rcu", .publish = publish, .lookup = lookup, .to_core = to_core,
};
