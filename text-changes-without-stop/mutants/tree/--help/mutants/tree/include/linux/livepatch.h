/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Live patches, as Linux had them in the spring of 2015 (3.19, 4.0), and with the consistency of 2017 (4.12) if asked
 * for: a patch is a module that holds new versions of functions, and tables that say which old ones they replace.
 *
 *	static struct klp_func funcs[] = { { .old_name = "f", .new_func = new_f }, { } };
 *	static struct klp_object objs[] = { { .funcs = funcs }, { } };		// in the kernel itself
 *	static struct klp_patch patch = { .mod = THIS_MODULE, .objs = objs };
 *
 * Its init registers and enables the patch. Patches stack: of several that replace a function, the one enabled last
 * counts. They are enabled in the order in which they were registered, and disabled in the opposite one.
 */
#ifndef _LINUX_LIVEPATCH_H
#define _LINUX_LIVEPATCH_H

#include <linux/list.h>
#include <linux/module.h>
#include <linux/types.h>

enum klp_state {
	KLP_DISABLED,
	KLP_ENABLED
};

/**
 * struct klp_func - one function that is replaced
 * @old_name: what it is called
 * @new_func: what takes its place
 * @old_sympos: which of several of that name: the first is 1. 0: there must be only one
 * @old_addr: where it is, 0 while its object is not loaded
 * @old_size: in bytes, likewise
 * @new_size: of new_func, likewise
 * @site: the nop at its entry, likewise
 * @state: KLP_ENABLED while it is on the function's stack
 * @transition: the thread that calls it says which version it gets; kernel/livepatch/transition.c
 * @stack_node: there, newest first
 */
struct klp_func {
	/* from the patch */
	const char *old_name;
	void *new_func;
	unsigned long old_sympos;

	/* the kernel's */
	unsigned long old_addr;
	unsigned long old_size;
	unsigned long new_size;
	unsigned long site;
	enum klp_state state;
	bool transition;
	struct list_head stack_node;
};

/**
 * struct klp_object - what is patched in the kernel, or in one module
 * @name: of the module, which may come later; NULL for the kernel
 * @funcs: up to one that is all zero
 * @mod: the module while it is loaded and this object knows of it
 * @state: KLP_ENABLED while its functions are on their stacks
 */
struct klp_object {
	/* from the patch */
	const char *name;
	struct klp_func *funcs;

	/* the kernel's */
	struct module *mod;
	enum klp_state state;
};

/**
 * struct klp_patch - one patch
 * @mod: the module it comes in
 * @objs: up to one that is all zero
 * @list: the patches that are registered, in that order
 * @state: as it was told
 * @forced: a thread may still be in a function of it, and nobody will ever know
 */
struct klp_patch {
	/* from the patch */
	struct module *mod;
	struct klp_object *objs;

	/* the kernel's */
	struct list_head list;
	enum klp_state state;
	bool forced;
};

#define klp_for_each_object(patch, obj) \
	for ((obj) = (patch)->objs; (obj)->funcs || (obj)->name; (obj)++)
#define klp_for_each_func(obj, func) \
	for ((func) = (obj)->funcs; (func)->old_name || (func)->new_func || (func)->old_sympos; (func)++)

/*
 * A symbol of the kernel or of a module, whether or not it is exported, whether or not the module is loaded:
 *
 *	extern int helper(int x) KLP_SYMBOL(some_module, helper, 0);
 *
 * @obj is vmlinux or a module, @pos says which of several symbols of that name, 0 that there is only one. The build
 * turns references to it into .klp.rela sections (tools/klp-convert.c). They are good from when the patch's module is
 * loaded, and those to a module from before any function of that module is replaced. Only for modules with
 * MODULE_INFO(livepatch, "Y").
 */
#define KLP_SYMBOL(obj, name, pos)	__asm__(".klp.sym." #obj "." #name "." #pos)

int klp_register_patch(struct klp_patch *patch);
int klp_unregister_patch(struct klp_patch *patch);
int klp_enable_patch(struct klp_patch *patch);
int klp_disable_patch(struct klp_patch *patch);

/* ---- between livepatching and the module loader ---- */

enum klp_kind {
	KLP_ANY,
	KLP_FUNC
};

int klp_find_symbol(struct module *mod, const char *name, unsigned long pos, enum klp_kind kind, unsigned long *addr);
int klp_apply_relocs(struct module *mod, struct module *object);

#endif
