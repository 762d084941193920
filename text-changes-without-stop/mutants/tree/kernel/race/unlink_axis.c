// SPDX-License-Identifier: GPL-2.0
/* The axis of all scenarios in which a module goes: how the list of modules is changed. */
#include <stopgap/unlink_policy.h>
#include "internal.h"

const char *race_unlink_nth(const struct race_axis *axis, unsigned int i)
{
	size_t count = __stop_unlink_policies - __start_unlink_policies;

	return i < count ? __start_unlink_policies[i]->name : NULL;
}

int race_unlink_set(const struct race_axis *axis, const char *value)
{
	return unlink_policy_set(value);
}

const char *race_unlink_get(const struct race_axis *axis)
{
	return unlink_policy_get()->name;
}
