/* SPDX-License-Identifier: GPL-2.0 */
/* Instructions that may fault, and where to go on if they do. Entries are relative, so they need no relocation. */
#ifndef _LINUX_EXTABLE_H
#define _LINUX_EXTABLE_H

#include <linux/types.h>

struct exception_table_entry {
	s32 insn;	/* from this member's address to the instruction */
	s32 fixup;	/* from this member's address to the place to go on */
};

static inline unsigned long extable_insn(const struct exception_table_entry *e)
{
	return (unsigned long)&e->insn + (unsigned long)(long)e->insn;
}

static inline unsigned long extable_fixup(const struct exception_table_entry *e)
{
	return (unsigned long)&e->fixup + (unsigned long)(long)e->fixup;
}

/* The entry for the instruction at @addr in the kernel or a module, or NULL. Context: any. */
const struct exception_table_entry *search_exception_tables(unsigned long addr);

/* The entry for @addr in one table. Context: any. */
const struct exception_table_entry *search_extable(const struct exception_table_entry *base, size_t num,
						   unsigned long addr);

#endif
