// SPDX-License-Identifier: GPL-2.0
/*
 * Where the function entry sites are. The kernel's are in a table made at link time (sites.h), a module's in one that
 * the loader makes from its relocations: offsets from the start of its core, sorted, those in init memory last.
 *
 * GCC leaves "mflr r0; bl _mcount" behind the setting of r2, where both entry points of a function pass. The call has
 * become a nop before anybody can pass it: in the kernel on the first lines of the boot, in a module while it is
 * relocated.
 */
#include <asm/cacheflush.h>
#include <asm/patch.h>
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/ftrace.h>
#include <linux/init.h>
#include <linux/kallsyms.h>
#include <linux/module.h>
#include <stopgap/unlink_policy.h>

#include "sites.h"

extern char _stext[], _etext[];
extern const u16 ftrace_site_first[FTRACE_SITE_BUCKETS + 1], ftrace_site_low[];

static unsigned long kernel_site(unsigned int bucket, unsigned int i)
{
	return (unsigned long)_stext + ((unsigned long)bucket << FTRACE_SITE_SHIFT) +
	       ftrace_site_low[i] * sizeof(u32);
}

static unsigned long module_site(const struct module *mod, unsigned int i)
{
	return (unsigned long)mod->core_layout.base + mod->ftrace_sites[i];
}

void __init ftrace_init(void)
{
	for (unsigned int b = 0; b < FTRACE_SITE_BUCKETS; b++)
		for (unsigned int i = ftrace_site_first[b]; i < ftrace_site_first[b + 1]; i++)
			*(u32 *)kernel_site(b, i) = PPC_INST_NOP;
	flush_icache_range((unsigned long)_stext, (unsigned long)_etext);
}

/* The first site at or behind @ip in its bucket of the kernel, or 0. */
static unsigned long search_kernel(unsigned long ip)
{
	unsigned int bucket = (ip - (unsigned long)_stext) >> FTRACE_SITE_SHIFT;
	unsigned int lo, hi, mid;

	if (ip < (unsigned long)_stext || bucket >= FTRACE_SITE_BUCKETS)
		return 0;
	lo = ftrace_site_first[bucket];
	hi = ftrace_site_first[bucket + 1];
	while (lo < hi) {
		mid = (lo + hi) / 2;
		if (kernel_site(bucket, mid) < ip)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < ftrace_site_first[bucket + 1] ? kernel_site(bucket, lo) : 0;
}

/* The first site at or behind @ip in the module, or 0. */
static unsigned long search_module(const struct module *mod, unsigned long ip)
{
	unsigned int lo = 0, hi = READ_ONCE(mod->num_ftrace_sites), num = hi, mid;

	while (lo < hi) {
		mid = (lo + hi) / 2;
		if (module_site(mod, mid) < ip)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < num ? module_site(mod, lo) : 0;
}

unsigned long ftrace_location_range(unsigned long start, unsigned long end)
{
	const struct unlink_policy *policy = modules_read_lock();
	const struct module *mod = __module_address(start);
	unsigned long site = mod ? search_module(mod, start) : search_kernel(start);

	modules_read_unlock(policy);
	return site && site <= end ? site : 0;
}
EXPORT_SYMBOL_GPL(ftrace_location_range);

unsigned long ftrace_location(unsigned long ip)
{
	unsigned long size, offset, site = ftrace_location_range(ip, ip);

	if (site || !kallsyms_lookup_size_offset(ip, &size, &offset) || offset)
		return site;
	return ftrace_location_range(ip, ip + size - 1);
}
EXPORT_SYMBOL_GPL(ftrace_location);

static int for_each_kernel_site(int (*fn)(void *data, unsigned long ip), void *data)
{
	int ret = 0;

	for (unsigned int b = 0; b < FTRACE_SITE_BUCKETS; b++)
		for (unsigned int i = ftrace_site_first[b]; i < ftrace_site_first[b + 1] && !ret; i++)
			ret = fn(data, kernel_site(b, i));
	return ret;
}

int ftrace_for_each_site(const struct module *mod, int (*fn)(void *data, unsigned long ip), void *data)
{
	int ret = 0;

	if (!mod)
		return for_each_kernel_site(fn, data);
	for (unsigned int i = 0; i < mod->num_ftrace_sites && !ret; i++)
		ret = fn(data, module_site(mod, i));
	return ret;
}
