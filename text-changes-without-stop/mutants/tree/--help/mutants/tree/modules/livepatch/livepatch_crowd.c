// SPDX-License-Identifier: GPL-2.0
/* A hundred functions for livepatch_crowd_patch to replace at once. */
#include <linux/module.h>
#include "crowd.h"

#define FUNCTION(n)							\
	static __used noinline int livepatch_crowd_##n(int x)		\
	{								\
		return x + 1##n;					\
	}
EACH(FUNCTION)

static int __init livepatch_crowd_init(void)
{
	return 0;
}

static void __exit livepatch_crowd_exit(void)
{
}

module_init(livepatch_crowd_init);
module_exit(livepatch_crowd_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Many functions to patch");
