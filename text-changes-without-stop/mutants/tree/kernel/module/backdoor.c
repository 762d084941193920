// SPDX-License-Identifier: GPL-2.0
/*
 * The back door of February 2020: whether modules may look up any symbol by its name, exported or
 * not. Boot parameter and run-time switch kallsyms.export=
 *
 *	none	as since then: what names these functions has an unknown symbol
 *	gpl	as before: they are GPL-only exports, and through them everything else is one
 *
 * Modules that found the door open keep what they got: symbols are resolved once, when a module is
 * loaded.
 */
#define KBUILD_MODNAME "kallsyms"

#include <linux/errno.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/moduleparam.h>
#include <linux/string.h>
#include <stopgap/backdoor.h>
#include "internal.h"

#define BACKDOOR(fn)	{ .value = (unsigned long)(fn), .name = #fn }

/* Sorted by name. */
static const struct kernel_symbol door[] = {
	BACKDOOR(kallsyms_lookup_name),
	BACKDOOR(kallsyms_on_each_symbol),
};

/* A position of the switch: how much of the door it exports. */
static const struct position {
	const char *name;
	unsigned int num_exports;
} positions[] = {
	{ "none", 0 },
	{ "gpl", ARRAY_SIZE(door) },
};

static const struct position *position = &positions[0];

const struct kernel_symbol *backdoor_exports(unsigned int *count)
{
	*count = READ_ONCE(position)->num_exports;
	return door;
}

const char *backdoor_nth(unsigned int i)
{
	return i < ARRAY_SIZE(positions) ? positions[i].name : NULL;
}

const char *backdoor_get(void)
{
	return READ_ONCE(position)->name;
}

int backdoor_set(const char *name)
{
	for (unsigned int i = 0; i < ARRAY_SIZE(positions); i++) {
		if (!strcmp(positions[i].name, name)) {
			WRITE_ONCE(position, &positions[i]);
			return 0;
		}
	}
	return -EINVAL;
}

static int param_set_export(const char *val, const struct kernel_param *kp)
{
	return backdoor_set(val);
}

static int param_get_export(char *buffer, const struct kernel_param *kp)
{
	return scnprintf(buffer, PARAM_GET_SIZE, "%s", backdoor_get());
}

static const struct kernel_param_ops export_ops = {
	.set = param_set_export,
	.get = param_get_export,
};
module_param_cb(export, &export_ops, NULL, 0644);
