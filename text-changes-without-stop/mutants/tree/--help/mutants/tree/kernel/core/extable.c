// SPDX-License-Identifier: GPL-2.0
/* Looking an instruction up in the exception tables of the kernel and its modules. */
#include <linux/extable.h>
#include <linux/kallsyms.h>
#include <linux/module.h>
#include <stopgap/vmap.h>

extern const struct exception_table_entry __start___ex_table[], __stop___ex_table[];

const struct exception_table_entry *search_extable(const struct exception_table_entry *base, size_t num,
						   unsigned long addr)
{
	size_t i;

	for (i = 0; i < num; i++)
		if (extable_insn(&base[i]) == addr)
			return &base[i];
	return NULL;
}

/*
 * The list of modules is looked at only for an address that can be a module's: if it is a walk of that very list which
 * faults, a search there would fault again, without end.
 */
const struct exception_table_entry *search_exception_tables(unsigned long addr)
{
	size_t num = (size_t)(__stop___ex_table - __start___ex_table);

	if (is_kernel_text(addr))
		return search_extable(__start___ex_table, num, addr);
	return addr - VMAP_START < VMAP_SIZE ? search_module_extables(addr) : NULL;
}
