/* SPDX-License-Identifier: GPL-2.0 */
/* How every patch of this folder begins: registered and enabled, or neither. */
#ifndef _LIVEPATCH_START_H
#define _LIVEPATCH_START_H

#include <linux/livepatch.h>

static inline int start_patch(struct klp_patch *patch)
{
	int err = klp_register_patch(patch);

	if (err)
		return err;
	err = klp_enable_patch(patch);
	if (err)
		klp_unregister_patch(patch);
	return err;
}

#endif
