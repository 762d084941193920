// SPDX-License-Identifier: GPL-2.0
/*
 * Policy "alive": the fix of March 2015. One boolean in struct module is true from the COMING handler to the GOING
 * handler, and changes under klp_mutex. While it is true the handler has done its work, and a new patch does its own;
 * while it is false the handler will do all the work, or there is nothing left to be done.
 *
 * A module that goes is alive until its exit has returned: its functions may be called as long, and if the new patch
 * changes what they mean, all of them have to change.
 */
#include "../internal.h"

static bool is_alive(const struct module *mod)
{
	return mod->klp_alive;
}

static struct module *find(const char *name)
{
	return klp_find_module(name, is_alive);
}

static const struct klp_policy klp_alive = {
	.name = "alive",
	.what = "take care of modules between their handlers (the fix of March 2015)",
	.find = find,
};
KLP_POLICY(klp_alive);
