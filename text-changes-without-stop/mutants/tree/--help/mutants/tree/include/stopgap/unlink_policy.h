/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How a module enters and leaves the list that kallsyms walks without locks: the one decision that
 * makes or avoids the insmod/rmmod race. Each policy is one file in kernel/module/unlink/.
 */
#ifndef _STOPGAP_UNLINK_POLICY_H
#define _STOPGAP_UNLINK_POLICY_H

#include <linux/compiler.h>

struct module;

/**
 * struct unlink_policy - one way of changing the module list
 * @name: as given to kallsyms.unlink=
 * @what: one line for a person
 * @link: put the module on the list. Context: may sleep, module_mutex held.
 * @unlink: take it off. Its memory is freed as soon as this returns. Context: as @link.
 * @read_lock: what a reader of the list does before its walk; NULL: nothing. Context: any, also an oops
 * @read_unlock: and after it, when it no longer uses what it has found; NULL: nothing
 */
struct unlink_policy {
	const char *name;
	const char *what;
	void (*link)(struct module *mod);
	void (*unlink)(struct module *mod);
	void (*read_lock)(void);
	void (*read_unlock)(void);
};

#define UNLINK_POLICY(policy) \
	static const struct unlink_policy *const __PASTE(__unlink_policy_, policy) \
		__used __section(".unlink_policies") = &policy

extern const struct unlink_policy *const __start_unlink_policies[], *const __stop_unlink_policies[];

/*
 * Choose a policy by @name, at any time between two insmods or rmmods. A reader that is inside its walk just then is
 * protected as before. Return: 0 or -EINVAL.
 * Context: may sleep.
 */
int unlink_policy_set(const char *name);
const struct unlink_policy *unlink_policy_get(void);

/* Bracket a walk over the list of modules as the policy in force wants it. Context: any. */
static inline const struct unlink_policy *modules_read_lock(void)
{
	const struct unlink_policy *policy = unlink_policy_get();

	if (policy->read_lock)
		policy->read_lock();
	return policy;
}

/* @policy: what modules_read_lock() returned; another may be in force by now. */
static inline void modules_read_unlock(const struct unlink_policy *policy)
{
	if (policy->read_unlock)
		policy->read_unlock();
}

#endif
