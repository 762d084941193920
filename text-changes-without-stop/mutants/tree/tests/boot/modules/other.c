// SPDX-License-Identifier: GPL-2.0
/* The other half of the module: what is far away for the compiler, and near for the loader. */
#include <linux/module.h>
#include "everything.h"

DEFINE_PER_CPU(long, everything_per_cpu) = 17;

int everything_other(int x)
{
	return x + 94 + everything_shared;
}

int (*everything_pick(void))(int x)
{
	return everything_other;
}
