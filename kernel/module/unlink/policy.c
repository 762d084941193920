// SPDX-License-Identifier: GPL-2.0
/*
 * Which unlink policy is in force: boot parameter kallsyms.unlink=, or unlink_policy_set() at any
 * time.
 */
#define KBUILD_MODNAME "kallsyms"

#include <linux/errno.h>
#include <linux/init.h>
#include <linux/moduleparam.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include <stopgap/unlink_policy.h>

#define DEFAULT_POLICY	"stop_machine"

static const struct unlink_policy *current_policy;

static const struct unlink_policy *find_policy(const char *name)
{
	for (const struct unlink_policy *const *p = __start_unlink_policies;
	     p < __stop_unlink_policies; p++)
		if (!strcmp((*p)->name, name))
			return *p;
	return NULL;
}

int unlink_policy_set(const char *name)
{
	const struct unlink_policy *policy = find_policy(name);

	if (!policy)
		return -EINVAL;
	WRITE_ONCE(current_policy, policy);
	return 0;
}

const struct unlink_policy *unlink_policy_get(void)
{
	return READ_ONCE(current_policy);
}

/* Here and not by whoever asks first: in an explored run that would be a step which later runs do not take. */
static int __init unlink_policy_init(void)
{
	return current_policy ? 0 : unlink_policy_set(DEFAULT_POLICY);
}
core_initcall(unlink_policy_init);

static int param_set_unlink(const char *val, const struct kernel_param *kp)
{
	return unlink_policy_set(val);
}

static int param_get_unlink(char *buffer, const struct kernel_param *kp)
{
	return scnprintf(buffer, PARAM_GET_SIZE, "%s", unlink_policy_get()->name);
}

static const struct kernel_param_ops unlink_ops = {
	.set = param_set_unlink,
	.get = param_get_unlink,
};
module_param_cb(unlink, &unlink_ops, NULL, 0644);
