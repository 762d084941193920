// SPDX-License-Identifier: GPL-2.0
/* Exported symbols: the kernel's, and those of the modules that are loaded. */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/mutex.h>
#include <linux/sort.h>
#include <linux/string.h>
#include "internal.h"

extern const struct kernel_symbol __start___ksymtab[], __stop___ksymtab[];
extern const struct kernel_symbol __start___ksymtab_gpl[], __stop___ksymtab_gpl[];

/* @table is sorted by name. */
static bool search_table(struct symbol_search *search, const struct kernel_symbol *table,
			 unsigned int count)
{
	while (count) {
		const struct kernel_symbol *middle = &table[count / 2];
		int order = strcmp(search->name, middle->name);

		if (!order) {
			search->sym = middle;
			return true;
		}
		if (order > 0) {
			table = middle + 1;
			count--;
		}
		count /= 2;
	}
	return false;
}

/* Look in one owner's two tables; a GPL-only symbol is a find only for those who may have it. */
static bool search_tables(struct symbol_search *search, struct module *owner,
			  const struct kernel_symbol *plain, unsigned int num_plain,
			  const struct kernel_symbol *gpl, unsigned int num_gpl)
{
	search->owner = owner;
	if (search_table(search, plain, num_plain))
		return true;
	if (!search_table(search, gpl, num_gpl))
		return false;
	search->gpl_refused = !search->gpl_ok;
	return search->gpl_ok;
}

/**
 * find_exported_symbol - find the kernel's or a module's export
 * @search: what to look for, and the result
 *
 * Context: module_mutex held. Return: whether it was found.
 */
bool find_exported_symbol(struct symbol_search *search)
{
	struct module *mod;

	if (search_tables(search, NULL, __start___ksymtab, __stop___ksymtab - __start___ksymtab,
			  __start___ksymtab_gpl, __stop___ksymtab_gpl - __start___ksymtab_gpl))
		return true;
	list_for_each_entry(mod, &modules, list)
		if (search_tables(search, mod, mod->syms, mod->num_syms,
				  mod->gpl_syms, mod->num_gpl_syms))
			return true;
	return false;
}

/*
 * Nobody may export @name yet. The same module, loaded meanwhile by somebody else, is no duplicate
 * symbol: linking tells.
 */
static int check_unique(const struct module *mod, const char *name)
{
	struct symbol_search search = { .name = name, .gpl_ok = true };
	int ret = 0;

	mutex_lock(&module_mutex);
	if (!find_exported_symbol(&search))
		goto out_unlock;
	if (search.owner && !strcmp(search.owner->name, mod->name))
		goto out_unlock;
	pr_err("%s: exports duplicate symbol %s (owned by %s)\n", mod->name, name,
	       search.owner ? search.owner->name : "kernel");
	ret = -ENOEXEC;
out_unlock:
	mutex_unlock(&module_mutex);
	return ret;
}

static int compare_names(const void *a, const void *b)
{
	const struct kernel_symbol *x = a, *y = b;

	return strcmp(x->name, y->name);
}

/* The names must be readable as long as the module is there, and nobody else's. */
static int check_exports(const struct module *mod, const struct kernel_symbol *table,
			 unsigned int count)
{
	int ret = 0;

	for (unsigned int i = 0; i < count; i++) {
		if (!string_in_module(mod, table[i].name)) {
			pr_err("%s: malformed table of exported symbols\n", mod->name);
			return -ENOEXEC;
		}
	}
	for (unsigned int i = 0; !ret && i < count; i++)
		ret = check_unique(mod, table[i].name);
	return ret;
}

/* Find a table, check it, and sort it in place: it is not read-only yet. */
static int find_table(struct load_info *info, const char *section,
		      const struct kernel_symbol **table, unsigned int *count)
{
	struct kernel_symbol *syms = module_section(info, section, sizeof(*syms), count);
	int ret = check_exports(info->mod, syms, *count);

	if (ret)
		*count = 0;
	else
		sort(syms, *count, sizeof(*syms), compare_names, NULL);
	*table = syms;
	return ret;
}

/**
 * find_module_exports - find and check what the module exports
 * @info: relocated
 *
 * Context: may sleep. Return: 0 or -ENOEXEC, after a message.
 */
int find_module_exports(struct load_info *info)
{
	struct module *mod = info->mod;

	return find_table(info, "__ksymtab", &mod->syms, &mod->num_syms) ?:
	       find_table(info, "__ksymtab_gpl", &mod->gpl_syms, &mod->num_gpl_syms);
}
