// SPDX-License-Identifier: GPL-2.0
/*
 * What loading a module takes on ppc64 ELFv2: a TOC for the module, stubs for the calls that leave
 * it, and its relocations.
 *
 * Kernel and modules lie 2^51 bytes apart and each has a TOC of its own, so every call out of a
 * module goes through a stub, which loads r12, saves r2, and jumps. One stub serves all calls to
 * one symbol.
 */
#include <asm/cacheflush.h>
#include <linux/module.h>
#include <linux/moduleloader.h>
#include <linux/printk.h>
#include <linux/string.h>
#include <stopgap/elf_read.h>
#include "module_reloc.h"

/* r2 points this far into the TOC, so that 16 signed bits reach all of 64 KiB. */
#define TOC_BASE_OFFSET		0x8000

static bool is_call(unsigned int type)
{
	return type == R_PPC64_REL24 || type == R_PPC64_REL24_NOTOC;
}

/* Read entry @i of a relocation section, which stays in the image. */
static void read_rela(const Elf64_Shdr *relsec, unsigned int i, Elf64_Rela *rela)
{
	elf_read_rela((const Elf64_Rela *)relsec->sh_addr + i, rela);
}

static unsigned int count_section_stubs(struct load_info *info, const Elf64_Shdr *relsec,
					unsigned int count)
{
	Elf64_Rela rela;

	for (unsigned int i = 0; i < relsec->sh_size / sizeof(rela); i++) {
		u32 *note;

		read_rela(relsec, i, &rela);
		note = &info->sym_note[ELF64_R_SYM(rela.r_info)];
		if (!is_call(ELF64_R_TYPE(rela.r_info)) || *note ||
		    info->syms[ELF64_R_SYM(rela.r_info)].st_shndx != SHN_UNDEF)
			continue;
		*note = ++count;
	}
	return count;
}

size_t module_arch_count_stubs(struct load_info *info)
{
	unsigned int count = 0;

	for (unsigned int i = 1; i < info->shnum; i++) {
		const Elf64_Shdr *s = &info->sechdrs[i];

		if (s->sh_type == SHT_RELA && info->sechdrs[s->sh_info].sh_flags & SHF_ALLOC)
			count = count_section_stubs(info, s, count);
	}
	info->num_stubs = count;
	return count * sizeof(struct ppc64_stub);
}

/*
 * A module without .toc still has a TOC pointer: addressing is relative to it in all of the medium
 * model.
 */
static unsigned long choose_toc(const struct load_info *info)
{
	for (unsigned int i = 1; i < info->shnum; i++)
		if (!strcmp(info->secstrings + info->sechdrs[i].sh_name, ".toc") &&
		    info->sechdrs[i].sh_flags & SHF_ALLOC)
			return info->sechdrs[i].sh_addr + TOC_BASE_OFFSET;
	return info->sechdrs[info->this_module].sh_addr + TOC_BASE_OFFSET;
}

void module_arch_layout(struct load_info *info, void *stubs)
{
	info->mod->arch.toc = choose_toc(info);
	info->mod->arch.stubs = stubs;
	info->mod->arch.num_stubs = info->num_stubs;
}

bool module_arch_symbol(const struct load_info *info, const char *name, unsigned long *value)
{
	if (strcmp(name, ".TOC."))
		return false;
	*value = info->mod->arch.toc;
	return true;
}

/*
 * The call at @where leaves the module, for another TOC. The compiler leaves a nop behind such a
 * call: put there what fetches r2 back. A plain branch (a tail call) has no place to do so.
 */
static int restore_toc_after(u32 *where, const u32 *end)
{
	if (!(ppc64_read_insn(where) & PPC_INSN_LINK) || where + 1 >= end ||
	    ppc64_read_insn(where + 1) != PPC_INSN_NOP)
		return -EINVAL;
	ppc64_write_insn(where + 1, PPC_INSN_LD_TOC);
	return 0;
}

/* Where a call is to land: inside the module at the local entry, outside of it through a stub. */
static int call_target(struct load_info *info, unsigned int type, unsigned int symbol, u32 *where,
		       const u32 *end, struct ppc64_reloc_in *in)
{
	const Elf64_Sym *sym = &info->syms[symbol];

	if (!info->sym_note[symbol]) {
		if (type == R_PPC64_REL24)
			in->sym += PPC64_LOCAL_ENTRY_OFFSET(sym->st_other);
		return 0;
	}
	in->sym = (u64)&info->mod->arch.stubs[info->sym_note[symbol] - 1];
	return type == R_PPC64_REL24 ? restore_toc_after(where, end) : 0;
}

static int relocate_one(struct load_info *info, const Elf64_Shdr *target, const Elf64_Rela *rela)
{
	unsigned int symbol = ELF64_R_SYM(rela->r_info), type = ELF64_R_TYPE(rela->r_info);
	const char *name = info->strtab + info->syms[symbol].st_name;
	void *where = (void *)(target->sh_addr + rela->r_offset);
	const void *end = (void *)(target->sh_addr + target->sh_size);
	struct ppc64_reloc_in in = {
		.sym = info->syms[symbol].st_value,
		.addend = rela->r_addend,
		.place = (u64)where,
		.toc = info->mod->arch.toc,
	};

	if (is_call(type) && call_target(info, type, symbol, where, end, &in)) {
		pr_err("%s: %s to %s: no nop after the call to restore the TOC\n", info->name,
		       module_arch_reloc_name(type), name);
		return -ENOEXEC;
	}
	if (ppc64_reloc_apply(type, where, &in)) {
		pr_err("%s: %s to %s out of range\n", info->name,
		       module_arch_reloc_name(type), name);
		return -ENOEXEC;
	}
	return 0;
}

int module_arch_relocate(struct load_info *info, unsigned int relsec)
{
	const Elf64_Shdr *s = &info->sechdrs[relsec];
	const Elf64_Shdr *target = &info->sechdrs[s->sh_info];
	Elf64_Rela rela;
	int ret = 0;

	for (unsigned int i = 0; !ret && i < s->sh_size / sizeof(rela); i++) {
		read_rela(s, i, &rela);
		ret = relocate_one(info, target, &rela);
	}
	return ret;
}

static void flush_text(const struct module_layout *layout)
{
	unsigned long text = (unsigned long)layout->base;

	flush_icache_range(text, text + layout->text_size);
}

void module_arch_finalize(struct load_info *info)
{
	struct module *mod = info->mod;

	for (unsigned int i = 0; i < info->num_syms; i++)
		if (info->sym_note[i])
			ppc64_stub_write(&mod->arch.stubs[info->sym_note[i] - 1],
					 info->syms[i].st_value);
	flush_text(&mod->core_layout);
	flush_text(&mod->init_layout);
}
