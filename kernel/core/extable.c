// SPDX-License-Identifier: GPL-2.0
/* Looking an instruction up in the exception tables of the kernel and its modules. */
#include <linux/extable.h>
#include <linux/module.h>

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

const struct exception_table_entry *search_exception_tables(unsigned long addr)
{
	const struct exception_table_entry *e;

	e = search_extable(__start___ex_table, (size_t)(__stop___ex_table - __start___ex_table), addr);
	return e ? e : search_module_extables(addr);
}
