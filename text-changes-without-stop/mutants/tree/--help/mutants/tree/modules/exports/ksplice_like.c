// SPDX-License-Identifier: GPL-2.0
/*
 * Lesson: who paid for the closing. Ksplice patched running kernels years before the kernel could
 * do that itself, and found what it had to patch by walking all symbols. Bugs do not keep to
 * exported functions, so the need was real; the same walk served everybody else as well. Nobody
 * could keep the one and refuse the other. What has been built for the need is in livepatch_user.
 */
#include <linux/kallsyms.h>
#include <linux/module.h>
#include "target.h"

struct reach reach;

struct wanted {
	unsigned long addr;
	unsigned long seen;
};

static int match(void *data, const char *name, unsigned long addr)
{
	struct wanted *w = data;

	w->seen++;
	if (strcmp(name, REACH_TARGET))
		return 0;
	w->addr = addr;
	return 1;
}

static int __init ksplice_like_init(void)
{
	struct wanted w = { 0 };
	u64 start = ktime_get_ns();

	kallsyms_on_each_symbol(match, &w);
	pr_info("ksplice_like: %lu symbols seen\n", w.seen);
	return call_target("kallsyms_on_each_symbol", w.addr, 1, start);
}

static void __exit ksplice_like_exit(void)
{
}

module_init(ksplice_like_init);
module_exit(ksplice_like_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Walks all symbols, as Ksplice did");
