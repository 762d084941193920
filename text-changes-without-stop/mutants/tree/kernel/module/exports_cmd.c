// SPDX-License-Identifier: GPL-2.0
/*
 * "kallsyms --exported": the surface that modules see, and no more than that. What is not here is
 * the kernel's own business, and may change from one day to the next.
 */
#include <linux/errno.h>
#include <linux/string.h>
#include <stopgap/console.h>
#include <stopgap/shell.h>
#include "cmds.h"
#include "internal.h"

struct export_listing {
	const char *pattern;
	unsigned int lines;
};

static void print_export(const char *name, const char *class, const char *namespace,
			 const char *owner)
{
	cprintf("%-32s %-17s %-12s %s\n", name, class, namespace, owner);
}

static int visit_export(const struct module *owner, enum mod_license license,
			const struct kernel_symbol *sym, void *data)
{
	struct export_listing *l = data;

	if (l->pattern && !glob_match(l->pattern, sym->name))
		return 0;
	if (!l->lines++)
		print_export("Name", "Class", "Namespace", "Owner");
	print_export(sym->name, license == GPL_ONLY ? "EXPORT_SYMBOL_GPL" : "EXPORT_SYMBOL",
		     sym->namespace ?: "-", owner ? owner->name : "vmlinux");
	return shell_interrupted() ? -EINTR : 0;
}

/**
 * list_exports - print name, class, namespace and owner of each exported symbol
 * @pattern: of names, with * and ?; NULL: all
 *
 * Context: shell. Return: 0; -ENOENT after a message; -EINTR.
 */
int list_exports(const char *pattern)
{
	struct export_listing l = { .pattern = pattern };
	int ret = for_each_export(visit_export, &l);

	if (!ret && !l.lines) {
		cprintf("kallsyms: %s: no such export\n", pattern);
		ret = -ENOENT;
	}
	return ret;
}
