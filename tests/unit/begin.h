/* SPDX-License-Identifier: GPL-2.0 */
/* Begin to dispatch by a policy, as the tests of policies do: once at a time, with the largest arena there may be. */
#ifndef _BEGIN_H
#define _BEGIN_H

#include <stopgap/dispatch.h>

#include "unit.h"

static char arena[DISPATCH_ARENA_SIZE] __aligned(16);

static void begin(struct dispatch *d, const char *policy, struct dispatch_params params)
{
	int err = dispatch_begin(d, dispatch_policy_find(policy), &params, arena, sizeof(arena));

	CHECK_EQ(err, 0);
}

#endif
