// SPDX-License-Identifier: GPL-2.0
/*
 * Telling others of modules that come (before init), are live (after it) and go (after exit, or a
 * failed init).
 */
#include <linux/notifier.h>
#include "internal.h"

static BLOCKING_NOTIFIER_HEAD(module_notify_list);

int register_module_notifier(struct notifier_block *nb)
{
	return blocking_notifier_chain_register(&module_notify_list, nb);
}
EXPORT_SYMBOL(register_module_notifier);

int unregister_module_notifier(struct notifier_block *nb)
{
	return blocking_notifier_chain_unregister(&module_notify_list, nb);
}
EXPORT_SYMBOL(unregister_module_notifier);

/*
 * Announce @mod. Return: 0, or the errno of who does not want it; those asked before were told it
 * is going.
 */
int module_notify_coming(struct module *mod)
{
	int ret = blocking_notifier_call_chain_robust(&module_notify_list, MODULE_STATE_COMING,
						      MODULE_STATE_GOING, mod);

	return notifier_to_errno(ret);
}

void module_notify(struct module *mod, enum module_state state)
{
	blocking_notifier_call_chain(&module_notify_list, state, mod);
}
