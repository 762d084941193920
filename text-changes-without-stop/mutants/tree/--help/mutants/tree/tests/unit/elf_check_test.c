// SPDX-License-Identifier: GPL-2.0
/*
 * The gate for module files, against a real object of the cross compiler: whole, cut at every
 * byte, with every byte changed, and with single fields set to what must be refused. Each image
 * lies in memory of exactly its size, so that ASan sees the first byte read outside.
 */
// LINK: kernel/module/elf_check.c kernel/module/elf_modinfo.c arch/powerpc/module_reloc.c
#include <linux/elf.h>
#include <linux/errno.h>
#include <linux/string.h>
#include <stopgap/elf_read.h>

#include "elf_check.h"
#include "unit.h"

#define MAX_IMAGE	65536

static const struct elf_expect expect = {
	.vermagic = "test magic", .this_module_size = 256, .name_offset = 24, .name_size = 56,
};

static const char source[] =
	"const char info[] __attribute__((section(\".modinfo\"), aligned(1))) ="
	"	\"license=GPL\\0name=good\\0vermagic=test magic\";"
	"struct module { char a[24], name[56]; int (*init)(void); char b[168]; };"
	"int printk(const char *, ...);"
	"static int calls; extern int other;"
	"int each __attribute__((section(\".data..percpu\"))) = 1;"
	"int all __attribute__((section(\".data..shared\"))) = 2;"
	"int init_module(void) { printk(\"hi\"); other = ++calls; return printk(\"ho\"); }"
	"struct module m __attribute__((section(\".gnu.linkonce.this_module\"))) ="
	"	{ .name = \"good\", .init = init_module };";

static unsigned char good[MAX_IMAGE];
static size_t good_len;

/* Compile the source above, once. Return: false if that failed. */
static bool have_good(void)
{
	static const char script[] =
		"f=$(mktemp); trap 'rm -f $f' EXIT; ${CROSS_COMPILE:-powerpc64-linux-gnu-}gcc -m64 "
		"-mbig-endian -mabi=elfv2 -O2 -ffreestanding -fno-pic -x c -c -o $f - <<'.' &&"
		" cat $f\n";
	char command[2048];
	FILE *pipe;

	if (good_len)
		return true;
	libc_snprintf(command, sizeof(command), "%s%s\n.\n", script, source);
	pipe = popen(command, "r");
	good_len = fread(good, 1, sizeof(good), pipe);
	CHECK_EQ(pclose(pipe), 0);
	return CHECK(good_len > 1000 && good_len < MAX_IMAGE);
}

/* Look at everything an image that has passed refers to. */
static void walk(const struct elf_image *img)
{
	static Elf64_Sym syms[MAX_IMAGE / sizeof(Elf64_Sym)];
	volatile size_t sink = 0;
	Elf64_Shdr s;

	elf_symbols(img, syms);
	for (unsigned int i = 0; i < img->num_syms; i++)
		sink += strlen(img->strtab + syms[i].st_name);
	for (unsigned int i = 1; i < img->shnum; i++) {
		elf_section(img, i, &s);
		if (s.sh_type == SHT_NULL)
			continue;
		sink += strlen(img->secstrings + s.sh_name);
		for (size_t b = 0; s.sh_type != SHT_NOBITS && b < s.sh_size; b++)
			sink += img->data[s.sh_offset + b];
	}
	for (const char *p = NULL; (p = elf_modinfo(img, NULL, p));)
		sink += strlen(p);
	sink += strlen(img->name);
}

/* Check a copy of @len bytes. Return: the verdict; *@err: the reason. */
static int verdict(const unsigned char *bytes, size_t len, struct elf_error *err)
{
	unsigned char *copy = malloc(len ?: 1);
	struct elf_image img;
	int ret;

	libc_memcpy(copy, bytes, len);
	libc_memset(err, 0, sizeof(*err));
	ret = elf_check_module(&img, copy, len, &expect, err);
	CHECK_EQ(ret, err->err);
	if (ret)
		CHECK(err->msg[0] && strnlen(err->msg, sizeof(err->msg)) < sizeof(err->msg));
	else
		walk(&img);
	free(copy);
	return ret;
}

TEST(takes_a_good_module)
{
	struct elf_image img;
	struct elf_error err;

	if (!have_good())
		return;
	if (!CHECK_EQ(elf_check_module(&img, good, good_len, &expect, &err), 0)) {
		CHECK_STR(err.msg, "");
		return;
	}
	CHECK_STR(img.name, "good");
	CHECK_STR(elf_modinfo(&img, "license", NULL), "GPL");
	CHECK(!elf_modinfo(&img, "licens", NULL));
	CHECK(!elf_modinfo(&img, "license", elf_modinfo(&img, "license", NULL)));
	walk(&img);
}

TEST(refuses_every_truncation)
{
	struct elf_error err;

	for (size_t len = 0; have_good() && len < good_len; len++)
		if (!CHECK_EQ(verdict(good, len, &err), -ENOEXEC))
			break;
	CHECK_EQ(verdict(good, 3, &err), -ENOEXEC);
	CHECK_STR(err.msg, "not an ELF file");
	CHECK_EQ(verdict(good, 63, &err), -ENOEXEC);
	CHECK_STR(err.msg, "truncated: 63 bytes do not hold an ELF header");
	CHECK_EQ(verdict(good, good_len - 1, &err), -ENOEXEC);
	CHECK_STR(err.msg, "truncated: section headers past the end of the file");
}

TEST(survives_any_byte_changed)
{
	static const unsigned char flips[] = { 0x01, 0x80, 0xff, 0x7f, 0x10 };
	unsigned char bytes[MAX_IMAGE];
	struct elf_error err;

	if (!have_good())
		return;
	libc_memcpy(bytes, good, good_len);
	for (size_t i = 0; i < good_len; i++) {
		for (size_t f = 0; f < sizeof(flips); f++) {
			bytes[i] = good[i] ^ flips[f];
			verdict(bytes, good_len, &err);
		}
		bytes[i] = good[i];
	}
}

/* ---- single fields ---- */

/* The file offset of the header of section @name. */
static size_t header_of(const char *name)
{
	struct elf_image img;
	struct elf_error err;
	Elf64_Shdr s;

	CHECK_EQ(elf_check_module(&img, good, good_len, NULL, &err), 0);
	for (unsigned int i = 1; i < img.shnum; i++) {
		elf_section(&img, i, &s);
		if (!strcmp(img.secstrings + s.sh_name, name))
			return img.shoff + i * sizeof(s);
	}
	CHECK_STR(name, "a section of the test's module");
	return 0;
}

static size_t contents_of(const char *name)
{
	Elf64_Shdr s;

	elf_read_shdr(good + header_of(name), &s);
	return s.sh_offset;
}

/* The file offset of symbol @name. */
static size_t symbol_of(const char *name)
{
	struct elf_image img;
	struct elf_error err;
	Elf64_Sym sym;

	elf_check_module(&img, good, good_len, NULL, &err);
	for (unsigned int i = 0; i < img.num_syms; i++) {
		elf_symbol(&img, i, &sym);
		if (!strcmp(img.strtab + sym.st_name, name))
			return contents_of(".symtab") + i * sizeof(sym);
	}
	CHECK_STR(name, "a symbol of the test's module");
	return 0;
}

/* With @size bytes at @offset set to @value, the module is refused, and why. */
static void refused(size_t offset, unsigned int size, u64 value, const char *why)
{
	unsigned char bytes[MAX_IMAGE];
	struct elf_error err;

	libc_memcpy(bytes, good, good_len);
	for (unsigned int i = 0; i < size; i++)
		bytes[offset + i] = value >> 8 * (size - 1 - i);
	CHECK_EQ(verdict(bytes, good_len, &err), -ENOEXEC);
	if (!strstr(err.msg, why))
		CHECK_STR(err.msg, why);
}

#define EHDR(field)	offsetof(Elf64_Ehdr, field), sizeof(((Elf64_Ehdr *)0)->field)
#define SHDR(name, field) \
	header_of(name) + offsetof(Elf64_Shdr, field), sizeof(((Elf64_Shdr *)0)->field)
#define SYM(name, field) \
	symbol_of(name) + offsetof(Elf64_Sym, field), sizeof(((Elf64_Sym *)0)->field)
#define RELA(name, field) \
	contents_of(name) + offsetof(Elf64_Rela, field), sizeof(((Elf64_Rela *)0)->field)

TEST(names_what_is_wrong_with_the_header)
{
	if (!have_good())
		return;
	refused(0, 1, 0x7e, "not an ELF file");
	refused(EI_CLASS, 1, ELFCLASS32, "ELF class 1, want 2 (64-bit)");
	refused(EI_DATA, 1, ELFDATA2LSB, "little-endian ELF, this kernel is big-endian");
	refused(EI_DATA, 1, 3, "data encoding 3");
	refused(EI_VERSION, 1, 2, "ELF version 2");
	refused(EHDR(e_type), ET_EXEC, "ELF type 2, want 1 (relocatable)");
	refused(EHDR(e_machine), EM_X86_64, "wrong machine 62 (x86-64), want 21 (PowerPC64)");
	refused(EHDR(e_machine), EM_PPC, "wrong machine 20 (PowerPC, 32-bit)");
	refused(EHDR(e_flags), 1, "ABI version 1, want 2 (ELFv2)");
	refused(EHDR(e_shentsize), 40, "section headers of 40 bytes");
	refused(EHDR(e_shnum), 0, "0 sections");
	refused(EHDR(e_shnum), 0xfffe, "65534 sections");
	refused(EHDR(e_shnum), 0x1000, "section headers past the end");
	refused(EHDR(e_shoff), ~0ull, "section headers past the end");
	refused(EHDR(e_shstrndx), 0, "no section names");
	refused(EHDR(e_shstrndx), 0x1000, "no section names");
	refused(EHDR(e_shstrndx), 1, "is not a string table");
}

TEST(names_what_is_wrong_with_a_section)
{
	if (!have_good())
		return;
	refused(SHDR(".text", sh_name), ~0u, "has its name out of bounds");
	refused(SHDR(".text", sh_size), 1ull << 40, "section .text is too large");
	refused(SHDR(".text", sh_offset), ~0ull, "truncated: section .text");
	refused(SHDR(".text", sh_addralign), 3, "section .text wants alignment 0x3");
	refused(SHDR(".text", sh_addralign), 1 << 20, "section .text wants alignment 0x100000");
	refused(SHDR(".text", sh_flags), 7, "section .text is writable and executable");
	refused(SHDR(".text", sh_flags), SHF_ALLOC | SHF_COMPRESSED, "section .text is compressed");
	/* Nobody would give it memory, and its relocations would be applied all the same. */
	refused(SHDR(".text", sh_type), SHT_NULL, "section .text is loaded and has no type");
	refused(SHDR(".shstrtab", sh_size), 1, "name out of bounds");
	refused(SHDR(".strtab", sh_size), 0, "does not end in NUL");
	refused(SHDR(".strtab", sh_type), SHT_PROGBITS, "is not a string table");
	refused(SHDR(".symtab", sh_type), SHT_PROGBITS, "no symbols (stripped?)");
	refused(SHDR(".text", sh_type), SHT_SYMTAB, "two symbol tables");
	refused(SHDR(".symtab", sh_size), 25, "symbol table of 0x19 bytes");
	refused(SHDR(".symtab", sh_entsize), 16, "in entries of 16");
	refused(SHDR(".symtab", sh_link), 0, "symbol table has no names");
}

TEST(there_is_one_section_of_per_cpu_variables)
{
	struct elf_image img;
	struct elf_error err;
	Elf64_Shdr s;

	if (!have_good())
		return;
	CHECK_EQ(elf_check_module(&img, good, good_len, &expect, &err), 0);
	elf_section(&img, img.percpu, &s);
	CHECK_STR(img.secstrings + s.sh_name, ".data..percpu");
	refused(SHDR(".data..shared", sh_name), s.sh_name, "two sections .data..percpu");
	refused(SHDR(".data..percpu", sh_flags), SHF_ALLOC, ".data..percpu is not data");
	refused(SHDR(".data..percpu", sh_flags), SHF_ALLOC | SHF_EXECINSTR, "is not data");
}

TEST(names_what_is_wrong_with_a_symbol)
{
	if (!have_good())
		return;
	refused(SYM("printk", st_name), ~0u, "has its name out of bounds");
	refused(SYM("printk", st_shndx), SHN_COMMON, "common symbol printk: compile with");
	refused(SYM("printk", st_info), STB_GLOBAL << 4 | STT_GNU_IFUNC, "indirect function printk");
	refused(SYM("printk", st_shndx), 0x1234, "symbol printk is in section 0x1234");
	refused(SYM("printk", st_shndx), SHN_XINDEX, "symbol printk is in section 0xffff");
}

TEST(names_what_is_wrong_with_a_relocation)
{
	if (!have_good())
		return;
	refused(RELA(".rela.text", r_offset), 1 << 20, "at .text+0x100000 is out of bounds");
	refused(RELA(".rela.text", r_info), 200, "unknown relocation 200 (no name) in .text+0x");
	refused(RELA(".rela.text", r_info), R_PPC64_TLS,
		"unsupported relocation 67 (R_PPC64_TLS) in .text+0x");
	refused(RELA(".rela.text", r_info), 0x123400000001, "in .text to symbol 4660 of");
	refused(SHDR(".rela.text", sh_type), SHT_REL, "relocations without addends");
	refused(SHDR(".rela.text", sh_entsize), 16, "in entries of 16");
	refused(SHDR(".rela.text", sh_link), 1, "uses symbol table 1");
	refused(SHDR(".rela.text", sh_info), 0, "relocates section 0");
	refused(SHDR(".rela.text", sh_info), 0x1000, "relocates section 4096");
	refused(SHDR(".text", sh_type), SHT_NOBITS, "relocates a section without bytes");
}

TEST(names_what_makes_it_no_module)
{
	const char *module = ".gnu.linkonce.this_module";

	if (!have_good())
		return;
	refused(SHDR(".modinfo", sh_type), SHT_NOTE, "no section .modinfo: not a module");
	refused(SHDR(".modinfo", sh_size), 5, ".modinfo does not end in NUL");
	refused(contents_of(".modinfo") + 22, 1, 'V', "no version magic, should be 'test magic'");
	refused(contents_of(".modinfo") + 31, 1, 'T', "'Test magic' should be 'test magic'");
	refused(SHDR(module, sh_name), 0, "no section .gnu.linkonce.this_module");
	refused(SHDR(module, sh_size), 248, "struct module of 248 bytes, this kernel's has 256");
	refused(SHDR(module, sh_flags), SHF_ALLOC, "struct module of");
	refused(contents_of(module) + 24, 1, 0, "name is missing or malformed");
	refused(contents_of(module) + 25, 1, '/', "name is missing or malformed");
}
