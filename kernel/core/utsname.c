// SPDX-License-Identifier: GPL-2.0
/* The kernel's name, as modules ask for it. */
#include <linux/export.h>
#include <linux/utsname.h>
#include <linux/vermagic.h>

static struct new_utsname name = {
	.sysname = "stopgap",
	.nodename = "pseries",
	.release = UTS_RELEASE,
	.version = "SMP",
	.machine = "ppc64",
	.domainname = "(none)",
};

struct new_utsname *utsname(void)
{
	return &name;
}
EXPORT_SYMBOL(utsname);
