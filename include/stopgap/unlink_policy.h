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
 */
struct unlink_policy {
	const char *name;
	const char *what;
	void (*link)(struct module *mod);
	void (*unlink)(struct module *mod);
};

#define UNLINK_POLICY(policy) \
	static const struct unlink_policy *const __PASTE(__unlink_policy_, policy) \
		__used __section(".unlink_policies") = &policy

extern const struct unlink_policy *const __start_unlink_policies[], *const __stop_unlink_policies[];

/*
 * Choose a policy by @name, at any time between two insmods or rmmods. Return: 0 or -EINVAL.
 * Context: may sleep.
 */
int unlink_policy_set(const char *name);
const struct unlink_policy *unlink_policy_get(void);

#endif
