// SPDX-License-Identifier: GPL-2.0
/*
 * Unlink policy "spinlock": Linux 2.6.10. Writers of the list exclude each other; the readers in
 * kallsyms take no lock, so nothing excludes them. A CPU that loses time between the two stores of
 * list_del(), or a reader that loses time between two loads, meets a module that is not there any
 * more.
 */
#include <linux/module.h>
#include <linux/spinlock.h>
#include <stopgap/unlink_policy.h>

static DEFINE_SPINLOCK(modlist_lock);

static void link_module(struct module *mod)
{
	spin_lock_irq(&modlist_lock);
	list_add(&mod->list, &modules);
	spin_unlock_irq(&modlist_lock);
}

static void unlink_module(struct module *mod)
{
	spin_lock_irq(&modlist_lock);
	list_del(&mod->list);
	spin_unlock_irq(&modlist_lock);
}

static const struct unlink_policy unlink_spinlock = {
	.name = "spinlock",
	.what = "list_add and list_del under a spinlock that readers do not take (Linux 2.6.10)",
	.link = link_module,
	.unlink = unlink_module,
};
UNLINK_POLICY(unlink_spinlock);
