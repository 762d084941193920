// SPDX-License-Identifier: GPL-2.0
/*
 * One of the many modules that are loaded while others are measured: as large as small modules are,
 * with functions, data and exports of names that no other has.
 */
#include <linux/module.h>
#include <linux/printk.h>
#include <linux/slab.h>

#define ALL_NAMES(what)	what(open) what(release) what(read) what(write) what(poll) what(flush) what(lock) what(unlock)
#define NAME(what)	__PASTE(KBUILD_PREFIX, __PASTE(_, what))

static int filler_state[16];

#define FUNCTION(what)						\
int NAME(what)(unsigned int nr);				\
int NAME(what)(unsigned int nr)					\
{								\
	if (filler_state[nr % 16])				\
		pr_debug("%s: busy\n", __func__);		\
	return filler_state[nr % 16]++;				\
}								\
EXPORT_SYMBOL_GPL(NAME(what));
ALL_NAMES(FUNCTION)

static int __init filler_init(void)
{
	return 0;
}

static void __exit filler_exit(void)
{
}

module_init(filler_init);
module_exit(filler_exit);
MODULE_LICENSE("GPL");
