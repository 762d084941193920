// SPDX-License-Identifier: GPL-2.0
/*
 * Unlink policy "rcu": Linux today. The list changes under its readers, each of whom sees it with the module or
 * without; the module's memory is freed only when all of them are out of their read sections. Nobody stands still.
 */
#include <linux/module.h>
#include <linux/rculist.h>
#include <stopgap/unlink_policy.h>

static void link_module(struct module *mod)
{
	list_add_rcu(&mod->list, &modules);
}

static void unlink_module(struct module *mod)
{
	list_del_rcu(&mod->list);
	synchronize_rcu();
}

static const struct unlink_policy unlink_rcu = {
	.name = "rcu",
	.what = "list_add_rcu, and list_del_rcu with a grace period before the memory goes (Linux today)",
	.link = link_module,
	.unlink = unlink_module,
	.read_lock = rcu_read_lock,
	.read_unlock = rcu_read_unlock,
};
UNLINK_POLICY(unlink_rcu);
