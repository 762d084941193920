// SPDX-License-Identifier: GPL-2.0
/*
 * Patches: registering, enabling, disabling. The rules are those of 2015: a patch may be enabled if the one registered
 * before it is, and disabled if the one after it is not; so the stack of every function has the same order.
 *
 * A patch is registered with all that can be found of it at that moment. What belongs to a module that is not there
 * yet is found when the module comes (notifier.c). Which of the two is responsible for a module on the move is asked
 * of the policy in force. When it takes effect for whom is a question to the consistency in force.
 */
#define pr_fmt(fmt) "livepatch: " fmt

#include <linux/err.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/printk.h>
#include <linux/rcupdate.h>
#include "internal.h"
#include "transition.h"

DEFINE_MUTEX(klp_mutex);
LIST_HEAD(klp_patches);

bool klp_is_registered(const struct klp_patch *patch)
{
	const struct klp_patch *other;

	list_for_each_entry(other, &klp_patches, list)
		if (other == patch)
			return true;
	return false;
}

/* ---- registering ---- */

static void forget_objects(struct klp_patch *patch)
{
	struct klp_object *obj;

	klp_for_each_object(patch, obj)
		klp_forget_object(obj);
}

static int init_object(struct klp_patch *patch, struct klp_object *obj)
{
	struct klp_func *func;
	struct module *mod;

	obj->state = KLP_DISABLED;
	obj->mod = NULL;
	klp_for_each_func(obj, func)
		func->state = KLP_DISABLED;
	if (klp_is_module(obj)) {
		mod = klp_policy_get()->find(obj->name);
		if (IS_ERR(mod))
			return PTR_ERR(mod);
		obj->mod = mod;
		klp_remark("%s %s", mod ? "finds" : "ignores", obj->name);
	}
	return klp_is_object_loaded(obj) ? klp_init_object_loaded(patch, obj) : 0;
}

/* @obj: set to the object that could not be initialised. */
static int init_patch(struct klp_patch *patch, struct klp_object **obj)
{
	int err;

	patch->state = KLP_DISABLED;
	klp_for_each_object(patch, *obj) {
		err = init_object(patch, *obj);
		if (err) {
			forget_objects(patch);
			return err;
		}
	}
	list_add_tail(&patch->list, &klp_patches);
	return 0;
}

static int try_register(struct klp_patch *patch, struct klp_object **obj)
{
	int err;

	mutex_lock(&klp_mutex);
	err = klp_is_registered(patch) ? -EEXIST : init_patch(patch, obj);
	mutex_unlock(&klp_mutex);
	return err;
}

/**
 * klp_register_patch - make a patch known
 * @patch: its tables filled in; the rest zero
 *
 * It has no effect before klp_enable_patch(). All functions of objects that are loaded are looked up now.
 *
 * Context: may sleep; usually from the init of the patch's module.
 * Return: 0; -EINVAL for tables that make no sense, or a function without a site; -ENOENT if an object that is loaded
 * has no such function; -EEXIST if it is registered; what the policy in force refuses it with. After an error nothing
 * has changed, and a message was printed.
 */
int klp_register_patch(struct klp_patch *patch)
{
	const struct klp_policy *policy = klp_policy_get();
	struct klp_object *obj;
	int err = klp_check_patch(patch);

	if (err)
		return err;
	err = policy->begin ? policy->begin(patch) : 0;
	if (err)
		return err;
	while ((err = try_register(patch, &obj)) == -EAGAIN) {
		err = policy->settle(obj->name);
		if (err)
			break;
	}
	if (policy->end)
		policy->end(patch);
	if (err)
		pr_notice("%s: not registered (err %d)\n", patch->mod->name, err);
	return err;
}
EXPORT_SYMBOL_GPL(klp_register_patch);

/**
 * klp_unregister_patch - forget a patch
 * @patch: registered, and disabled
 *
 * Context: may sleep. Return: 0; -EINVAL if it is not registered; -EBUSY if it is enabled, or in transition.
 */
int klp_unregister_patch(struct klp_patch *patch)
{
	int err = 0;

	mutex_lock(&klp_mutex);
	if (!klp_is_registered(patch)) {
		err = -EINVAL;
	} else if (patch->state == KLP_ENABLED) {
		pr_err("%s: cannot be unregistered: it is enabled\n", patch->mod->name);
		err = -EBUSY;
	} else if (patch == klp_transition_patch) {
		pr_err("%s: cannot be unregistered: it is in transition\n", patch->mod->name);
		err = -EBUSY;
	} else {
		list_del(&patch->list);
		forget_objects(patch);
	}
	mutex_unlock(&klp_mutex);
	return err;
}
EXPORT_SYMBOL_GPL(klp_unregister_patch);

/* ---- enabling ---- */

void klp_disable_objects(struct klp_patch *patch)
{
	struct klp_object *obj;

	klp_for_each_object(patch, obj)
		if (obj->state == KLP_ENABLED)
			klp_disable_object(obj);
	patch->state = KLP_DISABLED;
}

int klp_enable_objects(struct klp_patch *patch)
{
	struct klp_object *obj;
	int err;

	klp_for_each_object(patch, obj) {
		if (!klp_is_object_loaded(obj))
			continue;
		err = klp_enable_object(obj);
		if (!err)
			continue;
		pr_err("%s: %s cannot be patched (err %d)\n", patch->mod->name, klp_object_name(obj), err);
		klp_disable_objects(patch);
		return err;
	}
	patch->state = KLP_ENABLED;
	return 0;
}

void klp_put_patch(const struct klp_patch *patch)
{
	if (!patch->forced)
		module_put(patch->mod);
}

static int check_transition(const struct klp_patch *patch, const char *what)
{
	if (!klp_transition_patch || klp_transition_patch == patch)
		return 0;
	pr_err("%s: cannot be %s: %s is in transition\n", patch->mod->name, what, klp_transition_patch->mod->name);
	return -EBUSY;
}

/* Does the order of registration allow it? */
static int check_enable(const struct klp_patch *patch)
{
	const struct klp_patch *before = list_prev_entry(patch, list);

	if (!klp_is_registered(patch) || patch->state == KLP_ENABLED)
		return -EINVAL;
	if (!list_is_first(&patch->list, &klp_patches) && before->state == KLP_DISABLED) {
		pr_err("%s: cannot be enabled: %s, registered before it, is not\n", patch->mod->name,
		       before->mod->name);
		return -EBUSY;
	}
	return check_transition(patch, "enabled");
}

static int enable_locked(struct klp_patch *patch)
{
	int err = check_enable(patch);

	if (err)
		return err;
	if (patch == klp_transition_patch) {
		klp_reverse_transition();
		return 0;
	}
	/* Its code is in use from now on. */
	if (!try_module_get(patch->mod))
		return -ENODEV;
	err = klp_consistency_get()->enable(patch);
	if (err)
		module_put(patch->mod);
	else
		klp_remark("%s enabled", patch->mod->name);
	return err;
}

/**
 * klp_enable_patch - let a patch take effect
 * @patch: registered, and not enabled
 *
 * With klp.consistency=immediate, when this returns every call of a function it replaces goes to the new one; calls that
 * are under way end in the old one. With per-task a transition has begun, which goes on by itself. If the patch is still
 * being disabled, that is turned round. The patch's module cannot be removed while the patch is enabled.
 *
 * Context: may sleep. Return: 0; -EINVAL if it is not registered, or enabled; -EBUSY if the patch registered before it
 * is not enabled, or another patch is in transition; -ENODEV if its module is going; -ENOMEM. After an error nothing of
 * it is enabled.
 */
int klp_enable_patch(struct klp_patch *patch)
{
	const struct klp_policy *policy = klp_policy_get();
	int err = policy->begin ? policy->begin(patch) : 0;

	if (err)
		return err;
	mutex_lock(&klp_mutex);
	err = enable_locked(patch);
	mutex_unlock(&klp_mutex);
	if (policy->end)
		policy->end(patch);
	return err;
}
EXPORT_SYMBOL_GPL(klp_enable_patch);

static int check_disable(const struct klp_patch *patch)
{
	const struct klp_patch *after = list_next_entry(patch, list);

	if (!klp_is_registered(patch) || patch->state == KLP_DISABLED)
		return -EINVAL;
	if (!list_is_last(&patch->list, &klp_patches) && after->state == KLP_ENABLED) {
		pr_err("%s: cannot be disabled: %s, registered after it, is enabled\n", patch->mod->name,
		       after->mod->name);
		return -EBUSY;
	}
	return check_transition(patch, "disabled");
}

/**
 * klp_disable_patch - undo klp_enable_patch()
 * @patch: enabled, and the last one that is
 *
 * With klp.consistency=per-task a transition has begun when this returns; the patch's module can be removed when it is
 * over. If the patch is still being enabled, that is turned round. A thread that sleeps in a function of a patch that is
 * disabled with klp.consistency=immediate is not waited for.
 *
 * Context: may sleep. Return: 0; -EINVAL if it is not enabled; -EBUSY if the patch registered after it is, or another
 * one is in transition.
 */
int klp_disable_patch(struct klp_patch *patch)
{
	int err;

	mutex_lock(&klp_mutex);
	err = check_disable(patch);
	if (!err && patch == klp_transition_patch)
		klp_reverse_transition();
	else if (!err)
		klp_consistency_get()->disable(patch);
	mutex_unlock(&klp_mutex);
	return err;
}
EXPORT_SYMBOL_GPL(klp_disable_patch);
