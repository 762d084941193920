/* SPDX-License-Identifier: GPL-2.0 */
/*
 * When a patch takes effect for whom, one file for each answer in kernel/livepatch/consistency/: boot parameter
 * klp.consistency=, or "set klp.consistency=NAME" at any time. A transition that is under way goes on.
 */
#ifndef _STOPGAP_KLP_CONSISTENCY_H
#define _STOPGAP_KLP_CONSISTENCY_H

#include <linux/compiler.h>

struct klp_patch;

/**
 * struct klp_consistency - one answer
 * @name: as given to klp.consistency=
 * @what: one line for a person
 * @enable: enable a patch that may be enabled, with a reference to its module. Return: 0, or an errno with nothing
 *	enabled
 * @disable: begin to disable one that may be disabled, and see that klp_put_patch() is called when it has been
 *
 * klp_mutex is held, and no patch is in transition.
 */
struct klp_consistency {
	const char *name;
	const char *what;
	int (*enable)(struct klp_patch *patch);
	void (*disable)(struct klp_patch *patch);
};

#define KLP_CONSISTENCY(consistency) \
	static const struct klp_consistency *const __PASTE(__klp_consistency_, consistency) \
		__used __section(".klp_consistencies") = &consistency

extern const struct klp_consistency *const __start_klp_consistencies[], *const __stop_klp_consistencies[];

/* Choose by @name. Return: 0 or -EINVAL. Context: any. */
int klp_consistency_set(const char *name);
const struct klp_consistency *klp_consistency_get(void);

#endif
