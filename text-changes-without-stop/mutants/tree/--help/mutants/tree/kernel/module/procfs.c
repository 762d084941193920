// SPDX-License-Identifier: GPL-2.0
/* /proc/modules and /proc/kallsyms, in Linux's formats. */
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/panic.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include "internal.h"
#include "kallsyms_internal.h"

/* ---- modules: name, size, references, users, state, address, taints ---- */

static void *modules_start(struct seq_file *m, loff_t *pos)
{
	mutex_lock(&module_mutex);
	return seq_list_start(&modules, *pos);
}

static void *modules_next(struct seq_file *m, void *v, loff_t *pos)
{
	return seq_list_next(v, &modules, pos);
}

static void modules_stop(struct seq_file *m, void *v)
{
	mutex_unlock(&module_mutex);
}

static void show_users(struct seq_file *m, struct module *mod)
{
	struct module_use *use;

	if (list_empty(&mod->source_list))
		seq_putc(m, '-');
	list_for_each_entry(use, &mod->source_list, source_list)
		seq_printf(m, "%s,", use->source->name);
}

static const char *state_name(enum module_state state)
{
	switch (state) {
	case MODULE_STATE_LIVE:
		return "Live";
	case MODULE_STATE_GOING:
		return "Unloading";
	default:
		return "Loading";
	}
}

static void show_taints(struct seq_file *m, unsigned long taints)
{
	char letters[MODULE_FLAGS_BUF_SIZE];
	size_t len = module_flags_taint(taints, letters);

	if (len)
		seq_printf(m, " (%.*s)", (int)len, letters);
}

static int modules_show(struct seq_file *m, void *v)
{
	struct module *mod = list_entry(v, struct module, list);

	seq_printf(m, "%s %u %d ", mod->name, mod->core_layout.size + mod->init_layout.size,
		   module_refcount(mod));
	show_users(m, mod);
	seq_printf(m, " %s 0x%px", state_name(mod->state), mod->core_layout.base);
	show_taints(m, mod->taints);
	seq_putc(m, '\n');
	return 0;
}

static const struct seq_operations modules_ops = {
	.start = modules_start,
	.next = modules_next,
	.stop = modules_stop,
	.show = modules_show,
};

/* ---- kallsyms: the kernel's symbols, then the modules' ---- */

/* The symbol at the iterator's place. */
struct symbol {
	unsigned long value;
	char type;
	char name[KSYM_NAME_LEN + 1];
	char modname[MODULE_NAME_LEN];
};

static void *get_symbol(struct seq_file *m, loff_t pos)
{
	struct symbol *s = m->private;
	struct kallsyms_sym sym;

	s->modname[0] = '\0';
	if (pos < kallsyms_kernel_table.num_syms) {
		kallsyms_table_get(&kallsyms_kernel_table, pos, &sym);
		kallsyms_table_name(&kallsyms_kernel_table, &sym, &s->type, s->name,
				    sizeof(s->name));
		s->value = sym.addr;
		return s;
	}
	pos -= kallsyms_kernel_table.num_syms;
	return module_get_kallsym(pos, &s->value, &s->type, s->name, s->modname) ? NULL : s;
}

static void *kallsyms_start(struct seq_file *m, loff_t *pos)
{
	return get_symbol(m, *pos);
}

static void *kallsyms_next(struct seq_file *m, void *v, loff_t *pos)
{
	return get_symbol(m, ++*pos);
}

static void kallsyms_stop(struct seq_file *m, void *v)
{
}

static int kallsyms_show(struct seq_file *m, void *v)
{
	struct symbol *s = v;

	seq_printf(m, "%016lx %c %s", s->value, s->type, s->name);
	if (s->modname[0])
		seq_printf(m, "\t[%s]", s->modname);
	seq_putc(m, '\n');
	return 0;
}

static const struct seq_operations kallsyms_ops = {
	.start = kallsyms_start,
	.next = kallsyms_next,
	.stop = kallsyms_stop,
	.show = kallsyms_show,
};

static int __init module_procfs_init(void)
{
	if (!proc_create_seq("modules", 0444, NULL, &modules_ops) ||
	    !proc_create_seq_private("kallsyms", 0444, NULL, &kallsyms_ops,
				     sizeof(struct symbol), NULL))
		return -ENOMEM;
	return 0;
}
subsys_initcall(module_procfs_init);
