/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One of the patches of the lesson, for a() in the kernel and b() in module M. Its a() and b() belong together; see
 * stopgap/livepatch_lesson.h.
 *
 *	start=n		register and enable nothing: somebody else will
 */
#include <linux/livepatch.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <stopgap/livepatch_lesson.h>
#include "start.h"

static bool start = true;
module_param(start, bool, 0444);
MODULE_PARM_DESC(start, "register and enable the patch");

static __used noinline int A(void)
{
	return NR;
}

static __used noinline int B(void)
{
	cond_resched();
	return 10 * NR + livepatch_a();
}

static struct klp_func kernel_funcs[] = {
	{ .old_name = "livepatch_a", .new_func = A },
	{ }
};

static struct klp_func m_funcs[] = {
	{ .old_name = "livepatch_b", .new_func = B },
	{ }
};

static struct klp_object objs[] = {
	{ .funcs = kernel_funcs },
	{ .name = "livepatch_m", .funcs = m_funcs },
	{ }
};

static struct klp_patch patch = {
	.mod = THIS_MODULE,
	.objs = objs,
};

static int __init patch_init(void)
{
	return start ? start_patch(&patch) : 0;
}

/* The module cannot be removed while the patch is enabled, so it is not. */
static void __exit patch_exit(void)
{
	klp_unregister_patch(&patch);
}

module_init(patch_init);
module_exit(patch_exit);

MODULE_LICENSE("GPL");
MODULE_INFO(livepatch, "Y");
MODULE_DESCRIPTION("A patch of the livepatch lesson");
