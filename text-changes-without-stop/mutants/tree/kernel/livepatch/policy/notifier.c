// SPDX-License-Identifier: GPL-2.0
/*
 * Policy "notifier": before the fix of March 2015. A patch that is registered takes care of every module it can find,
 * in whatever state. A module that comes is found before its handler has run, so the new patch is on the stack first,
 * and the older ones end above it. One that goes is found after its handler has run, and nobody takes the patch off
 * again before the memory is freed.
 */
#include "../internal.h"

static struct module *find(const char *name)
{
	return klp_find_module(name, NULL);
}

static const struct klp_policy klp_notifier = {
	.name = "notifier",
	.what = "take care of any module that can be found (before March 2015)",
	.find = find,
};
KLP_POLICY(klp_notifier);
