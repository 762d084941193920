/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Between the generic loader (kernel/module/) and what an architecture does for it
 * (arch/powerpc/module*.c).
 */
#ifndef _LINUX_MODULELOADER_H
#define _LINUX_MODULELOADER_H

#include <linux/elf.h>
#include <linux/types.h>

struct elf_image;
struct module;

/*
 * Where a section goes: parts of the core, which stays, then of what is given back after init.
 * Each has protections of its own, or at least a time of its own to get them.
 */
enum module_part {
	MOD_TEXT,
	MOD_RODATA,
	MOD_RO_AFTER_INIT,
	MOD_DATA,
	MOD_INIT_TEXT,
	MOD_INIT_RODATA,
	MOD_INIT_DATA,
	MOD_NUM_PARTS,
	MOD_NOT_LOADED,
};

/* What the architecture adds to the module for one symbol; numbers count from 1, 0 is none. */
struct sym_note {
	u32 stub;	/* a piece of code that calls get to it through */
	u32 slot;	/* a word that holds its address */
	u32 mcount;	/* calls to it are function entry sites */
};

/**
 * struct load_info - a module being loaded
 * @name: of the module, inside the image
 * @img: the file, which has been checked
 * @mod: its struct module: NULL before the sections are laid out, then in the module's own memory
 * @sechdrs: copies of the section headers; sh_addr is where the section's bytes are now
 * @shnum: how many
 * @secstrings: section names
 * @syms: copies of the symbols; st_value becomes the address once resolved
 * @num_syms: how many
 * @strtab: symbol names
 * @part: enum module_part of each section
 * @sym_note: what each symbol needs, zero at first
 * @num_stubs: how many symbols need a stub; set by module_arch_count()
 * @num_slots: how many need a slot
 * @slots_offset: where in the section that the TOC is in the slots begin
 * @savres: the module calls routines that save and restore registers
 * @percpu: section index of .data..percpu, 0 for none
 * @num_sites: how many function entry sites it has
 * @sites_found: how many of them have been relocated
 * @sites_offset: where in the section that the TOC is in their list begins
 * @modinfo: section index of .modinfo
 * @this_module: section index of .gnu.linkonce.this_module
 */
struct load_info {
	const char *name;
	const struct elf_image *img;
	struct module *mod;
	Elf64_Shdr *sechdrs;
	unsigned int shnum;
	const char *secstrings;
	Elf64_Sym *syms;
	unsigned int num_syms;
	const char *strtab;
	unsigned char *part;
	struct sym_note *sym_note;
	unsigned int num_stubs;
	unsigned int num_slots;
	u64 slots_offset;
	bool savres;
	unsigned int percpu;
	unsigned int num_sites, sites_found;
	u64 sites_offset;
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

/*
 * Number the stubs and slots that the module's relocations need. The section with the TOC grows by
 * the slots. Return: the bytes to add to the module's text.
 */
size_t module_arch_count(struct load_info *info);

/* Memory is laid out, nothing is relocated: choose the TOC. @text: where the text was added. */
void module_arch_layout(struct load_info *info, void *text);

/*
 * The value of a symbol that no module exports and the linker would define; false if @name is
 * none.
 */
bool module_arch_symbol(const struct load_info *info, const char *name, unsigned long *value);

/* Apply all entries of SHT_RELA section @relsec. Return: 0 or -ENOEXEC, after a message. */
int module_arch_relocate(struct load_info *info, unsigned int relsec);

/* All text is in place: write what was added, and make it visible to instruction fetch. */
void module_arch_finalize(struct load_info *info);

/**
 * struct late_reloc - a place in a loaded module that gets a value while the module is in use
 * @where: the place, which may be mapped read-only
 * @stub: it is a stub that jumps to the value; otherwise, a word that is the value plus @addend
 * @symbol: index of the symbol the value is of
 * @addend: see @stub
 */
struct late_reloc {
	void *where;
	bool stub;
	unsigned int symbol;
	s64 addend;
};

/*
 * The place that relocation @i of section @relsec, which has been applied with a symbol of value 0, depends on. Return:
 * 0 or -ENOEXEC, after a message, if it depends on the value in a way that cannot be put right later.
 */
int module_arch_late_reloc(const struct load_info *info, unsigned int relsec, unsigned int i, struct late_reloc *late);
/* Write @value there, with all CPUs stopped. Return: 0 or a negative errno. Context: may sleep. */
int module_arch_apply_late(const struct late_reloc *late, u64 value);

#endif
