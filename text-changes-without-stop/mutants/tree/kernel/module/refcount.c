// SPDX-License-Identifier: GPL-2.0
/*
 * Who uses a module: a count, and for uses of exported symbols also a record of who. The count
 * starts at MODULE_REF_BASE, which is rmmod's to take: only if nothing else is left may the module
 * go, and from then on nobody gets another reference.
 */
#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <stopgap/hooks.h>
#include <stopgap/usecount.h>
#include "internal.h"

void module_refs_init(struct module *mod)
{
	INIT_LIST_HEAD(&mod->source_list);
	INIT_LIST_HEAD(&mod->target_list);
	atomic_set(&mod->refcnt, MODULE_REF_BASE);
}

bool try_module_get(struct module *mod)
{
	return !mod || (module_is_live(mod) && atomic_inc_not_zero(&mod->refcnt));
}
EXPORT_SYMBOL(try_module_get);

void __module_get(struct module *mod)
{
	if (mod)
		atomic_inc(&mod->refcnt);
}
EXPORT_SYMBOL(__module_get);

void module_put(struct module *mod)
{
	if (mod)
		WARN_ON(atomic_dec_return(&mod->refcnt) < 0);
}
EXPORT_SYMBOL(module_put);

int module_refcount(struct module *mod)
{
	return atomic_read(&mod->refcnt) - MODULE_REF_BASE;
}
EXPORT_SYMBOL(module_refcount);

void __mod_inc_use_count(struct module *mod)
{
	int count = atomic_inc_return(&mod->refcnt) - MODULE_REF_BASE;

	usecount_changed(mod, 1, count, _RET_IP_);
}
EXPORT_SYMBOL(__mod_inc_use_count);

/*
 * Once the count is 0 the module may go, and the caller has still to return through it: that much a count that the
 * module keeps itself can never cover. The explorer sees no fetch of an instruction, so this one is announced.
 */
void __mod_dec_use_count(struct module *mod)
{
	int count = atomic_dec_return(&mod->refcnt) - MODULE_REF_BASE;

	usecount_changed(mod, -1, count, _RET_IP_);
	hook_read((const void *)_RET_IP_, sizeof(u32));
}
EXPORT_SYMBOL(__mod_dec_use_count);

static bool already_uses(const struct module *user, const struct module *used)
{
	struct module_use *use;

	list_for_each_entry(use, &used->source_list, source_list)
		if (use->source == user)
			return true;
	return false;
}

/**
 * ref_module - record that one module uses another's symbols, and hold that other
 * @user: the one
 * @used: the other
 *
 * Context: module_mutex held. Return: 0; -EBUSY not live yet; -ENOENT going; -ENOMEM.
 */
int ref_module(struct module *user, struct module *used)
{
	struct module_use *use;

	if (already_uses(user, used))
		return 0;
	if (used->state == MODULE_STATE_COMING || used->state == MODULE_STATE_PARKED)
		return -EBUSY;
	use = kmalloc(sizeof(*use), GFP_KERNEL);
	if (!use)
		return -ENOMEM;
	if (!try_module_get(used)) {
		kfree(use);
		return -ENOENT;
	}
	use->source = user;
	use->target = used;
	list_add(&use->source_list, &used->source_list);
	list_add(&use->target_list, &user->target_list);
	return 0;
}

/* Give back all that @mod uses. Context: module_mutex held. */
void module_unload_free(struct module *mod)
{
	struct module_use *use, *next;

	list_for_each_entry_safe(use, next, &mod->target_list, target_list) {
		list_del(&use->source_list);
		list_del(&use->target_list);
		module_put(use->target);
		kfree(use);
	}
}

/*
 * Take the last reference, for rmmod. Context: module_mutex held. Return: false if there are
 * others.
 */
bool module_claim(struct module *mod)
{
	return atomic_cmpxchg(&mod->refcnt, MODULE_REF_BASE, 0) == MODULE_REF_BASE;
}

/*
 * Say which modules use @mod. Context: module_mutex held. Return: false, and nothing said, if none
 * does.
 */
bool module_print_users(struct module *mod)
{
	struct module_use *use;

	if (list_empty(&mod->source_list))
		return false;
	printk(KERN_ERR "Module %s is in use by:", mod->name);
	list_for_each_entry(use, &mod->source_list, source_list)
		pr_cont(" %s", use->source->name);
	pr_cont("\n");
	return true;
}
