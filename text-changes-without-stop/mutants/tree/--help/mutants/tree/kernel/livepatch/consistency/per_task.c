// SPDX-License-Identifier: GPL-2.0
/*
 * Consistency "per-task": each thread changes from all old functions of a patch to all new ones, when it is in none of
 * them. Until the last one has, the patch is in transition, and no other can be enabled or disabled.
 */
#include "../internal.h"
#include "../transition.h"

static int enable(struct klp_patch *patch)
{
	int err;

	klp_init_transition(patch, KLP_PATCHED);
	err = klp_enable_objects(patch);
	if (err) {
		klp_cancel_transition();
		return err;
	}
	klp_start_transition();
	klp_try_complete_transition();
	return 0;
}

static void disable(struct klp_patch *patch)
{
	klp_init_transition(patch, KLP_UNPATCHED);
	patch->state = KLP_DISABLED;
	klp_start_transition();
	klp_try_complete_transition();
}

static const struct klp_consistency klp_per_task = {
	.name = "per-task",
	.what = "each thread changes when it is in none of the patch's functions (2017)",
	.enable = enable,
	.disable = disable,
};
KLP_CONSISTENCY(klp_per_task);
