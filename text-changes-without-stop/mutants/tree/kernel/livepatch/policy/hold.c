// SPDX-License-Identifier: GPL-2.0
/*
 * Policy "hold": while a patch is registered or enabled, no module may begin to come or go, and those that do already
 * are waited for. All but one: a patch is registered by the init of its own module, which has to be let off, or it
 * would wait for itself. If two modules do so at a time, each comes, and each waits for the other to have come.
 */
#include <linux/errno.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <stopgap/module_wq.h>
#include "../internal.h"

static const struct klp_patch *holder;	/* who asked; under module_mutex */

static bool may_move(const struct module *mod)
{
	return !holder || mod == holder->mod;
}

static bool try_hold(const struct klp_patch *patch)
{
	mutex_lock(&module_mutex);
	if (!holder)
		holder = patch;
	current->waits_for = holder != patch ? holder->mod->name : NULL;
	mutex_unlock(&module_mutex);
	return READ_ONCE(holder) == patch;
}

static bool all_others_settled(const struct module *me)
{
	struct module *mod;

	mutex_lock(&module_mutex);
	current->waits_for = NULL;
	list_for_each_entry(mod, &modules, list)
		if (mod != me && mod->state != MODULE_STATE_LIVE)
			current->waits_for = mod->name;
	mutex_unlock(&module_mutex);
	return !current->waits_for;
}

static void end(const struct klp_patch *patch)
{
	current->waits_for = NULL;
	mutex_lock(&module_mutex);
	holder = NULL;
	mutex_unlock(&module_mutex);
	wake_up_all(&module_wq);
}

static int begin(const struct klp_patch *patch)
{
	klp_remark("waits to stop others");
	if (!wait_event_timeout(module_wq, try_hold(patch), klp_patience)) {
		pr_err("livepatch: %s: gave up waiting until modules may move again\n", patch->mod->name);
		current->waits_for = NULL;
		return -ETIMEDOUT;
	}
	klp_remark("waits for all others");
	if (wait_event_timeout(module_wq, all_others_settled(patch->mod), klp_patience))
		return 0;
	pr_err("livepatch: %s: gave up waiting until no module moves\n", patch->mod->name);
	end(patch);
	return -ETIMEDOUT;
}

static struct module *find(const char *name)
{
	return klp_find_module(name, NULL);
}

static const struct klp_policy klp_hold = {
	.name = "hold",
	.what = "let no module begin to come or go meanwhile, and wait for those that do",
	.begin = begin,
	.end = end,
	.find = find,
	.may_move = may_move,
};
KLP_POLICY(klp_hold);
