// SPDX-License-Identifier: GPL-2.0
/*
 * Modules that come are patched before their init runs; of those that go, the patches let go after their exit has
 * returned. The first patch comes first, so that the newest ends on top of every stack.
 */
#define pr_fmt(fmt) "livepatch: " fmt

#include <linux/errno.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/notifier.h>
#include <linux/printk.h>
#include <linux/string.h>
#include "internal.h"
#include "transition.h"

/* The part of @patch that is about @mod, or NULL. */
static struct klp_object *find_object(struct klp_patch *patch, const struct module *mod)
{
	struct klp_object *obj;

	klp_for_each_object(patch, obj)
		if (klp_is_module(obj) && !strcmp(obj->name, mod->name))
			return obj;
	return NULL;
}

/*
 * A patch that has found the module by itself, and is enabled there, is passed over: its functions are on their stacks
 * already, at whatever place. One that is being disabled is still there for the threads that have not been switched.
 */
static int klp_module_notify_coming(struct klp_patch *patch, struct klp_object *obj, struct module *mod)
{
	int err;

	obj->mod = mod;
	if (obj->state == KLP_ENABLED)
		return 0;
	err = klp_init_object_loaded(patch, obj);
	if (err || (patch->state == KLP_DISABLED && patch != klp_transition_patch))
		return err;
	err = klp_enable_object(obj);
	if (err)
		klp_forget_object(obj);
	return err;
}

static void klp_module_notify_going(struct klp_object *obj, struct module *mod)
{
	if (obj->mod != mod)
		return;
	if (obj->state == KLP_ENABLED)
		klp_disable_object(obj);
	klp_forget_object(obj);
}

static void all_going(struct module *mod)
{
	struct klp_object *obj;
	struct klp_patch *patch;

	list_for_each_entry_reverse(patch, &klp_patches, list) {
		obj = find_object(patch, mod);
		if (obj)
			klp_module_notify_going(obj, mod);
	}
}

/* All patches are applied to @mod, or none is and it cannot be loaded. */
static int all_coming(struct module *mod)
{
	struct klp_object *obj;
	struct klp_patch *patch;
	int err;

	list_for_each_entry(patch, &klp_patches, list) {
		obj = find_object(patch, mod);
		err = obj ? klp_module_notify_coming(patch, obj, mod) : 0;
		if (!err)
			continue;
		pr_err("%s cannot be applied to %s (err %d), which is therefore not loaded\n", patch->mod->name,
		       mod->name, err);
		all_going(mod);
		return err;
	}
	return 0;
}

static int coming(struct module *mod)
{
	const struct klp_policy *policy = klp_policy_get();
	int err;

	klp_remark("COMING handler begins");
	/* From here on whoever registers a patch sees to @mod himself. */
	mod->klp_alive = true;
	if (policy->coming)
		policy->coming(mod);
	err = all_coming(mod);
	if (err)
		mod->klp_alive = false;
	else if (policy->come)
		policy->come(mod);
	return err;
}

static void going(struct module *mod)
{
	const struct klp_policy *policy = klp_policy_get();

	klp_remark("GOING handler begins");
	mod->klp_alive = false;
	if (policy->going)
		policy->going(mod);
	all_going(mod);
}

static int klp_module_notify(struct notifier_block *nb, unsigned long action, void *data)
{
	int err = 0;

	if (action != MODULE_STATE_COMING && action != MODULE_STATE_GOING)
		return NOTIFY_DONE;
	mutex_lock(&klp_mutex);
	if (action == MODULE_STATE_COMING)
		err = coming(data);
	else
		going(data);
	klp_remark("handler ends");
	mutex_unlock(&klp_mutex);
	return notifier_from_errno(err);
}

/* Called late, so that others have seen a module before its functions are replaced. */
static struct notifier_block klp_module_nb = {
	.notifier_call = klp_module_notify,
	.priority = INT_MIN + 1,
};

static int __init klp_init(void)
{
	return register_module_notifier(&klp_module_nb);
}
core_initcall(klp_init);
