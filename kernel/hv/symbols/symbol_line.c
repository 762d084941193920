// SPDX-License-Identifier: GPL-2.0
/*
 * The line of source that an address of code comes from, for %pS and %pB. The image's table lies behind its symbols; a
 * module's stays in its file, which the ramdisk keeps: what is loaded, and with it every address and every schedule, is
 * the same with it and without.
 *
 * Called by reports, in the middle of what they are about: takes no lock, allocates nothing.
 */
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/sprintf.h>
#include <stopgap/lines.h>

#include "lines.h"
#include "module_code.h"

extern const char _stext[];
extern const char kernel_lines[], kernel_lines_end[];

static bool find_in_module(struct source_line *found, unsigned long addr)
{
	struct module_place p;
	struct elf_image img;
	Elf64_Shdr table;

	if (!module_place_find(&p, addr) || !module_image(p.module, &img))
		return false;
	if (!elf_find_section(&img, LINES_SECTION, &table) || table.sh_type == SHT_NOBITS)
		return false;
	return !lines_find(found, img.data + table.sh_offset, table.sh_size, p.place);
}

int symbol_line(char *buf, size_t size, unsigned long addr)
{
	struct source_line at;
	bool found;

	if (is_kernel_text(addr))
		found = !lines_find(&at, kernel_lines, (size_t)(kernel_lines_end - kernel_lines),
				    (u32)(addr - (unsigned long)_stext));
	else
		found = find_in_module(&at, addr);
	return found ? scnprintf(buf, size, " (%s:%u)", at.file, at.line) : 0;
}
