// SPDX-License-Identifier: GPL-2.0
/* Running the initcalls, which the linker has sorted by level. */
#include <linux/init.h>
#include <linux/kernel.h>

extern const initcall_t __initcall_start[], __initcall_end[];

void __init do_initcalls(void)
{
	const initcall_t *call;

	for (call = __initcall_start; call < __initcall_end; call++) {
		int err = (*call)();

		if (err)
			pr_warn("initcall %ps failed: %pe\n", *call, ERR_PTR(err));
	}
}
