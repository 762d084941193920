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
#include <linux/module.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include <stopgap/lines.h>
#include <stopgap/ramdisk.h>

#include "../../module/cmds.h"
#include "../../module/elf_check.h"
#include "lines.h"

extern const char _stext[];
extern const char kernel_lines[], kernel_lines_end[];

/* An address in a module: @offset bytes behind its symbol @name. */
struct module_place {
	char module[MODULE_NAME_LEN];
	char name[KSYM_NAME_LEN + 1];
	unsigned long offset;
};

static bool find_symbol(const struct elf_image *img, const char *name, Elf64_Sym *sym)
{
	for (unsigned int i = 1; i < img->num_syms; i++) {
		elf_symbol(img, i, sym);
		if (ELF64_ST_TYPE(sym->st_info) == STT_FUNC && sym->st_shndx < img->shnum &&
		    !strcmp(img->strtab + sym->st_name, name))
			return true;
	}
	return false;
}

/* Where section @index begins, with those that can be executed one after the other. */
static u32 section_place(const struct elf_image *img, unsigned int index)
{
	u32 place = 0;
	Elf64_Shdr s;

	for (unsigned int i = 1; i < index; i++) {
		elf_section(img, i, &s);
		if (s.sh_flags & SHF_EXECINSTR)
			place += ((u32)s.sh_size + 3) & ~3u;
	}
	return place;
}

static bool find_in_file(struct source_line *found, const struct ramdisk_file *file,
			 const struct module_place *place)
{
	struct elf_error err;
	struct elf_image img;
	Elf64_Shdr table;
	Elf64_Sym sym;

	if (elf_check_module(&img, file->data, file->size, NULL, &err))
		return false;
	if (!elf_find_section(&img, LINES_SECTION, &table) || table.sh_type == SHT_NOBITS)
		return false;
	if (!find_symbol(&img, place->name, &sym))
		return false;
	return !lines_find(found, img.data + table.sh_offset, table.sh_size,
			   section_place(&img, sym.st_shndx) + (u32)(sym.st_value + place->offset));
}

static bool find_in_module(struct source_line *found, unsigned long addr)
{
	struct module_place place;
	struct ramdisk_file file;
	unsigned long size;
	char *module;

	if (!kallsyms_lookup(addr, &size, &place.offset, &module, place.name) || !module)
		return false;
	strscpy(place.module, module, sizeof(place.module));
	return !find_module_file(place.module, &file) && find_in_file(found, &file, &place);
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
