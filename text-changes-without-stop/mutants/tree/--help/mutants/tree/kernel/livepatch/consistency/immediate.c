// SPDX-License-Identifier: GPL-2.0
/*
 * Consistency "immediate": a patch takes effect function by function, for everybody at once, as in 2015. A thread in the
 * middle of a caller can see the old version of one function and the new one of the next. That is good enough for
 * patches whose functions, old and new, can be mixed.
 */
#include "../internal.h"

static int enable(struct klp_patch *patch)
{
	return klp_enable_objects(patch);
}

static void disable(struct klp_patch *patch)
{
	klp_disable_objects(patch);
	klp_put_patch(patch);
}

static const struct klp_consistency klp_immediate = {
	.name = "immediate",
	.what = "every call goes to the new function at once (2015)",
	.enable = enable,
	.disable = disable,
};
KLP_CONSISTENCY(klp_immediate);
