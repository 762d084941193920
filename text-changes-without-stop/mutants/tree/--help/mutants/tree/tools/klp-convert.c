// SPDX-License-Identifier: GPL-2.0
/*
 * klp-convert: makes a live patch's references to other objects what the kernel expects of them.
 *
 *	klp-convert FILE.ko...
 *
 * KLP_SYMBOL(obj, name, pos) in the source becomes an undefined symbol ".klp.sym.OBJ.NAME.POS". This program, run on
 * the finished module,
 *
 *	- calls it ".klp.sym.OBJ.NAME,POS", with the section index SHN_LIVEPATCH
 *	- moves the relocations to it from .rela.SECTION to .klp.rela.OBJ.SECTION, with the flag SHF_RELA_LIVEPATCH
 *
 * A file without such symbols stays as it is. The layout is Linux's (Documentation/livepatch/module-elf-format.rst).
 */
#include <fcntl.h>
#include <gelf.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SHN_LIVEPATCH		0xff20
#define SHF_RELA_LIVEPATCH	0x00100000
#define SYMBOL_PREFIX		".klp.sym."
#define SECTION_PREFIX		".klp.rela."

struct file {
	const char *path;
	int fd;
	Elf *elf;
	size_t shstrndx;
	Elf_Scn *symtab;
	Elf_Scn *shstrtab;
	size_t strndx;
	Elf_Data *syms;
	size_t nr_syms;
};

static void __attribute__((noreturn, format(printf, 2, 3))) die(const struct file *f, const char *fmt, ...)
{
	va_list ap;

	fprintf(stderr, "klp-convert: %s: ", f->path);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fprintf(stderr, "\n");
	exit(1);
}

static void *check(const struct file *f, void *p)
{
	if (!p)
		die(f, "%s", elf_errmsg(-1) ? elf_errmsg(-1) : "out of memory");
	return p;
}

static void open_file(struct file *f, const char *path)
{
	*f = (struct file){ .path = path };
	f->fd = open(path, O_RDWR);
	if (f->fd < 0)
		die(f, "cannot be opened");
	f->elf = check(f, elf_begin(f->fd, ELF_C_RDWR, NULL));
	if (elf_kind(f->elf) != ELF_K_ELF || elf_getshdrstrndx(f->elf, &f->shstrndx))
		die(f, "not an ELF file");
	f->shstrtab = check(f, elf_getscn(f->elf, f->shstrndx));
}

static void find_symtab(struct file *f)
{
	Elf_Scn *scn = NULL;
	GElf_Shdr shdr;

	while ((scn = elf_nextscn(f->elf, scn))) {
		check(f, gelf_getshdr(scn, &shdr));
		if (shdr.sh_type != SHT_SYMTAB)
			continue;
		f->symtab = scn;
		f->strndx = shdr.sh_link;
		f->nr_syms = shdr.sh_size / shdr.sh_entsize;
	}
	if (!f->symtab)
		die(f, "no symbols");
	f->syms = check(f, elf_getdata(f->symtab, NULL));
}

/* ---- symbols ---- */

static char *symbol_name(const struct file *f, const GElf_Sym *sym)
{
	return check(f, elf_strptr(f->elf, f->strndx, sym->st_name));
}

/* A symbol's name is changed where it is: the new one is as long. */
static void convert_name(const struct file *f, char *name)
{
	char *object = name + strlen(SYMBOL_PREFIX), *dot = strchr(object, '.'), *last = strrchr(object, '.');

	if (!dot || dot == object || last == dot || last == dot + 1 || !last[1] || last[1 + strspn(last + 1, "0123456789")])
		die(f, "malformed symbol %s", name);
	*last = ',';
}

/* Return: whether there is one. */
static bool convert_symbols(struct file *f)
{
	bool any = false;
	GElf_Sym sym;
	size_t i;

	for (i = 1; i < f->nr_syms; i++) {
		gelf_getsym(f->syms, (int)i, &sym);
		if (sym.st_shndx != SHN_UNDEF || strncmp(symbol_name(f, &sym), SYMBOL_PREFIX, strlen(SYMBOL_PREFIX)))
			continue;
		convert_name(f, symbol_name(f, &sym));
		sym.st_shndx = SHN_LIVEPATCH;
		gelf_update_sym(f->syms, (int)i, &sym);
		any = true;
	}
	if (any) {
		elf_flagdata(f->syms, ELF_C_SET, ELF_F_DIRTY);
		elf_flagdata(elf_getdata(elf_getscn(f->elf, f->strndx), NULL), ELF_C_SET, ELF_F_DIRTY);
	}
	return any;
}

/* The object of symbol @index, which is not NUL-terminated, or NULL if it is not one of ours. */
static const char *object_of(const struct file *f, size_t index, size_t *len)
{
	const char *name;
	GElf_Sym sym;

	if (!gelf_getsym(f->syms, (int)index, &sym) || sym.st_shndx != SHN_LIVEPATCH)
		return NULL;
	name = symbol_name(f, &sym) + strlen(SYMBOL_PREFIX);
	*len = strcspn(name, ".");
	return name;
}

/* ---- relocations ---- */

/* Append @name to the names of sections. Return: its offset. */
static size_t add_section_name(struct file *f, const char *name)
{
	Elf_Data *data = check(f, elf_getdata(f->shstrtab, NULL));
	size_t offset = data->d_size, len = strlen(name) + 1;
	char *strings = check(f, malloc(offset + len));

	memcpy(strings, data->d_buf, offset);
	memcpy(strings + offset, name, len);
	data->d_buf = strings;
	data->d_size += len;
	elf_flagdata(data, ELF_C_SET, ELF_F_DIRTY);
	return offset;
}

static Elf_Data *add_section(struct file *f, const char *name, const GElf_Shdr *like, size_t room)
{
	Elf_Scn *scn = check(f, elf_newscn(f->elf));
	Elf_Data *data = check(f, elf_newdata(scn));
	GElf_Shdr shdr = *like;

	shdr.sh_name = (GElf_Word)add_section_name(f, name);
	shdr.sh_flags |= SHF_RELA_LIVEPATCH;
	data->d_type = ELF_T_RELA;
	data->d_version = EV_CURRENT;
	data->d_align = 8;
	data->d_buf = check(f, calloc(room, sizeof(Elf64_Rela)));
	data->d_size = 0;
	gelf_update_shdr(scn, &shdr);
	return data;
}

static void append(Elf_Data *data, const GElf_Rela *rela)
{
	((Elf64_Rela *)data->d_buf)[data->d_size / sizeof(*rela)] = *rela;
	data->d_size += sizeof(*rela);
}

/* Does entry @i of @data refer to @object, or if that is NULL, to any of ours? */
static bool refers_to(const struct file *f, Elf_Data *data, size_t i, const char *object, GElf_Rela *rela)
{
	const char *name;
	size_t len;

	check((struct file *)f, gelf_getrela(data, (int)i, rela));
	name = object_of(f, GELF_R_SYM(rela->r_info), &len);
	return name && (!object || (strlen(object) == len && !strncmp(name, object, len)));
}

/* Move all entries for the object of entry @first from @data to a section of their own. Return: how many are left. */
static size_t split(struct file *f, Elf_Data *data, const GElf_Shdr *shdr, size_t n, size_t first)
{
	const char *section = check(f, elf_strptr(f->elf, f->shstrndx, shdr->sh_name)) + strlen(".rela");
	GElf_Rela rela;
	Elf_Data *moved;
	char object[64], name[256];
	const char *from;
	size_t i, len, left = 0;

	gelf_getrela(data, (int)first, &rela);
	from = object_of(f, GELF_R_SYM(rela.r_info), &len);
	snprintf(object, sizeof(object), "%.*s", (int)len, from);
	snprintf(name, sizeof(name), SECTION_PREFIX "%s%s", object, section);
	moved = add_section(f, name, shdr, n);
	for (i = 0; i < n; i++) {
		if (refers_to(f, data, i, object, &rela))
			append(moved, &rela);
		else
			gelf_update_rela(data, (int)left++, &rela);
	}
	return left;
}

static void convert_section(struct file *f, Elf_Scn *scn, GElf_Shdr *shdr)
{
	Elf_Data *data = check(f, elf_getdata(scn, NULL));
	size_t n = shdr->sh_size / shdr->sh_entsize, i = 0;
	GElf_Rela rela;

	while (i < n) {
		if (refers_to(f, data, i, NULL, &rela))
			n = split(f, data, shdr, n, i);
		else
			i++;
	}
	if (data->d_size == n * sizeof(rela))
		return;
	data->d_size = n * sizeof(rela);
	elf_flagdata(data, ELF_C_SET, ELF_F_DIRTY);
}

static void convert_relocations(struct file *f)
{
	size_t i, nr;
	GElf_Shdr shdr;

	if (elf_getshdrnum(f->elf, &nr))
		die(f, "%s", elf_errmsg(-1));
	for (i = 1; i < nr; i++) {
		Elf_Scn *scn = check(f, elf_getscn(f->elf, i));

		check(f, gelf_getshdr(scn, &shdr));
		if (shdr.sh_type == SHT_RELA && !(shdr.sh_flags & SHF_RELA_LIVEPATCH))
			convert_section(f, scn, &shdr);
	}
}

static void convert_file(const char *path)
{
	struct file f;

	open_file(&f, path);
	find_symtab(&f);
	if (convert_symbols(&f)) {
		convert_relocations(&f);
		if (elf_update(f.elf, ELF_C_WRITE) < 0)
			die(&f, "%s", elf_errmsg(-1));
	}
	elf_end(f.elf);
	close(f.fd);
}

int main(int argc, char **argv)
{
	int i;

	if (argc < 2 || elf_version(EV_CURRENT) == EV_NONE) {
		fprintf(stderr, "usage: klp-convert FILE.ko...\n");
		return 2;
	}
	for (i = 1; i < argc; i++)
		convert_file(argv[i]);
	return 0;
}
