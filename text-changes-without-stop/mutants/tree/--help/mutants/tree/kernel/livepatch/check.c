// SPDX-License-Identifier: GPL-2.0
/*
 * Is a patch well formed? All that can be said of one without looking at the kernel it is for. The tables come from
 * somebody else's module, and everything behind this file believes them.
 */
#define pr_fmt(fmt) "livepatch: " fmt

#include <linux/ctype.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/string.h>
#include "internal.h"

static bool is_module_name(const char *name)
{
	size_t len = strlen(name);

	for (const char *p = name; *p; p++)
		if (!isalnum(*p) && *p != '_')
			return false;
	return len && len < MODULE_NAME_LEN && strcmp(name, "vmlinux");
}

static int check_func(const char *patch, const struct klp_object *obj, const struct klp_func *func)
{
	const struct klp_func *other;

	if (!func->old_name || !func->old_name[0]) {
		pr_err("%s: a function of %s has no old_name\n", patch, klp_object_name(obj));
		return -EINVAL;
	}
	if (!func->new_func) {
		pr_err("%s: %s has no new_func\n", patch, func->old_name);
		return -EINVAL;
	}
	for (other = obj->funcs; other != func; other++) {
		if (strcmp(other->old_name, func->old_name) || other->old_sympos != func->old_sympos)
			continue;
		pr_err("%s: %s of %s is patched twice\n", patch, func->old_name, klp_object_name(obj));
		return -EINVAL;
	}
	return 0;
}

static bool is_same_object(const struct klp_object *a, const struct klp_object *b)
{
	return !strcmp(klp_object_name(a), klp_object_name(b));
}

static int check_object(const struct klp_patch *patch, const struct klp_object *obj)
{
	const char *name = patch->mod->name;
	const struct klp_object *other;

	if (obj->name && !is_module_name(obj->name)) {
		pr_err("%s: '%.60s' cannot be the name of a module\n", name, obj->name);
		return -EINVAL;
	}
	if (obj->name && !strcmp(obj->name, name)) {
		pr_err("%s: patches itself\n", name);
		return -EINVAL;
	}
	if (!obj->funcs) {
		pr_err("%s: object %s has no funcs\n", name, klp_object_name(obj));
		return -EINVAL;
	}
	for (other = patch->objs; other != obj; other++) {
		if (!is_same_object(other, obj))
			continue;
		pr_err("%s: object %s is there twice\n", name, klp_object_name(obj));
		return -EINVAL;
	}
	return 0;
}

static int check_funcs(const struct klp_patch *patch, const struct klp_object *obj)
{
	const struct klp_func *func;
	int err = 0;

	klp_for_each_func(obj, func) {
		err = check_func(patch->mod->name, obj, func);
		if (err)
			return err;
	}
	if (func == obj->funcs) {
		pr_err("%s: object %s has no funcs\n", patch->mod->name, klp_object_name(obj));
		err = -EINVAL;
	}
	return err;
}

int klp_check_patch(const struct klp_patch *patch)
{
	const struct klp_object *obj;
	int err;

	if (!patch || !patch->mod) {
		pr_err("a patch without a module\n");
		return -EINVAL;
	}
	if (!patch->objs || !(patch->objs->funcs || patch->objs->name)) {
		pr_err("%s: the patch has no objs\n", patch->mod->name);
		return -EINVAL;
	}
	klp_for_each_object(patch, obj) {
		err = check_object(patch, obj) ?: check_funcs(patch, obj);
		if (err)
			return err;
	}
	return 0;
}
