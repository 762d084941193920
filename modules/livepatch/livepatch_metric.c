// SPDX-License-Identifier: GPL-2.0
/*
 * Lets the two functions of livepatch_orbiter agree on newton seconds. With klp.consistency=per-task a thread gets both
 * new functions or none; but as it is in neither of them while it waits in between, that alone would switch it there.
 * So the function that calls both, and knows a value of the one to be given to the other, is a part of the patch.
 *
 *	caller=n	leave that out, and see that it was needed
 */
#include <linux/livepatch.h>
#include <linux/module.h>
#include "orbiter.h"
#include "start.h"

extern int thruster_impulse(void) KLP_SYMBOL(livepatch_orbiter, thruster_impulse, 0);
extern void steer(int impulse) KLP_SYMBOL(livepatch_orbiter, steer, 0);
extern void wait_until_asked(void) KLP_SYMBOL(livepatch_orbiter, wait_until_asked, 0);
extern void push_by(int newton_seconds) KLP_SYMBOL(livepatch_orbiter, push_by, 0);

static bool caller = true;
module_param(caller, bool, 0444);
MODULE_PARM_DESC(caller, "replace correct_course(), too");

static noinline int thruster_impulse_ns(void)
{
	return PUSH_NS;
}

static noinline void steer_ns(int impulse)
{
	push_by(impulse);
}

/* As it was. */
static noinline void correct_course_ns(void)
{
	int impulse = thruster_impulse();

	wait_until_asked();
	steer(impulse);
}

static struct klp_func funcs[] = {
	{ .old_name = "thruster_impulse", .new_func = thruster_impulse_ns },
	{ .old_name = "steer", .new_func = steer_ns },
	{ .old_name = "correct_course", .new_func = correct_course_ns },
	{ }
};

static struct klp_object objs[] = {
	{ .name = "livepatch_orbiter", .funcs = funcs },
	{ }
};

static struct klp_patch patch = {
	.mod = THIS_MODULE,
	.objs = objs,
};

static int __init livepatch_metric_init(void)
{
	if (!caller)
		funcs[2] = (struct klp_func){ };
	return start_patch(&patch);
}

static void __exit livepatch_metric_exit(void)
{
	klp_unregister_patch(&patch);
}

module_init(livepatch_metric_init);
module_exit(livepatch_metric_exit);

MODULE_LICENSE("GPL");
MODULE_INFO(livepatch, "Y");
MODULE_DESCRIPTION("A patch whose functions must not be mixed with the old ones");
