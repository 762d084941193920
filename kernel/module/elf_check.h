/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The gate: an image that passes elf_check_module() can be loaded without looking at a bound again.
 *
 * Pure logic: the kernel, the host tests and the fuzzer compile the same file.
 */
#ifndef _MODULE_ELF_CHECK_H
#define _MODULE_ELF_CHECK_H

#include <linux/elf.h>
#include <linux/types.h>

/* No section may be larger, which also keeps every sum of sizes far from wrapping. */
#define ELF_MAX_SECTION		(1UL << 28)
/* The largest alignment that a section may ask for. */
#define ELF_MAX_ALIGN		(1UL << 16)

/*
 * Why an image was refused: a negative errno, and a sentence without the module's name in front of
 * it.
 */
struct elf_error {
	int err;
	char msg[160];
};

/* What this kernel wants of an image besides being well-formed. */
struct elf_expect {
	const char *vermagic;		/* NULL: of whatever kernel */
	size_t this_module_size;	/* sizeof(struct module) ... */
	size_t name_offset;		/* ... and the place and size of its name */
	size_t name_size;
};

/*
 * An image, and once it has passed, where in it the interesting things are. All indices are of
 * sections.
 */
struct elf_image {
	const unsigned char *data;
	size_t len;
	size_t shoff;
	unsigned int shnum;
	unsigned int shstrndx;
	unsigned int symtab;
	unsigned int percpu;
	unsigned int this_module;
	unsigned int modinfo;
	unsigned int num_syms;
	const char *secstrings;
	size_t secstrings_size;
	const char *strtab;
	size_t strtab_size;
	const char *name;		/* the module's, inside its struct module */
};

int elf_check_module(struct elf_image *img, const void *data, size_t len,
		     const struct elf_expect *want, struct elf_error *err);
int elf_check_header(struct elf_image *img, const void *data, size_t len, struct elf_error *err);
int elf_check_sections(struct elf_image *img, struct elf_error *err);

void elf_section(const struct elf_image *img, unsigned int index, Elf64_Shdr *shdr);
unsigned int elf_find_section(const struct elf_image *img, const char *name, Elf64_Shdr *shdr);
void elf_symbol(const struct elf_image *img, unsigned int index, Elf64_Sym *sym);
void elf_symbols(const struct elf_image *img, Elf64_Sym *syms);
bool elf_is_livepatch(const struct elf_image *img);
const char *elf_modinfo(const struct elf_image *img, const char *tag, const char *prev);

#endif
