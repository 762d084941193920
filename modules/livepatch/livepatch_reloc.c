// SPDX-License-Identifier: GPL-2.0
/*
 * A patch that refers to what nobody exports: a function and a variable of module M, which may not even be loaded yet,
 * and a function of the kernel. Its b() answers 44 as long as all three are found.
 */
#include <linux/livepatch.h>
#include <linux/module.h>
#include <stopgap/livepatch_lesson.h>
#include "start.h"

extern int livepatch_m_helper(int x) KLP_SYMBOL(livepatch_m, livepatch_m_helper, 0);
extern int livepatch_m_number KLP_SYMBOL(livepatch_m, livepatch_m_number, 0);
extern bool is_kernel_text(unsigned long addr) KLP_SYMBOL(vmlinux, is_kernel_text, 0);

static noinline int b_reloc(void)
{
	if (!is_kernel_text((unsigned long)livepatch_a))
		return -1;
	return livepatch_m_helper(livepatch_m_number) + livepatch_a();
}

static struct klp_func funcs[] = {
	{ .old_name = "livepatch_b", .new_func = b_reloc },
	{ }
};

static struct klp_object objs[] = {
	{ .name = "livepatch_m", .funcs = funcs },
	{ }
};

static struct klp_patch patch = {
	.mod = THIS_MODULE,
	.objs = objs,
};

static int __init livepatch_reloc_init(void)
{
	return start_patch(&patch);
}

static void __exit livepatch_reloc_exit(void)
{
	klp_unregister_patch(&patch);
}

module_init(livepatch_reloc_init);
module_exit(livepatch_reloc_exit);

MODULE_LICENSE("GPL");
MODULE_INFO(livepatch, "Y");
MODULE_DESCRIPTION("A live patch that refers to symbols of other objects");
