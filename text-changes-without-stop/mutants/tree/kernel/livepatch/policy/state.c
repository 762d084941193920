// SPDX-License-Identifier: GPL-2.0
/*
 * Policy "state": one more module state, in which a module can be found but is not in use: PARKED, before its COMING
 * handler and after its GOING handler. New patches ignore parked modules. It does what the boolean does; but the states
 * are looked at in many places, and each has to learn what PARKED means to it.
 */
#include "../internal.h"

static bool is_in_use(const struct module *mod)
{
	return mod->state != MODULE_STATE_PARKED;
}

static struct module *find(const char *name)
{
	return klp_find_module(name, is_in_use);
}

static void set_state(struct module *mod, enum module_state state)
{
	mutex_lock(&module_mutex);
	WRITE_ONCE(mod->state, state);
	mutex_unlock(&module_mutex);
}

static void coming(struct module *mod)
{
	set_state(mod, MODULE_STATE_COMING);
}

static void going(struct module *mod)
{
	set_state(mod, MODULE_STATE_PARKED);
}

static const struct klp_policy klp_state = {
	.name = "state",
	.what = "one more module state, for before and after the handlers",
	.find = find,
	.coming = coming,
	.going = going,
	.arrival = MODULE_STATE_PARKED,
};
KLP_POLICY(klp_state);
