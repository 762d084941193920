// SPDX-License-Identifier: GPL-2.0
/*
 * A function for other modules, which counts nobody and sleeps.
 *
 * Whoever calls foo_answer() was linked against it by insmod, which counted that module as a user of this one, and
 * only rmmod of that module undoes it. So this module stays for as long as any module is there that could be inside.
 * The caller has to see to it that *he* stays.
 */
#include <linux/export.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/slab.h>

#include "foo_lib.h"

int foo_answer(void)
{
	int *answer = kmalloc(sizeof(*answer), GFP_KERNEL);	/* may sleep */
	int value;

	if (!answer)
		return -ENOMEM;
	*answer = 42;
	value = *answer;
	kfree(answer);
	return value;
}
EXPORT_SYMBOL(foo_answer);

static int __init lib_init(void)
{
	return 0;
}

static void __exit lib_exit(void)
{
}

module_init(lib_init);
module_exit(lib_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Exports a function that sleeps");
