/* SPDX-License-Identifier: GPL-2.0 */
/* Which MODULE_LICENSE() strings open EXPORT_SYMBOL_GPL() symbols. */
#ifndef _LINUX_LICENSE_H
#define _LINUX_LICENSE_H

#include <linux/string.h>

static inline bool license_is_gpl_compatible(const char *license)
{
	static const char *const compatible[] = {
		"GPL", "GPL v2", "GPL and additional rights",
		"Dual BSD/GPL", "Dual MIT/GPL", "Dual MPL/GPL",
	};

	for (size_t i = 0; i < sizeof(compatible) / sizeof(compatible[0]); i++)
		if (!strcmp(license, compatible[i]))
			return true;
	return false;
}

#endif
