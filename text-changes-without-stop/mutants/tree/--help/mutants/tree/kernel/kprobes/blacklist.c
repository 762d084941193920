// SPDX-License-Identifier: GPL-2.0
/*
 * What must not be probed: whole rooms, which the linker puts side by side (KPROBES_NEED in linker.ld), and functions
 * that are named (NOKPROBE_SYMBOL, __kprobes), in modules too.
 */
#include <linux/kallsyms.h>
#include <linux/module.h>
#include <stopgap/unlink_policy.h>

#include "internal.h"

extern char __kprobes_text_start[], __kprobes_text_end[];
extern const unsigned long __start__kprobe_blacklist[], __stop__kprobe_blacklist[];

static bool is_listed(unsigned long function, const unsigned long *list, unsigned long n)
{
	while (n--)
		if (list[n] == function)
			return true;
	return false;
}

static bool is_listed_in_kernel(unsigned long addr, unsigned long function)
{
	if (addr >= (unsigned long)__kprobes_text_start && addr < (unsigned long)__kprobes_text_end)
		return true;
	return is_listed(function, __start__kprobe_blacklist,
			 (unsigned long)(__stop__kprobe_blacklist - __start__kprobe_blacklist));
}

static bool is_listed_in_module(unsigned long addr, unsigned long function)
{
	const struct unlink_policy *policy = modules_read_lock();
	const struct module *mod = __module_text_address(addr);
	bool listed = mod && (addr - (unsigned long)mod->kprobes_text < mod->kprobes_text_size ||
			      is_listed(function, mod->kprobe_blacklist, mod->num_kprobe_blacklist));

	modules_read_unlock(policy);
	return listed;
}

bool within_kprobe_blacklist(unsigned long addr)
{
	unsigned long size, offset;

	if (!kallsyms_lookup_size_offset(addr, &size, &offset))
		offset = 0;
	return is_kernel_text(addr) ? is_listed_in_kernel(addr, addr - offset) : is_listed_in_module(addr, addr - offset);
}
