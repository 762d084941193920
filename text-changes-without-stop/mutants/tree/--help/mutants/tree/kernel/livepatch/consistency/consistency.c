// SPDX-License-Identifier: GPL-2.0
/* How patches are enabled and disabled from now on: parameter klp.consistency=. */
#define KBUILD_MODNAME "klp"

#include <linux/errno.h>
#include <linux/moduleparam.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include "../internal.h"

#define DEFAULT_CONSISTENCY	"immediate"

static const struct klp_consistency *current_consistency;

int klp_consistency_set(const char *name)
{
	for (const struct klp_consistency *const *c = __start_klp_consistencies; c < __stop_klp_consistencies; c++) {
		if (strcmp((*c)->name, name))
			continue;
		WRITE_ONCE(current_consistency, *c);
		return 0;
	}
	return -EINVAL;
}

const struct klp_consistency *klp_consistency_get(void)
{
	if (!READ_ONCE(current_consistency))
		klp_consistency_set(DEFAULT_CONSISTENCY);
	return READ_ONCE(current_consistency);
}

static int param_set_consistency(const char *val, const struct kernel_param *kp)
{
	return klp_consistency_set(val);
}

static int param_get_consistency(char *buffer, const struct kernel_param *kp)
{
	return scnprintf(buffer, PARAM_GET_SIZE, "%s", klp_consistency_get()->name);
}

static const struct kernel_param_ops consistency_ops = {
	.set = param_set_consistency,
	.get = param_get_consistency,
};
module_param_cb(consistency, &consistency_ops, NULL, 0644);
