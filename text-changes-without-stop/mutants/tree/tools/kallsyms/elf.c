// SPDX-License-Identifier: GPL-2.0
/*
 * Reading symbols out of a linked kernel with libelf. Taken are all symbols defined in allocated
 * sections, except the assembler's .L labels and those in the section .kallsyms: that is the table
 * itself, and its end moves when it grows. Nothing may lie behind it.
 */
#include <fcntl.h>
#include <gelf.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "kallsyms.h"

struct elf_file {
	const char *path;
	Elf *elf;
	size_t shstrndx;
	unsigned long limit;	/* where .kallsyms begins */
	size_t table_ndx;	/* its section number, 0 if there is none */
	Elf_Scn *symtab;
	GElf_Shdr symtab_hdr;
};

static void find_sections(struct elf_file *file)
{
	Elf_Scn *scn = NULL;
	GElf_Shdr shdr;

	file->limit = ~0ul;
	while ((scn = elf_nextscn(file->elf, scn))) {
		const char *name;

		if (!gelf_getshdr(scn, &shdr))
			die("%s: %s", file->path, elf_errmsg(-1));
		name = elf_strptr(file->elf, file->shstrndx, shdr.sh_name);
		if (shdr.sh_type == SHT_SYMTAB) {
			file->symtab = scn;
			file->symtab_hdr = shdr;
		} else if (name && strcmp(name, ".kallsyms") == 0) {
			file->limit = shdr.sh_addr;
			file->table_ndx = elf_ndxscn(scn);
		}
	}
	if (!file->symtab)
		die("%s: no symbol table", file->path);
}

/* The letter nm gives a symbol of @shdr, in lower case. */
static char section_letter(const GElf_Shdr *shdr)
{
	if (shdr->sh_flags & SHF_EXECINSTR)
		return 't';
	if (!(shdr->sh_flags & SHF_WRITE))
		return 'r';
	return shdr->sh_type == SHT_NOBITS ? 'b' : 'd';
}

static void set_binding(struct ksym *sym, const GElf_Sym *esym, char letter)
{
	switch (GELF_ST_BIND(esym->st_info)) {
	case STB_LOCAL:
		sym->binding = KSYM_LOCAL;
		sym->type = letter;
		break;
	case STB_WEAK:
		sym->binding = KSYM_WEAK;
		sym->type = GELF_ST_TYPE(esym->st_info) == STT_OBJECT ? 'V' : 'W';
		break;
	default:
		sym->binding = KSYM_GLOBAL;
		sym->type = letter - 'a' + 'A';
	}
}

static bool is_named_place(const GElf_Sym *esym, const char *name)
{
	unsigned char type = GELF_ST_TYPE(esym->st_info);

	if (esym->st_shndx == SHN_UNDEF || esym->st_shndx >= SHN_LORESERVE)
		return false;
	if (type != STT_NOTYPE && type != STT_OBJECT && type != STT_FUNC)
		return false;
	return name && *name && strncmp(name, ".L", 2) != 0;
}

static void add_symbol(struct ksym_list *list, const struct elf_file *file, const GElf_Sym *esym)
{
	char *name = elf_strptr(file->elf, file->symtab_hdr.sh_link, esym->st_name);
	struct ksym sym = { .name = name, .addr = esym->st_value, .size = esym->st_size,
			    .sized = esym->st_size != 0 };
	GElf_Shdr shdr;

	if (!is_named_place(esym, name) || esym->st_shndx == file->table_ndx)
		return;
	if (!gelf_getshdr(elf_getscn(file->elf, esym->st_shndx), &shdr))
		die("%s: symbol %s in section %u: %s", file->path, name, esym->st_shndx,
		    elf_errmsg(-1));
	sym.section_end = shdr.sh_addr + shdr.sh_size;
	/* .TOC. points outside the section it is defined in: no place to name. */
	if (!(shdr.sh_flags & SHF_ALLOC) || sym.addr < shdr.sh_addr || sym.addr > sym.section_end)
		return;
	if (sym.addr > file->limit)
		die("%s: %s lies behind .kallsyms, where it may move", file->path, name);
	set_binding(&sym, esym, section_letter(&shdr));
	ksym_list_add(list, &sym);
}

static void add_symbols(struct ksym_list *list, const struct elf_file *file)
{
	Elf_Data *data = elf_getdata(file->symtab, NULL);
	const GElf_Shdr *shdr = &file->symtab_hdr;
	size_t i, num = shdr->sh_entsize ? shdr->sh_size / shdr->sh_entsize : 0;
	GElf_Sym esym;

	for (i = 0; i < num; i++) {
		if (!gelf_getsym(data, i, &esym))
			die("%s: symbol %zu: %s", file->path, i, elf_errmsg(-1));
		add_symbol(list, file, &esym);
	}
}

/*
 * Read all symbols of the ELF file @path into the empty @list, in final order. Exits if it cannot.
 */
void ksym_list_read(struct ksym_list *list, const char *path)
{
	struct elf_file file = { .path = path };
	int fd = open(path, O_RDONLY);

	if (fd < 0) {
		perror(path);
		exit(1);
	}
	elf_version(EV_CURRENT);
	file.elf = elf_begin(fd, ELF_C_READ, NULL);
	if (!file.elf || elf_kind(file.elf) != ELF_K_ELF)
		die("%s: not an ELF file", path);
	if (gelf_getclass(file.elf) != ELFCLASS64)
		die("%s: not a 64-bit ELF file", path);
	if (elf_getshdrstrndx(file.elf, &file.shstrndx))
		die("%s: %s", path, elf_errmsg(-1));
	find_sections(&file);
	add_symbols(list, &file);
	ksym_list_finish(list);
	elf_end(file.elf);
	close(fd);
}
