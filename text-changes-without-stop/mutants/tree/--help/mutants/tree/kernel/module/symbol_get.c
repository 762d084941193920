// SPDX-License-Identifier: GPL-2.0
/*
 * Exports by name, at run time, and with the module held: the way to do what kallsyms_lookup_name()
 * was borrowed for. An address from here stays good until symbol_put().
 */
#include <linux/bug.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include "internal.h"

/*
 * Only GPL-only symbols, as in Linux since 6.6: the licence of whoever asks is not known here, and
 * asking in this way had become another way round it.
 */
static struct module *get_owner(struct symbol_search *search)
{
	if (search->license != GPL_ONLY) {
		pr_warn("failing symbol_get of non-GPLONLY symbol %s.\n", search->name);
		return ERR_PTR(-EPERM);
	}
	if (!search->owner)
		return NULL;
	if (search->owner->state == MODULE_STATE_COMING || !try_module_get(search->owner))
		return ERR_PTR(-EBUSY);
	return search->owner;
}

void *__symbol_get(const char *symbol)
{
	struct symbol_search search = { .name = symbol, .gpl_ok = true };
	void *addr = NULL;

	mutex_lock(&module_mutex);
	if (find_exported_symbol(&search) && !IS_ERR(get_owner(&search)))
		addr = (void *)search.sym->value;
	mutex_unlock(&module_mutex);
	return addr;
}
EXPORT_SYMBOL_GPL(__symbol_get);

void __symbol_put(const char *symbol)
{
	struct symbol_search search = { .name = symbol, .gpl_ok = true };
	bool found;

	mutex_lock(&module_mutex);
	found = find_exported_symbol(&search);
	mutex_unlock(&module_mutex);
	if (!WARN_ON(!found))
		module_put(search.owner);
}
EXPORT_SYMBOL(__symbol_put);

void symbol_put_addr(void *addr)
{
	struct module *mod;

	if (is_kernel_text((unsigned long)addr))
		return;
	mutex_lock(&module_mutex);
	mod = __module_text_address((unsigned long)addr);
	mutex_unlock(&module_mutex);
	if (!WARN_ON(!mod))
		module_put(mod);
}
EXPORT_SYMBOL_GPL(symbol_put_addr);
