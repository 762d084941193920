// SPDX-License-Identifier: GPL-2.0
/*
 * Policy "live": what comes to mind first, to ignore modules that come or go. It is not enough: between the COMING
 * handler and the end of init nobody takes care of the module, and while exit runs its functions are called without
 * the new patch.
 */
#include "../internal.h"

static bool is_live(const struct module *mod)
{
	return mod->state == MODULE_STATE_LIVE;
}

static struct module *find(const char *name)
{
	return klp_find_module(name, is_live);
}

static const struct klp_policy klp_live = {
	.name = "live",
	.what = "ignore modules that come or go",
	.find = find,
};
KLP_POLICY(klp_live);
