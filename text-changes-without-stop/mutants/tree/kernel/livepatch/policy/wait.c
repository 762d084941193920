// SPDX-License-Identifier: GPL-2.0
/*
 * Policy "wait": a new patch waits until the modules it patches have come or gone. The handler of such a module needs
 * klp_mutex, so registration has to let it go in the middle, and to begin again afterwards.
 *
 * Policy "wait_locked" does not let go of it: the patch waits for the module, whose handler waits for the mutex.
 */
#include <linux/err.h>
#include <linux/errno.h>
#include "../internal.h"

static struct module *find(const char *name)
{
	return klp_is_settled(name) ? klp_find_module(name, NULL) : ERR_PTR(-EAGAIN);
}

static const struct klp_policy klp_wait = {
	.name = "wait",
	.what = "wait, without klp_mutex, until the modules of a patch have come or gone",
	.find = find,
	.settle = klp_wait_settled,
};
KLP_POLICY(klp_wait);

static struct module *find_locked(const char *name)
{
	int err = klp_wait_settled(name);

	return err ? ERR_PTR(err) : klp_find_module(name, NULL);
}

static const struct klp_policy klp_wait_locked = {
	.name = "wait_locked",
	.what = "the same, but with klp_mutex held",
	.find = find_locked,
};
KLP_POLICY(klp_wait_locked);
