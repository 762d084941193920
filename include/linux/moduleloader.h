/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Between the generic loader (kernel/module/) and what an architecture does for it
 * (arch/powerpc/module*.c).
 */
#ifndef _LINUX_MODULELOADER_H
#define _LINUX_MODULELOADER_H

#include <linux/elf.h>
#include <linux/types.h>

struct module;

/**
 * struct load_info - a module being loaded
 * @name: of the module, inside the image
 * @mod: its struct module: NULL before the sections are laid out, then in the module's own memory
 * @sechdrs: copies of the section headers; sh_addr is where the section's bytes are now
 * @shnum: how many
 * @secstrings: section names
 * @syms: copies of the symbols; st_value becomes the address once resolved
 * @num_syms: how many
 * @strtab: symbol names
 * @sym_note: a word per symbol for the architecture, zero at first
 * @num_stubs: how many calls leave the module, as module_arch_count_stubs() said
 * @modinfo: section index of .modinfo
 * @this_module: section index of .gnu.linkonce.this_module
 */
struct load_info {
	const char *name;
	struct module *mod;
	Elf64_Shdr *sechdrs;
	unsigned int shnum;
	const char *secstrings;
	Elf64_Sym *syms;
	unsigned int num_syms;
	const char *strtab;
	u32 *sym_note;
	unsigned int num_stubs;
	unsigned int modinfo;
	unsigned int this_module;
};

/*
 * Return: the bytes a relocation of @type changes at its place; 0 if @type is not known. Context:
 * any.
 */
unsigned int module_arch_reloc_size(unsigned int type);
/* Return: its name in the ABI, supported or not; NULL if @type is not known. Context: any. */
const char *module_arch_reloc_name(unsigned int type);

/* Number the stubs that the module's calls out of it need. Return: the bytes to add to its text. */
size_t module_arch_count_stubs(struct load_info *info);

/* Memory is laid out, nothing is relocated: choose the TOC, say where the stubs are. */
void module_arch_layout(struct load_info *info, void *stubs);

/*
 * The value of a symbol that no module exports and the linker would define; false if @name is
 * none.
 */
bool module_arch_symbol(const struct load_info *info, const char *name, unsigned long *value);

/* Apply all entries of SHT_RELA section @relsec. Return: 0 or -ENOEXEC, after a message. */
int module_arch_relocate(struct load_info *info, unsigned int relsec);

/* All text is in place: write the stubs, and make it visible to instruction fetch. */
void module_arch_finalize(struct load_info *info);

#endif
