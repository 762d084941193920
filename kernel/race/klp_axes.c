// SPDX-License-Identifier: GPL-2.0
/* The axes klp= and consistency=: the parameters klp.policy and klp.consistency, for one run. */
#include <stopgap/klp_consistency.h>
#include <stopgap/klp_policy.h>
#include "klp.h"

const char *klp_policy_axis_nth(const struct race_axis *axis, unsigned int i)
{
	return i < (size_t)(__stop_klp_policies - __start_klp_policies) ? __start_klp_policies[i]->name : NULL;
}

int klp_policy_axis_set(const struct race_axis *axis, const char *value)
{
	return klp_policy_set(value);
}

const char *klp_policy_axis_get(const struct race_axis *axis)
{
	return klp_policy_get()->name;
}

const char *klp_consistency_axis_nth(const struct race_axis *axis, unsigned int i)
{
	return i < (size_t)(__stop_klp_consistencies - __start_klp_consistencies) ? __start_klp_consistencies[i]->name : NULL;
}

int klp_consistency_axis_set(const struct race_axis *axis, const char *value)
{
	return klp_consistency_set(value);
}

const char *klp_consistency_axis_get(const struct race_axis *axis)
{
	return klp_consistency_get()->name;
}
