// SPDX-License-Identifier: GPL-2.0
/* Replaces the hundred functions of livepatch_crowd. */
#include <linux/livepatch.h>
#include <linux/module.h>
#include "crowd.h"
#include "start.h"

static noinline int crowd_new(int x)
{
	return -x;
}

#define FUNC(n)		{ .old_name = "livepatch_crowd_" #n, .new_func = crowd_new },

static struct klp_func funcs[] = {
	EACH(FUNC)
	{ }
};

static struct klp_object objs[] = {
	{ .name = "livepatch_crowd", .funcs = funcs },
	{ }
};

static struct klp_patch patch = {
	.mod = THIS_MODULE,
	.objs = objs,
};

static int __init livepatch_crowd_patch_init(void)
{
	return start_patch(&patch);
}

static void __exit livepatch_crowd_patch_exit(void)
{
	klp_unregister_patch(&patch);
}

module_init(livepatch_crowd_patch_init);
module_exit(livepatch_crowd_patch_exit);

MODULE_LICENSE("GPL");
MODULE_INFO(livepatch, "Y");
MODULE_DESCRIPTION("Replaces many functions at once");
