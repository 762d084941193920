// SPDX-License-Identifier: GPL-2.0
/*
 * What must not be probed: whole rooms, which the linker puts side by side (KPROBES_NEED in linker.ld), and functions
 * that are named (NOKPROBE_SYMBOL).
 */
#include <linux/kallsyms.h>

#include "internal.h"

extern char __kprobes_text_start[], __kprobes_text_end[];
extern const unsigned long __start__kprobe_blacklist[], __stop__kprobe_blacklist[];

static bool is_listed(unsigned long function)
{
	const unsigned long *entry;

	for (entry = __start__kprobe_blacklist; entry < __stop__kprobe_blacklist; entry++)
		if (*entry == function)
			return true;
	return false;
}

bool within_kprobe_blacklist(unsigned long addr)
{
	unsigned long size, offset;

	if (addr >= (unsigned long)__kprobes_text_start && addr < (unsigned long)__kprobes_text_end)
		return true;
	return kallsyms_lookup_size_offset(addr, &size, &offset) && is_listed(addr - offset);
}
