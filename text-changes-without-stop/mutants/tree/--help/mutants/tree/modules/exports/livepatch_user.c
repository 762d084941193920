// SPDX-License-Identifier: GPL-2.0
/*
 * Lesson: the need that was real, and what was built for it. Bugs do not keep to exported functions,
 * so what repairs a running kernel has to reach the others too. A live patch says at build time
 * which symbols those are: references to KLP_SYMBOL()s become .klp.rela sections, which the loader
 * resolves, and only in a module that declares itself a live patch. There is no call to lend to
 * anybody else, the list stands in the file for everyone to read, and the kernel remembers: K.
 * The loader asks for the declaration and not for the licence; what calls klp_enable_patch() needs
 * the GPL for that.
 *
 * This one replaces nothing, so that it shows no more than how far one gets.
 */
#include <linux/livepatch.h>
#include <linux/module.h>
#include "target.h"

struct reach reach;

extern u64 target(struct task_struct *p) KLP_SYMBOL(vmlinux, task_runtime_ns, 0);

static int __init livepatch_user_init(void)
{
	return call_target(".klp.rela", (unsigned long)target, 0, ktime_get_ns());
}

static void __exit livepatch_user_exit(void)
{
}

module_init(livepatch_user_init);
module_exit(livepatch_user_exit);

MODULE_INFO(livepatch, "Y");
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Reaches a function through the relocations of live patches");
