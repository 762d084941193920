// SPDX-License-Identifier: GPL-2.0
/*
 * Policy "fixup": a patch is registered as before the fix, and the COMING handler puts the mess right: once all patches
 * are applied to the module, each of its stacks is built again in the order of registration. Nothing of it helps with
 * modules that go.
 */
#include <linux/rculist.h>
#include <linux/string.h>
#include "../internal.h"

static struct module *find(const char *name)
{
	return klp_find_module(name, NULL);
}

/* Nobody calls the module's functions yet, so nobody looks while a function is on no stack. */
static void to_top(struct klp_func *func)
{
	struct klp_ops *ops = klp_find_ops(func);

	list_del_rcu(&func->stack_node);
	synchronize_rcu();
	list_add_rcu(&func->stack_node, &ops->func_stack);
	klp_tell_stack(ops);
}

static void come(struct module *mod)
{
	struct klp_patch *patch;
	struct klp_object *obj;
	struct klp_func *func;

	list_for_each_entry(patch, &klp_patches, list)
		klp_for_each_object(patch, obj)
			if (obj->mod == mod && obj->state == KLP_ENABLED)
				klp_for_each_func(obj, func)
					to_top(func);
}

static const struct klp_policy klp_fixup = {
	.name = "fixup",
	.what = "take care of any module, and put the order right when its handler runs",
	.find = find,
	.come = come,
};
KLP_POLICY(klp_fixup);
