// SPDX-License-Identifier: GPL-2.0
/*
 * Who may use which export, once it has been found: the rules of licences and of namespaces, with
 * Linux's messages (its kernel/module/main.c).
 *
 * A proprietary module finds no GPL-only symbols; find_exported_symbol() sees to that. What is left
 * is the module in the middle, GPL-compatible itself, that passes on to a proprietary module what
 * the kernel has refused it. The middle one may use GPL-only symbols, or symbols of a proprietary
 * module, but not both: with the second it becomes proprietary itself.
 *
 * The other direction is that the proprietary module calls the middle one. Linux lets it, as
 * whoever writes a plain EXPORT_SYMBOL() decides. Here it is refused too, unless the parameter
 * module.strict_gpl is 0.
 */
#define KBUILD_MODNAME "module"

#include <linux/bitops.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/moduleparam.h>
#include <linux/panic.h>
#include <linux/string.h>
#include "internal.h"

static bool strict_gpl = true;
module_param(strict_gpl, bool, 0644);

/* Return: 0, or -ENOENT. */
static int check_shim(const struct module *mod, const struct module *owner, const char *name)
{
	if (!READ_ONCE(strict_gpl) || !owner || !owner->using_gplonly_symbols ||
	    !module_is_proprietary(mod))
		return 0;
	pr_err("%s: proprietary module uses symbols %s from module %s using GPL-only symbols.\n",
	       mod->name, name, owner->name);
	return -ENOENT;
}

/* Return: 0, or -ENOENT: as with a GPL-only symbol, it is as if there were none. */
static int inherit_taint(struct module *mod, const struct module *owner, const char *name)
{
	if (!owner || !module_is_proprietary(owner))
		return 0;
	if (mod->using_gplonly_symbols) {
		pr_err("%s: module using GPL-only symbols uses symbols %s from proprietary module "
		       "%s.\n", mod->name, name, owner->name);
		return -ENOENT;
	}
	if (!module_is_proprietary(mod)) {
		pr_warn("%s: module uses symbols %s from proprietary module %s, inheriting "
			"taint.\n", mod->name, name, owner->name);
		mod->taints |= BIT(TAINT_PROPRIETARY_MODULE);
	}
	return 0;
}

static int check_namespace(const struct load_info *info, const struct kernel_symbol *sym)
{
	if (!sym->namespace || !sym->namespace[0])
		return 0;
	for (const char *ns = NULL; (ns = elf_modinfo(info->img, "import_ns", ns));)
		if (!strcmp(ns, sym->namespace))
			return 0;
	pr_err("%s: module uses symbol (%s) from namespace %s, but does not import it.\n",
	       info->name, sym->name, sym->namespace);
	return -EINVAL;
}

/**
 * admit_export - may the module use the export that was found for it?
 * @info: the module being loaded; what it uses is remembered in its struct module
 * @search: with a result
 *
 * Context: module_mutex held. Return: 0; -ENOENT for its owner's licence; -EINVAL for its
 * namespace; after a message.
 */
int admit_export(struct load_info *info, const struct symbol_search *search)
{
	struct module *mod = info->mod;

	if (search->license == GPL_ONLY)
		mod->using_gplonly_symbols = true;
	return inherit_taint(mod, search->owner, search->name) ?:
	       check_shim(mod, search->owner, search->name) ?:
	       check_namespace(info, search->sym);
}
