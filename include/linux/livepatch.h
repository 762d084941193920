/* SPDX-License-Identifier: GPL-2.0 */
/* Live patches: how one refers to what nobody exports. */
#ifndef _LINUX_LIVEPATCH_H
#define _LINUX_LIVEPATCH_H

#include <linux/module.h>
#include <linux/types.h>

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

/* ---- between livepatching and the module loader ---- */

enum klp_kind {
	KLP_ANY,
	KLP_FUNC
};

int klp_find_symbol(struct module *mod, const char *name, unsigned long pos, enum klp_kind kind, unsigned long *addr);
int klp_apply_relocs(struct module *mod, struct module *object);

#endif
