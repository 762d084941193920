// SPDX-License-Identifier: GPL-2.0
/*
 * Which policy for coming and going modules is in force: boot parameter klp.policy=, or klp_policy_set() at any time.
 * And what the policies have in common.
 */
#define KBUILD_MODNAME "klp"

#include <linux/errno.h>
#include <linux/init.h>
#include <linux/moduleparam.h>
#include <linux/mutex.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include <stopgap/module_wq.h>
#include "../internal.h"

#define DEFAULT_POLICY	"alive"

long klp_patience = 5 * HZ;

static const struct klp_policy *current_policy;

static const struct klp_policy *find_policy(const char *name)
{
	for (const struct klp_policy *const *p = __start_klp_policies; p < __stop_klp_policies; p++)
		if (!strcmp((*p)->name, name))
			return *p;
	return NULL;
}

int klp_policy_set(const char *name)
{
	const struct klp_policy *policy = find_policy(name);

	if (!policy)
		return -EINVAL;
	WRITE_ONCE(current_policy, policy);
	return 0;
}

const struct klp_policy *klp_policy_get(void)
{
	return READ_ONCE(current_policy);
}

/* Here and not by whoever asks first: in an explored run that would be a step which later runs do not take. */
static int __init klp_policy_init(void)
{
	return current_policy ? 0 : klp_policy_set(DEFAULT_POLICY);
}
core_initcall(klp_policy_init);

static int param_set_policy(const char *val, const struct kernel_param *kp)
{
	return klp_policy_set(val);
}

static int param_get_policy(char *buffer, const struct kernel_param *kp)
{
	return scnprintf(buffer, PARAM_GET_SIZE, "%s", klp_policy_get()->name);
}

static const struct kernel_param_ops policy_ops = {
	.set = param_set_policy,
	.get = param_get_policy,
};
module_param_cb(policy, &policy_ops, NULL, 0644);

struct module *klp_find_module(const char *name, bool (*wanted)(const struct module *mod))
{
	struct module *mod;

	mutex_lock(&module_mutex);
	mod = find_module(name);
	if (mod && wanted && !wanted(mod))
		mod = NULL;
	mutex_unlock(&module_mutex);
	return mod;
}

static bool is_moving(const struct module *mod)
{
	return mod->state != MODULE_STATE_LIVE;
}

bool klp_is_settled(const char *name)
{
	return !klp_find_module(name, is_moving);
}

int klp_wait_settled(const char *name)
{
	bool settled;

	klp_remark("waits for %s", name);
	current->waits_for = name;
	settled = wait_event_timeout(module_wq, klp_is_settled(name), klp_patience);
	current->waits_for = NULL;
	if (settled)
		return 0;
	pr_err("livepatch: gave up waiting for %s, which neither comes nor goes\n", name);
	return -ETIMEDOUT;
}
