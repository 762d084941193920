// SPDX-License-Identifier: GPL-2.0
/*
 * ftrace_sites: write the table of a kernel's function entry sites.
 *
 * With -mprofile-kernel GCC begins each function with "mflr r0; bl _mcount". A kernel linked with --emit-relocs still
 * says which instructions are such calls: those with a REL24 relocation against _mcount. kernel/ftrace/sites.h
 * describes the table. It goes where the symbol table goes, behind everything else, so that it moves nothing.
 */
#include <fcntl.h>
#include <gelf.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "../../kernel/ftrace/sites.h"

#define PER_LINE	16

/* Offsets of sites from the first byte of the text, sorted. */
struct sites {
	unsigned int *offset;
	size_t num;
};

static void die(const char *fmt, ...)
{
	va_list args;

	fprintf(stderr, "ftrace_sites: ");
	va_start(args, fmt);
	vfprintf(stderr, fmt, args);
	va_end(args);
	fputc('\n', stderr);
	exit(1);
}

static bool is_mcount(Elf *elf, Elf_Data *syms, size_t strtab, size_t index)
{
	GElf_Sym sym;
	const char *name;

	if (!gelf_getsym(syms, index, &sym))
		die("symbol %zu: %s", index, elf_errmsg(-1));
	name = elf_strptr(elf, strtab, sym.st_name);
	return name && strcmp(name, "_mcount") == 0;
}

static void add_site(struct sites *s, unsigned long offset)
{
	if (offset >= (unsigned long)FTRACE_SITE_BUCKETS << FTRACE_SITE_SHIFT)
		die("the text is too large for the table: raise FTRACE_SITE_BUCKETS");
	s->offset = realloc(s->offset, (s->num + 1) * sizeof(*s->offset));
	if (!s->offset)
		die("out of memory");
	s->offset[s->num++] = (unsigned int)offset;
}

/* Take the calls to _mcount from one relocation section of the text, which begins at @text. */
static void read_relocs(struct sites *s, Elf *elf, Elf_Scn *scn, const GElf_Shdr *shdr, unsigned long text)
{
	Elf_Scn *symtab = elf_getscn(elf, shdr->sh_link);
	Elf_Data *relas = elf_getdata(scn, NULL), *syms = elf_getdata(symtab, NULL);
	GElf_Shdr symtab_hdr;
	GElf_Rela rela;

	if (!relas || !syms || !gelf_getshdr(symtab, &symtab_hdr))
		die("%s", elf_errmsg(-1));
	for (size_t i = 0; i < shdr->sh_size / shdr->sh_entsize; i++) {
		if (!gelf_getrela(relas, i, &rela))
			die("relocation %zu: %s", i, elf_errmsg(-1));
		if (GELF_R_TYPE(rela.r_info) == R_PPC64_REL24 &&
		    is_mcount(elf, syms, symtab_hdr.sh_link, GELF_R_SYM(rela.r_info)))
			add_site(s, rela.r_offset - text);
	}
}

static int by_offset(const void *a, const void *b)
{
	unsigned int x = *(const unsigned int *)a, y = *(const unsigned int *)b;

	return x < y ? -1 : x > y;
}

static void read_kernel(struct sites *s, const char *path)
{
	int fd = open(path, O_RDONLY);
	Elf_Scn *scn = NULL;
	GElf_Shdr shdr, target;
	Elf *elf;

	elf_version(EV_CURRENT);
	elf = fd < 0 ? NULL : elf_begin(fd, ELF_C_READ, NULL);
	if (!elf || elf_kind(elf) != ELF_K_ELF)
		die("%s: not an ELF file", path);
	while ((scn = elf_nextscn(elf, scn))) {
		if (!gelf_getshdr(scn, &shdr))
			die("%s: %s", path, elf_errmsg(-1));
		if (shdr.sh_type == SHT_RELA && gelf_getshdr(elf_getscn(elf, shdr.sh_info), &target) &&
		    target.sh_flags & SHF_EXECINSTR)
			read_relocs(s, elf, scn, &shdr, target.sh_addr);
	}
	elf_end(elf);
	close(fd);
	if (s->num)
		qsort(s->offset, s->num, sizeof(*s->offset), by_offset);
}

static void emit_u16(FILE *out, size_t i, unsigned int value)
{
	fprintf(out, "%s%u", i % PER_LINE ? "," : "\n\t.short\t", value);
}

static void emit(const struct sites *s, FILE *out)
{
	size_t i = 0;

	fprintf(out, "/* SPDX-License-Identifier: GPL-2.0 */\n"
		"/* Made by tools/ftrace_sites; kernel/ftrace/sites.h describes it. */\n"
		"\t.abiversion 2\n"
		"\t.section .ftrace_sites, \"a\"\n"
		"\t.balign\t8\n"
		"\t.globl\tftrace_site_first\n"
		"ftrace_site_first:");
	for (unsigned int bucket = 0; bucket <= FTRACE_SITE_BUCKETS; bucket++) {
		while (i < s->num && s->offset[i] >> FTRACE_SITE_SHIFT < bucket)
			i++;
		emit_u16(out, bucket, (unsigned int)i);
	}
	fprintf(out, "\n\t.globl\tftrace_site_low\n"
		"ftrace_site_low:");
	for (i = 0; i < s->num; i++)
		emit_u16(out, i, s->offset[i] >> 2 & 0xffff);
	fprintf(out, "\n");
}

/* Without a kernel, an empty table, to link the first time with. */
int main(int argc, char **argv)
{
	struct sites sites = { 0 };
	FILE *out;

	if (argc < 2 || argc > 3) {
		fputs("usage: ftrace_sites OUT.S [VMLINUX]\n", stderr);
		return 2;
	}
	if (argc == 3)
		read_kernel(&sites, argv[2]);
	out = fopen(argv[1], "w");
	if (!out)
		die("cannot write %s", argv[1]);
	emit(&sites, out);
	if (fclose(out))
		die("cannot write %s", argv[1]);
	free(sites.offset);
	return 0;
}
