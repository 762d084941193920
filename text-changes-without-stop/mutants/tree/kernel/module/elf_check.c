// SPDX-License-Identifier: GPL-2.0
/*
 * Everything a module file says about itself is checked here, before any of it is believed: the
 * loader proper indexes by what it reads and tests nothing twice. Fields are read through
 * elf_read.h, so neither alignment nor byte order of the machine matters.
 */
#include <linux/errno.h>
#include <linux/moduleloader.h>
#include <linux/string.h>
#include <stopgap/elf_read.h>
#include "elf_check_parts.h"

static bool in_file(const struct elf_image *img, u64 offset, u64 size)
{
	return offset <= img->len && size <= img->len - offset;
}

/* Read section header @index. Context: any; @img has passed elf_check_header(). */
void elf_section(const struct elf_image *img, unsigned int index, Elf64_Shdr *shdr)
{
	elf_read_shdr(img->data + img->shoff + index * sizeof(*shdr), shdr);
}

/* Read symbol @index. Context: any; @img has passed elf_check_module(). */
void elf_symbol(const struct elf_image *img, unsigned int index, Elf64_Sym *sym)
{
	Elf64_Shdr symtab;

	elf_section(img, img->symtab, &symtab);
	elf_read_sym(img->data + symtab.sh_offset + index * sizeof(*sym), sym);
}

/* Read all @img->num_syms symbols. Context: as elf_symbol(). */
void elf_symbols(const struct elf_image *img, Elf64_Sym *syms)
{
	const unsigned char *table;
	Elf64_Shdr symtab;

	elf_section(img, img->symtab, &symtab);
	table = img->data + symtab.sh_offset;
	for (unsigned int i = 0; i < img->num_syms; i++)
		elf_read_sym(table + i * sizeof(*syms), &syms[i]);
}

/* ---- the header ---- */

static const char *machine_name(unsigned int machine)
{
	switch (machine) {
	case EM_386:
		return "i386";
	case EM_PPC:
		return "PowerPC, 32-bit";
	case EM_PPC64:
		return "PowerPC64";
	case EM_S390:
		return "S/390";
	case EM_ARM:
		return "ARM";
	case EM_X86_64:
		return "x86-64";
	case EM_AARCH64:
		return "AArch64";
	case EM_RISCV:
		return "RISC-V";
	default:
		return "unknown";
	}
}

static int check_ident(const unsigned char *id, size_t len, struct elf_error *err)
{
	if (len < SELFMAG || memcmp(id, ELFMAG, SELFMAG))
		return refuse(err, -ENOEXEC, "not an ELF file");
	if (len < sizeof(Elf64_Ehdr))
		return refuse(err, -ENOEXEC, "truncated: %lu bytes do not hold an ELF header",
			      (unsigned long)len);
	if (id[EI_CLASS] != ELF_CLASS)
		return refuse(err, -ENOEXEC, "ELF class %u, want 2 (64-bit)", id[EI_CLASS]);
	if (id[EI_DATA] == ELFDATA2LSB)
		return refuse(err, -ENOEXEC, "little-endian ELF, this kernel is big-endian");
	if (id[EI_DATA] != ELF_DATA)
		return refuse(err, -ENOEXEC, "ELF data encoding %u, want 2 (big-endian)",
			      id[EI_DATA]);
	if (id[EI_VERSION] != EV_CURRENT)
		return refuse(err, -ENOEXEC, "ELF version %u, want 1", id[EI_VERSION]);
	return 0;
}

static int check_kind(const Elf64_Ehdr *hdr, struct elf_error *err)
{
	if (hdr->e_machine != ELF_ARCH)
		return refuse(err, -ENOEXEC, "wrong machine %u (%s), want 21 (PowerPC64)",
			      hdr->e_machine, machine_name(hdr->e_machine));
	if (hdr->e_type != ET_REL)
		return refuse(err, -ENOEXEC, "ELF type %u, want 1 (relocatable)", hdr->e_type);
	if ((hdr->e_flags & EF_PPC64_ABI) != EF_PPC64_ABI_V2)
		return refuse(err, -ENOEXEC, "ABI version %u, want 2 (ELFv2)",
			      hdr->e_flags & EF_PPC64_ABI);
	return 0;
}

/**
 * elf_check_header - check the ELF header and the bounds of the section table
 * @img: filled in as far as known
 * @data: the file
 * @len: its size
 * @err: gets the reason
 *
 * Context: any. Return: 0 or -ENOEXEC.
 */
int elf_check_header(struct elf_image *img, const void *data, size_t len, struct elf_error *err)
{
	Elf64_Ehdr hdr;
	int ret;

	memset(img, 0, sizeof(*img));
	img->data = data;
	img->len = len;
	ret = check_ident(data, len, err);
	if (ret)
		return ret;
	elf_read_ehdr(data, &hdr);
	ret = check_kind(&hdr, err);
	if (ret)
		return ret;
	if (hdr.e_shnum < 2 || hdr.e_shnum >= SHN_LORESERVE)
		return refuse(err, -ENOEXEC, "%u sections", hdr.e_shnum);
	if (hdr.e_shentsize != sizeof(Elf64_Shdr))
		return refuse(err, -ENOEXEC, "section headers of %u bytes, want 64",
			      hdr.e_shentsize);
	if (!in_file(img, hdr.e_shoff, hdr.e_shnum * sizeof(Elf64_Shdr)))
		return refuse(err, -ENOEXEC, "truncated: section headers past the end of the file");
	if (hdr.e_shstrndx == SHN_UNDEF || hdr.e_shstrndx >= hdr.e_shnum)
		return refuse(err, -ENOEXEC, "no section names: section %u of %u",
			      hdr.e_shstrndx, hdr.e_shnum);
	img->shoff = hdr.e_shoff;
	img->shnum = hdr.e_shnum;
	img->shstrndx = hdr.e_shstrndx;
	return 0;
}

/* ---- the sections ---- */

static int check_strings(const struct elf_image *img, unsigned int index, const char **strings,
			 size_t *size, struct elf_error *err)
{
	Elf64_Shdr shdr;

	elf_section(img, index, &shdr);
	if (shdr.sh_type != SHT_STRTAB)
		return refuse(err, -ENOEXEC, "section %u is not a string table", index);
	if (!in_file(img, shdr.sh_offset, shdr.sh_size))
		return refuse(err, -ENOEXEC, "truncated: string table %u past the end of the file",
			      index);
	if (!shdr.sh_size || img->data[shdr.sh_offset + shdr.sh_size - 1])
		return refuse(err, -ENOEXEC, "string table %u does not end in NUL", index);
	*strings = (const char *)img->data + shdr.sh_offset;
	*size = shdr.sh_size;
	return 0;
}

static int check_section(const struct elf_image *img, unsigned int index, struct elf_error *err)
{
	Elf64_Shdr s;

	elf_section(img, index, &s);
	if (s.sh_name >= img->secstrings_size)
		return refuse(err, -ENOEXEC, "section %u has its name out of bounds", index);
	if (s.sh_type == SHT_NULL && s.sh_flags & SHF_ALLOC)
		return refuse(err, -ENOEXEC, "section " NAME_FMT " is loaded and has no type",
			      elf_section_name(img, &s));
	if (s.sh_type == SHT_NULL)
		return 0;
	if (s.sh_size > ELF_MAX_SECTION)
		return refuse(err, -ENOEXEC, "section " NAME_FMT " is too large: 0x%llx bytes",
			      elf_section_name(img, &s), (unsigned long long)s.sh_size);
	if (s.sh_type != SHT_NOBITS && !in_file(img, s.sh_offset, s.sh_size))
		return refuse(err, -ENOEXEC, "truncated: section " NAME_FMT
			      " past the end of the file", elf_section_name(img, &s));
	if (s.sh_addralign & (s.sh_addralign - 1) || s.sh_addralign > ELF_MAX_ALIGN)
		return refuse(err, -ENOEXEC, "section " NAME_FMT " wants alignment 0x%llx",
			      elf_section_name(img, &s), (unsigned long long)s.sh_addralign);
	if (s.sh_flags & SHF_ALLOC && s.sh_flags & SHF_COMPRESSED)
		return refuse(err, -ENOEXEC, "section " NAME_FMT " is compressed",
			      elf_section_name(img, &s));
	if (s.sh_flags & SHF_WRITE && s.sh_flags & SHF_EXECINSTR)
		return refuse(err, -ENOEXEC, "section " NAME_FMT " is writable and executable",
			      elf_section_name(img, &s));
	/* They are read from the image, after what is to be in memory has been moved there. */
	if (s.sh_flags & SHF_ALLOC && (s.sh_type == SHT_RELA || s.sh_type == SHT_REL))
		return refuse(err, -ENOEXEC, "section " NAME_FMT " holds relocations and is loaded",
			      elf_section_name(img, &s));
	return 0;
}

/* Remember the symbol table; there is one. */
static int find_symtab(struct elf_image *img, struct elf_error *err)
{
	Elf64_Shdr shdr;

	for (unsigned int i = 1; i < img->shnum; i++) {
		elf_section(img, i, &shdr);
		if (shdr.sh_type != SHT_SYMTAB)
			continue;
		if (img->symtab)
			return refuse(err, -ENOEXEC, "two symbol tables");
		img->symtab = i;
	}
	if (!img->symtab)
		return refuse(err, -ENOEXEC, "no symbols (stripped?)");
	return 0;
}

/* Remember the per-CPU variables' section, if there is one: one for all of them. */
static int find_percpu(struct elf_image *img, struct elf_error *err)
{
	Elf64_Shdr s;

	for (unsigned int i = 1; i < img->shnum; i++) {
		elf_section(img, i, &s);
		if (s.sh_type == SHT_NULL || !(s.sh_flags & SHF_ALLOC) ||
		    strcmp(elf_section_name(img, &s), ".data..percpu"))
			continue;
		if (img->percpu)
			return refuse(err, -ENOEXEC, "two sections .data..percpu");
		if (s.sh_flags & SHF_EXECINSTR || !(s.sh_flags & SHF_WRITE))
			return refuse(err, -ENOEXEC, "section .data..percpu is not data");
		img->percpu = i;
	}
	return 0;
}

/**
 * elf_check_sections - check every section header by itself, and find those there is one of
 * @img: has passed elf_check_header()
 * @err: gets the reason
 *
 * Context: any. Return: 0 or -ENOEXEC.
 */
int elf_check_sections(struct elf_image *img, struct elf_error *err)
{
	int ret;

	ret = check_strings(img, img->shstrndx, &img->secstrings, &img->secstrings_size, err);
	for (unsigned int i = 1; !ret && i < img->shnum; i++)
		ret = check_section(img, i, err);
	return ret ?: find_symtab(img, err) ?: find_percpu(img, err);
}

/* ---- the symbols ---- */

static int check_symbol(const struct elf_image *img, unsigned int index, struct elf_error *err)
{
	Elf64_Sym sym;

	elf_symbol(img, index, &sym);
	if (sym.st_name >= img->strtab_size)
		return refuse(err, -ENOEXEC, "symbol %u has its name out of bounds", index);
	if (sym.st_shndx == SHN_COMMON)
		return refuse(err, -ENOEXEC, "common symbol " NAME_FMT ": compile with -fno-common",
			      img->strtab + sym.st_name);
	/* Its value is a function that says where the function is; nobody here would ask it. */
	if (ELF64_ST_TYPE(sym.st_info) == STT_GNU_IFUNC)
		return refuse(err, -ENOEXEC, "indirect function " NAME_FMT,
			      img->strtab + sym.st_name);
	if (sym.st_shndx == SHN_LIVEPATCH && !elf_is_livepatch(img))
		return refuse(err, -ENOEXEC, "livepatch symbol " NAME_FMT " without modinfo livepatch=Y",
			      img->strtab + sym.st_name);
	if (sym.st_shndx >= img->shnum && sym.st_shndx != SHN_ABS && sym.st_shndx != SHN_LIVEPATCH)
		return refuse(err, -ENOEXEC, "symbol " NAME_FMT " is in section 0x%x of %u",
			      img->strtab + sym.st_name, sym.st_shndx, img->shnum);
	return 0;
}

static int check_symbols(struct elf_image *img, struct elf_error *err)
{
	Elf64_Shdr s;
	int ret;

	elf_section(img, img->symtab, &s);
	if (s.sh_entsize != sizeof(Elf64_Sym) || s.sh_size % sizeof(Elf64_Sym) || !s.sh_size)
		return refuse(err, -ENOEXEC, "symbol table of 0x%llx bytes in entries of %llu",
			      (unsigned long long)s.sh_size, (unsigned long long)s.sh_entsize);
	if (s.sh_link == SHN_UNDEF || s.sh_link >= img->shnum)
		return refuse(err, -ENOEXEC, "symbol table has no names: section %u of %u",
			      s.sh_link, img->shnum);
	ret = check_strings(img, s.sh_link, &img->strtab, &img->strtab_size, err);
	img->num_syms = s.sh_size / sizeof(Elf64_Sym);
	for (unsigned int i = 0; !ret && i < img->num_syms; i++)
		ret = check_symbol(img, i, err);
	return ret;
}

/* ---- the relocations ---- */

static int check_rela(const struct elf_image *img, const Elf64_Rela *rela, const Elf64_Shdr *target,
		      struct elf_error *err)
{
	unsigned int type = ELF64_R_TYPE(rela->r_info);
	unsigned int size = module_arch_reloc_size(type);
	const char *name = elf_section_name(img, target);

	if (ELF64_R_SYM(rela->r_info) >= img->num_syms)
		return refuse(err, -ENOEXEC, "relocation in " NAME_FMT " to symbol %llu of %u",
			      name, (unsigned long long)ELF64_R_SYM(rela->r_info), img->num_syms);
	if (!size)
		return refuse(err, -ENOEXEC, "%s relocation %u (%s) in " NAME_FMT "+0x%llx",
			      module_arch_reloc_name(type) ? "unsupported" : "unknown", type,
			      module_arch_reloc_name(type) ?: "no name", name,
			      (unsigned long long)rela->r_offset);
	if (rela->r_offset > target->sh_size || size > target->sh_size - rela->r_offset)
		return refuse(err, -ENOEXEC, "relocation at " NAME_FMT "+0x%llx is out of bounds",
			      name, (unsigned long long)rela->r_offset);
	return 0;
}

static int check_rela_section(const struct elf_image *img, const Elf64_Shdr *s,
			      const Elf64_Shdr *target, struct elf_error *err)
{
	const char *name = elf_section_name(img, s);
	Elf64_Rela rela;
	int ret = 0;

	if (s->sh_type == SHT_REL)
		return refuse(err, -ENOEXEC, "section " NAME_FMT ": relocations without addends",
			      name);
	if (s->sh_entsize != sizeof(rela) || s->sh_size % sizeof(rela))
		return refuse(err, -ENOEXEC, "section " NAME_FMT
			      ": 0x%llx bytes in entries of %llu", name,
			      (unsigned long long)s->sh_size,
			      (unsigned long long)s->sh_entsize);
	if (s->sh_link != img->symtab)
		return refuse(err, -ENOEXEC, "section " NAME_FMT " uses symbol table %u", name,
			      s->sh_link);
	if (target->sh_type == SHT_NOBITS && s->sh_size)
		return refuse(err, -ENOEXEC, "section " NAME_FMT
			      " relocates a section without bytes", name);
	for (u64 off = 0; !ret && off < s->sh_size; off += sizeof(rela)) {
		elf_read_rela(img->data + s->sh_offset + off, &rela);
		ret = check_rela(img, &rela, target, err);
	}
	return ret;
}

/* Sections that are not loaded (debug information) keep their relocations unread. */
static int check_relocations(const struct elf_image *img, struct elf_error *err)
{
	Elf64_Shdr s, target;
	int ret = 0;

	for (unsigned int i = 1; !ret && i < img->shnum; i++) {
		elf_section(img, i, &s);
		if (s.sh_type != SHT_RELA && s.sh_type != SHT_REL)
			continue;
		if (s.sh_info == SHN_UNDEF || s.sh_info >= img->shnum)
			return refuse(err, -ENOEXEC, "section " NAME_FMT
				      " relocates section %u of %u", elf_section_name(img, &s),
				      s.sh_info, img->shnum);
		elf_section(img, s.sh_info, &target);
		if (target.sh_flags & SHF_ALLOC)
			ret = check_rela_section(img, &s, &target, err);
	}
	return ret;
}

/**
 * elf_check_module - check all of a module file
 * @img: filled in
 * @data: the file; must not change afterwards
 * @len: its size
 * @want: what this kernel takes; NULL leaves out struct module and the version, for modinfo
 * @err: gets the reason
 *
 * Context: any. Return: 0 or -ENOEXEC.
 */
int elf_check_module(struct elf_image *img, const void *data, size_t len,
		     const struct elf_expect *want, struct elf_error *err)
{
	int ret;

	ret = elf_check_header(img, data, len, err) ?:
	      elf_check_sections(img, err) ?:
	      elf_check_modinfo(img, err) ?:
	      check_symbols(img, err) ?:
	      check_relocations(img, err);
	if (ret || !want)
		return ret;
	return elf_check_vermagic(img, want, err) ?: elf_check_this_module(img, want, err);
}
