/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How livepatching keeps out of the way of modules that come and go: the one decision that makes or avoids the two
 * races of 2015. Each policy is one file in kernel/livepatch/policy/.
 *
 * A module that comes is on the list, and can be found by its name, before the COMING handler of livepatching has
 * seen it; one that goes can still be found after the GOING handler has. A patch that is registered just then has to
 * be told whether to take care of the module itself, or to leave it to the handler.
 */
#ifndef _STOPGAP_KLP_POLICY_H
#define _STOPGAP_KLP_POLICY_H

#include <linux/compiler.h>
#include <linux/module.h>

struct klp_patch;

/**
 * struct klp_policy - one way of settling it
 * @name: as given to klp.policy=
 * @what: one line for a person
 * @begin: before a patch is registered or enabled, klp_mutex not held. Return: 0, or an errno that refuses. May sleep
 * @end: afterwards, likewise
 * @find: the module that a patch being registered has to take care of; NULL: there is none, or its handler will.
 *	ERR_PTR() refuses the patch; -EAGAIN lets klp_mutex go, calls @settle and begins again. klp_mutex is held
 * @settle: wait until @find will have another answer. klp_mutex not held. Return: 0, or an errno that refuses
 * @may_move: may this module become COMING or GOING? Asked under module_mutex; whoever changes the answer wakes
 *	module_wq
 * @coming: the COMING handler begins; klp_mutex is held. So is it for the next two
 * @come: it has enabled what there is to be enabled
 * @going: the GOING handler begins
 * @arrival: the state of a module from when it can be found until @coming
 *
 * All but @name, @what and @find may be left out.
 */
struct klp_policy {
	const char *name;
	const char *what;
	int (*begin)(const struct klp_patch *patch);
	void (*end)(const struct klp_patch *patch);
	struct module *(*find)(const char *name);
	int (*settle)(const char *name);
	bool (*may_move)(const struct module *mod);
	void (*coming)(struct module *mod);
	void (*come)(struct module *mod);
	void (*going)(struct module *mod);
	enum module_state arrival;
};

#define KLP_POLICY(policy) \
	static const struct klp_policy *const __PASTE(__klp_policy_, policy) \
		__used __section(".klp_policies") = &policy

extern const struct klp_policy *const __start_klp_policies[], *const __stop_klp_policies[];

/* Choose a policy by @name, while no patch or module is on the move. Return: 0 or -EINVAL. Context: may sleep. */
int klp_policy_set(const char *name);
const struct klp_policy *klp_policy_get(void);

/* How long a policy waits, in jiffies, before it calls it a deadlock: no module's init or exit takes longer. */
extern long klp_patience;

/* ---- for the module loader; Context: module_mutex held ---- */

static inline bool klp_may_move(const struct module *mod)
{
	const struct klp_policy *policy = klp_policy_get();

	return !policy->may_move || policy->may_move(mod);
}

static inline enum module_state klp_arrival_state(void)
{
	return klp_policy_get()->arrival ?: MODULE_STATE_COMING;
}

#endif
