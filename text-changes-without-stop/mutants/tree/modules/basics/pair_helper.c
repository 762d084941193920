// SPDX-License-Identifier: GPL-2.0
/* The other half of pair.ko. */
#include "pair.h"

int pair_helper(void)
{
	return 7;
}
