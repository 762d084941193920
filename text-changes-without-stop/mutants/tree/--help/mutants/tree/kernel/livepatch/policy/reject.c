// SPDX-License-Identifier: GPL-2.0
/*
 * Policy "reject": no new patch while a module it patches comes or goes. Whoever wants the patch has to try again,
 * for as long as somebody goes on loading and unloading the module.
 */
#include <linux/err.h>
#include <linux/errno.h>
#include "../internal.h"

static struct module *find(const char *name)
{
	struct module *mod = klp_find_module(name, NULL);

	return mod && READ_ONCE(mod->state) != MODULE_STATE_LIVE ? ERR_PTR(-EBUSY) : mod;
}

static const struct klp_policy klp_reject = {
	.name = "reject",
	.what = "refuse a patch while a module it patches comes or goes",
	.find = find,
};
KLP_POLICY(klp_reject);
