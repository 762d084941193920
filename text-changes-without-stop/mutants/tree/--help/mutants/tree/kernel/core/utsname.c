// SPDX-License-Identifier: GPL-2.0
/* The kernel's name, as modules ask for it. */
#include <linux/export.h>
#include <linux/utsname.h>
#include <linux/vermagic.h>

struct uts_namespace init_uts_ns = { {
	.sysname = "stopgap",
	.nodename = "pseries",
	.release = UTS_RELEASE,
	.version = "SMP",
	.machine = "ppc64",
	.domainname = "(none)",
} };
EXPORT_SYMBOL_GPL(init_uts_ns);
