// SPDX-License-Identifier: GPL-2.0
/*
 * Patches that the kernel has to refuse, each for a reason of its own: insmod livepatch_bad.ko defect=NAME. Without a
 * defect it is a good patch of a().
 */
#include <linux/livepatch.h>
#include <linux/module.h>
#include <stopgap/livepatch_lesson.h>
#include "start.h"

static char *defect = "none";
module_param(defect, charp, 0444);
MODULE_PARM_DESC(defect, "what is wrong with the patch");

static noinline int a_bad(void)
{
	return 9;
}

static struct klp_func funcs[3] = {
	{ .old_name = "livepatch_a", .new_func = a_bad },
};

static struct klp_func more_funcs[2];

static struct klp_object objs[3] = {
	{ .funcs = funcs },
};

static struct klp_patch patch = {
	.mod = THIS_MODULE,
	.objs = objs,
};

static void unknown_function(void)
{
	funcs[1] = (struct klp_func){ .old_name = "no_such_function", .new_func = a_bad };
}

static void no_site(void)
{
	funcs[1] = (struct klp_func){ .old_name = "memcpy", .new_func = a_bad };
}

static void twice(void)
{
	funcs[1] = funcs[0];
}

static void two_names(void)
{
	funcs[1] = funcs[0];
	funcs[1].old_sympos = 1;
}

static void ambiguous(void)
{
	funcs[1] = (struct klp_func){ .old_name = "setup", .new_func = a_bad };
}

static void position(void)
{
	funcs[0].old_sympos = 2;
}

static void no_new_func(void)
{
	funcs[0].new_func = NULL;
}

static void no_old_name(void)
{
	funcs[0].old_name = NULL;
}

static void no_funcs(void)
{
	objs[1].name = "livepatch_m";
}

static void no_objs(void)
{
	patch.objs = NULL;
}

static void no_module(void)
{
	patch.mod = NULL;
}

static void object_name(void)
{
	objs[1] = (struct klp_object){ .name = "livepatch-m.ko", .funcs = more_funcs };
}

static void object_twice(void)
{
	objs[1] = objs[0];
}

static void itself(void)
{
	more_funcs[0] = funcs[0];
	objs[1] = (struct klp_object){ .name = "livepatch_bad", .funcs = more_funcs };
}

static void unknown_in_m(void)
{
	more_funcs[0] = (struct klp_func){ .old_name = "no_such_function", .new_func = a_bad };
	objs[1] = (struct klp_object){ .name = "livepatch_m", .funcs = more_funcs };
}

/* A good patch of a function that is bad. */
static int *volatile nowhere = (int *)8;

static noinline int a_oops(void)
{
	return *nowhere;
}

static void oops(void)
{
	funcs[0].new_func = a_oops;
}

static void none(void)
{
}

static const struct {
	const char *name;
	void (*make)(void);
} defects[] = {
	{ "none", none },
	{ "unknown_function", unknown_function },
	{ "no_site", no_site },
	{ "twice", twice },
	{ "two_names", two_names },
	{ "ambiguous", ambiguous },
	{ "position", position },
	{ "no_new_func", no_new_func },
	{ "no_old_name", no_old_name },
	{ "no_funcs", no_funcs },
	{ "no_objs", no_objs },
	{ "no_module", no_module },
	{ "object_name", object_name },
	{ "object_twice", object_twice },
	{ "itself", itself },
	{ "unknown_in_m", unknown_in_m },
	{ "oops", oops },
};

static int make_defect(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(defects); i++) {
		if (!strcmp(defect, defects[i].name)) {
			defects[i].make();
			return 0;
		}
	}
	pr_err("livepatch_bad: no defect is called %s\n", defect);
	return -EINVAL;
}

static int __init livepatch_bad_init(void)
{
	return make_defect() ?: start_patch(&patch);
}

static void __exit livepatch_bad_exit(void)
{
	klp_unregister_patch(&patch);
}

module_init(livepatch_bad_init);
module_exit(livepatch_bad_exit);

MODULE_LICENSE("GPL");
MODULE_INFO(livepatch, "Y");
MODULE_DESCRIPTION("Live patches with something wrong with them");
