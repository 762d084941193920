// SPDX-License-Identifier: GPL-2.0
/*
 * Exported symbols: the kernel's, and those of the modules that are loaded. Each owner has one
 * table for everybody and one for GPL-compatible modules; the kernel has a third one, which is
 * there or not: the back door (backdoor.c). All are sorted by name.
 */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/mutex.h>
#include <linux/sort.h>
#include <linux/string.h>
#include "internal.h"

extern const struct kernel_symbol __start___ksymtab[], __stop___ksymtab[];
extern const struct kernel_symbol __start___ksymtab_gpl[], __stop___ksymtab_gpl[];

#define MAX_TABLES	3

struct export_table {
	const struct kernel_symbol *syms;
	unsigned int count;
	enum mod_license license;
};

/* Return: how many tables @owner (NULL: the kernel) has. */
static unsigned int tables_of(const struct module *owner, struct export_table tables[MAX_TABLES])
{
	unsigned int num_backdoor;
	const struct kernel_symbol *backdoor = backdoor_exports(&num_backdoor);

	if (owner) {
		tables[0] = (struct export_table){ owner->syms, owner->num_syms, NOT_GPL_ONLY };
		tables[1] = (struct export_table){ owner->gpl_syms, owner->num_gpl_syms, GPL_ONLY };
		return 2;
	}
	tables[0] = (struct export_table){ __start___ksymtab, __stop___ksymtab - __start___ksymtab,
					   NOT_GPL_ONLY };
	tables[1] = (struct export_table){ __start___ksymtab_gpl,
					   __stop___ksymtab_gpl - __start___ksymtab_gpl, GPL_ONLY };
	tables[2] = (struct export_table){ backdoor, num_backdoor, GPL_ONLY };
	return 3;
}

/*
 * Binary search in [low, high). All names in between begin like both of its ends: how many
 * characters of @name that is for either end is known, and these need no second look. It is what
 * makes names with a prefix in common, as a module's usually have, no slower than others.
 */
static const struct kernel_symbol *bsearch_name(const struct export_table *table, const char *name)
{
	const struct kernel_symbol *syms = table->syms;
	unsigned int low = 0, high = table->count;
	size_t same_low = 0, same_high = 0;

	while (low < high) {
		unsigned int middle = low + (high - low) / 2;
		const char *other = syms[middle].name;
		size_t same = min(same_low, same_high);

		while (name[same] && name[same] == other[same])
			same++;
		if (name[same] == other[same])
			return &syms[middle];
		if ((unsigned char)name[same] > (unsigned char)other[same]) {
			low = middle + 1;
			same_low = same;
		} else {
			high = middle;
			same_high = same;
		}
	}
	return NULL;
}

/* A GPL-only symbol is a find only for those who may have it. */
static bool search_table(struct symbol_search *search, const struct export_table *table)
{
	const struct kernel_symbol *sym = bsearch_name(table, search->name);

	if (!sym)
		return false;
	search->gpl_refused = table->license == GPL_ONLY && !search->gpl_ok;
	if (search->gpl_refused)
		return false;
	search->sym = sym;
	search->license = table->license;
	return true;
}

static bool search_owner(struct symbol_search *search, struct module *owner)
{
	struct export_table tables[MAX_TABLES];
	unsigned int count = tables_of(owner, tables);

	search->owner = owner;
	for (unsigned int i = 0; i < count; i++)
		if (search_table(search, &tables[i]))
			return true;
	return false;
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

	if (search_owner(search, NULL))
		return true;
	list_for_each_entry(mod, &modules, list)
		if (search_owner(search, mod))
			return true;
	return false;
}

static int visit_owner(const struct module *owner, export_visitor visit, void *data)
{
	struct export_table tables[MAX_TABLES];
	unsigned int count = tables_of(owner, tables);
	int ret = 0;

	for (unsigned int t = 0; t < count; t++)
		for (unsigned int i = 0; !ret && i < tables[t].count; i++)
			ret = visit(owner, tables[t].license, &tables[t].syms[i], data);
	return ret;
}

/**
 * for_each_export - visit all that modules may use, as it is now
 * @visit: gets the owner (NULL: the kernel), the class, the symbol, and @data; ends the walk by
 *	returning non-zero
 * @data: for @visit
 *
 * Context: may sleep; @visit is called with module_mutex held. Return: what @visit returned last.
 */
int for_each_export(export_visitor visit, void *data)
{
	struct module *mod;
	int ret;

	mutex_lock(&module_mutex);
	ret = visit_owner(NULL, visit, data);
	list_for_each_entry(mod, &modules, list)
		ret = ret ?: visit_owner(mod, visit, data);
	mutex_unlock(&module_mutex);
	return ret;
}

/* ---- a module's own ---- */

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

/* The names must be readable as long as the module is there. */
static bool is_well_formed(const struct module *mod, const struct kernel_symbol *sym)
{
	return string_in_module(mod, sym->name) &&
	       (!sym->namespace || string_in_module(mod, sym->namespace));
}

static int check_exports(const struct module *mod, const struct kernel_symbol *table,
			 unsigned int count)
{
	int ret = 0;

	for (unsigned int i = 0; i < count; i++) {
		if (!is_well_formed(mod, &table[i])) {
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
