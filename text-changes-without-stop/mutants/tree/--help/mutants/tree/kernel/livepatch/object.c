// SPDX-License-Identifier: GPL-2.0
/*
 * One patch's share in one object: found, enabled, disabled and forgotten as a whole. An object is either enabled with
 * all its functions on their stacks, or with none.
 */
#define pr_fmt(fmt) "livepatch: " fmt

#include <linux/errno.h>
#include <linux/ftrace.h>
#include <linux/kallsyms.h>
#include <linux/printk.h>
#include "internal.h"

static bool find_size(unsigned long addr, unsigned long *size)
{
	unsigned long offset;

	return kallsyms_lookup_size_offset(addr, size, &offset) && !offset;
}

/* Find the function that @func replaces. Return: 0, or an errno after a message. */
static int find_func(const struct klp_object *obj, struct klp_func *func)
{
	unsigned long addr;
	int err = klp_find_symbol(obj->mod, func->old_name, func->old_sympos, KLP_FUNC, &addr);

	if (err)
		return err;
	func->site = ftrace_location(addr);
	if (!func->site) {
		pr_err("%s of %s has no site at its entry: it is too short, or must not be traced\n", func->old_name,
		       klp_object_name(obj));
		return -EINVAL;
	}
	if (!find_size(addr, &func->old_size) || !find_size((unsigned long)func->new_func, &func->new_size)) {
		pr_err("%s of %s, or its replacement, has no size\n", func->old_name, klp_object_name(obj));
		return -ENOENT;
	}
	func->old_addr = addr;
	return 0;
}

/* Two names for one function would be two places on one stack. */
static int check_unique(const struct klp_patch *patch, const struct klp_object *obj, const struct klp_func *func)
{
	const struct klp_func *other;

	for (other = obj->funcs; other != func; other++) {
		if (other->old_addr != func->old_addr)
			continue;
		pr_err("%s: %s and %s of %s are one function\n", patch->mod->name, other->old_name, func->old_name,
		       klp_object_name(obj));
		return -EINVAL;
	}
	return 0;
}

/* Forget an object's module and addresses. */
void klp_forget_object(struct klp_object *obj)
{
	struct klp_func *func;

	obj->mod = NULL;
	klp_for_each_func(obj, func)
		func->old_addr = func->site = 0;
}

/*
 * The object is loaded, and obj->mod says where: find its functions. Return: 0, or an errno after a message, with the
 * object forgotten.
 */
int klp_init_object_loaded(struct klp_patch *patch, struct klp_object *obj)
{
	struct klp_func *func;
	int err = obj->mod ? klp_apply_relocs(patch->mod, obj->mod) : 0;

	if (err)
		goto out_forget;
	klp_for_each_func(obj, func) {
		err = find_func(obj, func) ?: check_unique(patch, obj, func);
		if (err)
			goto out_forget;
	}
	return 0;

out_forget:
	klp_forget_object(obj);
	return err;
}

/* Return: 0, or an errno, with nothing enabled. */
int klp_enable_object(struct klp_object *obj)
{
	int err;

	if (obj->state == KLP_ENABLED)
		return -EINVAL;
	err = klp_stack_funcs(obj);
	if (!err)
		obj->state = KLP_ENABLED;
	return err;
}

void klp_disable_object(struct klp_object *obj)
{
	klp_unstack_funcs(obj);
	obj->state = KLP_DISABLED;
}
