// SPDX-License-Identifier: GPL-2.0
/*
 * What loading a module takes on ppc64 ELFv2: a TOC for the module, stubs for the calls that leave
 * it, slots for addresses that code takes from a GOT or PLT, and its relocations.
 *
 * Kernel and modules lie 2^51 bytes apart and each has a TOC of its own, so every call out of a
 * module goes through a stub, which loads r12, saves r2, and jumps. One stub serves all calls to
 * one symbol, and one slot all else.
 */
#include <asm/cacheflush.h>
#include <asm/cputable.h>
#include <asm/ftrace.h>
#include <asm/patch.h>
#include <linux/align.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/moduleloader.h>
#include <linux/printk.h>
#include <linux/string.h>
#include <stopgap/elf_read.h>
#include "module_reloc.h"
#include "module_savres.h"
#include "module_sites.h"

/* r2 points this far into the TOC, so that 16 signed bits reach all of 64 KiB. */
#define TOC_BASE_OFFSET		0x8000

static bool is_call(unsigned int type)
{
	return type == R_PPC64_REL24 || type == R_PPC64_REL24_NOTOC;
}

static const char *symbol_name(const struct load_info *info, unsigned int symbol)
{
	return info->strtab + info->syms[symbol].st_name;
}

/* Read entry @i of a relocation section, which stays in the image. */
static void read_rela(const Elf64_Shdr *relsec, unsigned int i, Elf64_Rela *rela)
{
	elf_read_rela((const Elf64_Rela *)relsec->sh_addr + i, rela);
}

/* ---- what the module gets besides its own sections ---- */

/*
 * Does a call go through a stub? Out of the module, yes. Within it, only between code that has a
 * TOC pointer and code that has none (compiled for POWER10): the one expects r12 at the entry, the
 * other gives nothing for r2. st_other tells them apart: 0 either, 1 changes r2, more: needs it.
 */
static bool needs_stub(const struct load_info *info, unsigned int type, unsigned int symbol)
{
	const Elf64_Sym *sym = &info->syms[symbol];
	unsigned int local_entry = (sym->st_other & STO_PPC64_LOCAL_MASK) >> STO_PPC64_LOCAL_BIT;

	if (sym->st_shndx == SHN_LIVEPATCH)
		return true;
	if (sym->st_shndx == SHN_UNDEF || sym->st_shndx == SHN_ABS)
		return !info->sym_note[symbol].mcount &&
		       ppc64_savres_offset(symbol_name(info, symbol)) < 0;
	return type == R_PPC64_REL24 ? local_entry == 1 : local_entry > 1;
}

static void note_call(struct load_info *info, unsigned int type, unsigned int symbol)
{
	struct sym_note *note = &info->sym_note[symbol];

	if (note->stub)
		return;
	if (note->mcount)
		info->num_sites++;
	else if (needs_stub(info, type, symbol))
		note->stub = ++info->num_stubs;
	else if (info->syms[symbol].st_shndx == SHN_UNDEF)
		info->savres = true;
}

static void note_section(struct load_info *info, const Elf64_Shdr *relsec)
{
	Elf64_Rela rela;

	for (unsigned int i = 0; i < relsec->sh_size / sizeof(rela); i++) {
		unsigned int type, symbol;

		read_rela(relsec, i, &rela);
		type = ELF64_R_TYPE(rela.r_info);
		symbol = ELF64_R_SYM(rela.r_info);
		if (is_call(type))
			note_call(info, type, symbol);
		else if (ppc64_reloc_wants_slot(type) && !info->sym_note[symbol].slot)
			info->sym_note[symbol].slot = ++info->num_slots;
	}
}

/*
 * The section that r2 points into. A module without .toc still has a TOC pointer: addressing is
 * relative to it in all of the medium model.
 */
static Elf64_Shdr *toc_section(const struct load_info *info)
{
	for (unsigned int i = 1; i < info->shnum; i++)
		if (!strcmp(info->secstrings + info->sechdrs[i].sh_name, ".toc") &&
		    info->sechdrs[i].sh_flags & SHF_ALLOC)
			return &info->sechdrs[i];
	return &info->sechdrs[info->this_module];
}

/* Slots lie behind the TOC proper, where 16-bit offsets reach most of them; behind them the list of sites. */
static void append_slots(struct load_info *info)
{
	Elf64_Shdr *toc = toc_section(info);

	if (!info->num_slots && !info->num_sites)
		return;
	toc->sh_addralign = max(toc->sh_addralign, (u64)sizeof(u64));
	info->slots_offset = ALIGN(toc->sh_size, sizeof(u64));
	info->sites_offset = info->slots_offset + info->num_slots * sizeof(u64);
	toc->sh_size = info->sites_offset + ppc64_sites_size(info);
}

static size_t ftrace_stubs_size(const struct load_info *info)
{
	return info->num_sites ? PPC64_FTRACE_STUBS * sizeof(struct ppc64_ftrace_stub) : 0;
}

size_t module_arch_count(struct load_info *info)
{
	ppc64_sites_mark(info);
	for (unsigned int i = 1; i < info->shnum; i++) {
		const Elf64_Shdr *s = &info->sechdrs[i];

		if (s->sh_type == SHT_RELA && info->sechdrs[s->sh_info].sh_flags & SHF_ALLOC)
			note_section(info, s);
	}
	append_slots(info);
	return info->num_stubs * sizeof(struct ppc64_stub) + ftrace_stubs_size(info) +
	       (info->savres ? PPC64_SAVRES_INSNS * sizeof(u32) : 0);
}

void module_arch_layout(struct load_info *info, void *text)
{
	struct mod_arch_specific *arch = &info->mod->arch;
	u64 toc = toc_section(info)->sh_addr;

	arch->toc = toc + TOC_BASE_OFFSET;
	arch->slots = (u64 *)(toc + info->slots_offset);
	arch->stubs = text;
	arch->ftrace_stubs = (void *)&arch->stubs[info->num_stubs];
	arch->savres = (void *)arch->ftrace_stubs + ftrace_stubs_size(info);
	ppc64_sites_layout(info, (void *)(toc + info->sites_offset));
}

bool module_arch_symbol(const struct load_info *info, const char *name, unsigned long *value)
{
	int offset = ppc64_savres_offset(name);

	if (!strcmp(name, ".TOC."))
		*value = info->mod->arch.toc;
	else if (!strcmp(name, "_mcount"))
		*value = (unsigned long)_mcount;
	else if (offset >= 0 && info->savres)
		*value = (unsigned long)info->mod->arch.savres + offset;
	else
		return false;
	return true;
}

/* ---- relocations ---- */

/*
 * The call at @where comes back with another TOC. The compiler leaves a nop behind such a call: put
 * there what fetches r2 back. A plain branch (a tail call) has no place to do so.
 */
static int restore_toc_after(u32 *where, const u32 *end)
{
	u32 next;

	if (!(ppc64_read_insn(where) & PPC_INSN_LINK) || where + 1 >= end)
		return -EINVAL;
	next = ppc64_read_insn(where + 1);
	if (next != PPC_INSN_NOP && next != PPC_INSN_LD_TOC)
		return -EINVAL;
	ppc64_write_insn(where + 1, PPC_INSN_LD_TOC);
	return 0;
}

/* Where a call is to land: at the local entry, or in a stub. */
static int call_target(struct load_info *info, unsigned int type, unsigned int symbol, u32 *where,
		       const u32 *end, struct ppc64_reloc_in *in)
{
	unsigned int stub = info->sym_note[symbol].stub;

	if (!stub || !needs_stub(info, type, symbol)) {
		if (type == R_PPC64_REL24)
			in->sym += PPC64_LOCAL_ENTRY_OFFSET(info->syms[symbol].st_other);
		return 0;
	}
	in->sym = (u64)&info->mod->arch.stubs[stub - 1];
	return type == R_PPC64_REL24 ? restore_toc_after(where, end) : 0;
}

/* Return: what is wrong with it, or NULL. */
static const char *relocate_one(struct load_info *info, const Elf64_Shdr *target,
				const Elf64_Rela *rela)
{
	unsigned int symbol = ELF64_R_SYM(rela->r_info), type = ELF64_R_TYPE(rela->r_info);
	void *where = (void *)(target->sh_addr + rela->r_offset);
	const void *end = (void *)(target->sh_addr + target->sh_size);
	struct ppc64_reloc_in in = {
		.sym = info->syms[symbol].st_value,
		.addend = rela->r_addend,
		.place = (u64)where,
		.toc = info->mod->arch.toc,
	};

	if (is_call(type) && info->sym_note[symbol].mcount)
		return ppc64_site_add(info, where, (u32 *)target->sh_addr) ?
		       ": not at the start of a function" : NULL;
	if (is_call(type) && call_target(info, type, symbol, where, end, &in))
		return ": no nop after the call to restore the TOC";
	if (ppc64_reloc_is_prefixed(type) && !cpu_has_prefixed_insns())
		return ": this CPU has no prefixed instructions";
	if (ppc64_reloc_wants_slot(type)) {
		if (in.addend)
			return ": an addend to a slot";
		in.slot = (u64)&info->mod->arch.slots[info->sym_note[symbol].slot - 1];
	}
	return ppc64_reloc_apply(type, where, &in) ? " out of range" : NULL;
}

/* For messages: a section's symbol has no name of its own. */
static const char *target_name(const struct load_info *info, unsigned int symbol)
{
	const Elf64_Sym *sym = &info->syms[symbol];

	if (ELF64_ST_TYPE(sym->st_info) == STT_SECTION && sym->st_shndx < info->shnum)
		return info->secstrings + info->sechdrs[sym->st_shndx].sh_name;
	return symbol_name(info, symbol);
}

int module_arch_relocate(struct load_info *info, unsigned int relsec)
{
	const Elf64_Shdr *s = &info->sechdrs[relsec];
	const Elf64_Shdr *target = &info->sechdrs[s->sh_info];
	const char *wrong;
	Elf64_Rela rela;

	for (unsigned int i = 0; i < s->sh_size / sizeof(rela); i++) {
		read_rela(s, i, &rela);
		wrong = relocate_one(info, target, &rela);
		if (!wrong)
			continue;
		pr_err("%s: %s to %s%s\n", info->name,
		       module_arch_reloc_name(ELF64_R_TYPE(rela.r_info)),
		       target_name(info, ELF64_R_SYM(rela.r_info)), wrong);
		return -ENOEXEC;
	}
	return 0;
}

/* ---- relocations whose symbol gets its value later ---- */

int module_arch_late_reloc(const struct load_info *info, unsigned int relsec, unsigned int i, struct late_reloc *late)
{
	const Elf64_Shdr *s = &info->sechdrs[relsec];
	const struct sym_note *note;
	unsigned int type;
	Elf64_Rela rela;

	read_rela(s, i, &rela);
	type = ELF64_R_TYPE(rela.r_info);
	*late = (struct late_reloc) { .symbol = ELF64_R_SYM(rela.r_info) };
	note = &info->sym_note[late->symbol];
	if (is_call(type) && note->stub) {
		late->stub = true;
		late->where = &info->mod->arch.stubs[note->stub - 1];
	} else if (ppc64_reloc_wants_slot(type) && note->slot) {
		late->where = &info->mod->arch.slots[note->slot - 1];
	} else if (type == R_PPC64_ADDR64 && s->sh_info != info->this_module) {
		late->where = (void *)(info->sechdrs[s->sh_info].sh_addr + rela.r_offset);
		late->addend = rela.r_addend;
	} else {
		pr_err("%s: %s to %s cannot be applied later\n", info->name, module_arch_reloc_name(type),
		       symbol_name(info, late->symbol));
		return -ENOEXEC;
	}
	return 0;
}

int module_arch_apply_late(const struct late_reloc *late, u64 value)
{
	u64 word = value + (u64)late->addend;
	u32 words[PPC64_STUB_INSNS] = { (u32)(word >> 32), (u32)word };
	unsigned int n = late->stub ? PPC64_STUB_INSNS : sizeof(word) / sizeof(words[0]);
	struct insn_patch patches[PPC64_STUB_INSNS];
	const u32 *where = late->where;

	if (late->stub)
		ppc64_stub_write((struct ppc64_stub *)words, value);
	for (unsigned int i = 0; i < n; i++)
		patches[i] = (struct insn_patch) { (unsigned long)&where[i], where[i], words[i] };
	return patch_instructions(patches, n);
}

static void flush_text(const struct module_layout *layout)
{
	unsigned long text = (unsigned long)layout->base;

	flush_icache_range(text, text + layout->text_size);
}

static void write_stubs_and_slots(struct load_info *info)
{
	const struct mod_arch_specific *arch = &info->mod->arch;

	for (unsigned int i = 0; i < info->num_syms; i++) {
		const struct sym_note *note = &info->sym_note[i];

		if (note->stub)
			ppc64_stub_write(&arch->stubs[note->stub - 1], info->syms[i].st_value);
		if (note->slot)
			arch->slots[note->slot - 1] = info->syms[i].st_value;
	}
}

void module_arch_finalize(struct load_info *info)
{
	struct module *mod = info->mod;

	write_stubs_and_slots(info);
	ppc64_sites_finish(info);
	if (info->num_sites)
		ppc64_ftrace_stubs_write(mod->arch.ftrace_stubs);
	if (info->savres)
		ppc64_savres_write(mod->arch.savres);
	flush_text(&mod->core_layout);
	flush_text(&mod->init_layout);
}
