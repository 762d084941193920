/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A vendor's module, as there were many until 2020: it wants a function that the kernel keeps to
 * itself, and asks kallsyms_lookup_name() for it. vendor_honest and vendor_liar are both this file;
 * what they differ in is one word.
 */
#include <linux/kallsyms.h>
#include <linux/module.h>
#include "target.h"

struct reach reach;

static int __init vendor_init(void)
{
	u64 start = ktime_get_ns();
	unsigned long addr = kallsyms_lookup_name(REACH_TARGET);

	return call_target("kallsyms_lookup_name", addr, 1, start);
}

static void __exit vendor_exit(void)
{
}

module_init(vendor_init);
module_exit(vendor_exit);
