// SPDX-License-Identifier: GPL-2.0
/*
 * What makes an ELF file a module of this kernel: its struct module, and what it says about itself
 * in .modinfo. A chapter of elf_check.c.
 */
#include <linux/errno.h>
#include <linux/string.h>
#include "elf_check_parts.h"

/**
 * elf_find_section - the one section called @name
 * @img: a checked image
 * @name: wanted
 * @shdr: receives its header
 *
 * Context: any. Return: its index, 0 if there is none or more than one.
 */
unsigned int elf_find_section(const struct elf_image *img, const char *name, Elf64_Shdr *shdr)
{
	unsigned int found = 0;
	Elf64_Shdr s;

	for (unsigned int i = 1; i < img->shnum; i++) {
		elf_section(img, i, &s);
		if (s.sh_type == SHT_NULL || strcmp(elf_section_name(img, &s), name))
			continue;
		if (found)
			return 0;
		found = i;
		*shdr = s;
	}
	return found;
}

/* Check the image of struct module, and find its name. Context: as elf_check_modinfo(). */
int elf_check_this_module(struct elf_image *img, const struct elf_expect *want,
			  struct elf_error *err)
{
	Elf64_Shdr s;

	img->this_module = elf_find_section(img, ".gnu.linkonce.this_module", &s);
	if (!img->this_module)
		return refuse(err, -ENOEXEC, "no section .gnu.linkonce.this_module: not a module");
	if (s.sh_type != SHT_PROGBITS || (s.sh_flags & (SHF_ALLOC | SHF_WRITE)) !=
	    (SHF_ALLOC | SHF_WRITE) || s.sh_size != want->this_module_size)
		return refuse(err, -ENOEXEC, "struct module of %llu bytes, this kernel's has %lu",
			      (unsigned long long)s.sh_size, (unsigned long)want->this_module_size);
	img->name = (const char *)img->data + s.sh_offset + want->name_offset;
	if (!img->name[0] || strnlen(img->name, want->name_size) == want->name_size ||
	    img->name[strcspn(img->name, " /:,\t\n")])
		return refuse(err, -ENOEXEC, "the module's name is missing or malformed");
	return 0;
}

/**
 * elf_modinfo - walk the "tag=value" strings of .modinfo
 * @img: has passed elf_check_module()
 * @tag: wanted, or NULL for every string
 * @prev: NULL, or what the last call returned
 *
 * Context: any. Return: the value (with @tag NULL: the whole string), or NULL after the last.
 */
const char *elf_modinfo(const struct elf_image *img, const char *tag, const char *prev)
{
	const char *p, *end;
	Elf64_Shdr s;
	size_t len = tag ? strlen(tag) : 0;

	if (!img->modinfo)
		return NULL;
	elf_section(img, img->modinfo, &s);
	p = (const char *)img->data + s.sh_offset;
	end = p + s.sh_size;
	if (prev)
		p = prev + strlen(prev) + 1;
	for (; p < end; p += strlen(p) + 1) {
		if (*p && !tag)
			return p;
		if (tag && !strncmp(p, tag, len) && p[len] == '=')
			return p + len + 1;
	}
	return NULL;
}

/* Find .modinfo, in which strings must end. Context: any; @img has passed elf_check_sections(). */
int elf_check_modinfo(struct elf_image *img, struct elf_error *err)
{
	unsigned int index;
	Elf64_Shdr s;

	index = elf_find_section(img, ".modinfo", &s);
	if (!index || s.sh_type != SHT_PROGBITS || !s.sh_size)
		return refuse(err, -ENOEXEC, "no section .modinfo: not a module");
	if (img->data[s.sh_offset + s.sh_size - 1])
		return refuse(err, -ENOEXEC, ".modinfo does not end in NUL");
	img->modinfo = index;
	return 0;
}

/* Is the module made for this kernel? Context: any; .modinfo has been found. */
int elf_check_vermagic(const struct elf_image *img, const struct elf_expect *want,
		       struct elf_error *err)
{
	const char *magic = elf_modinfo(img, "vermagic", NULL);

	if (!want->vermagic)
		return 0;
	if (!magic)
		return refuse(err, -ENOEXEC, "no version magic, should be '%s'", want->vermagic);
	if (strcmp(magic, want->vermagic))
		return refuse(err, -ENOEXEC, "version magic '%.64s' should be '%s'", magic, want->vermagic);
	return 0;
}

/* Does the module say of itself that it is a live patch? Context: any; .modinfo has been found. */
bool elf_is_livepatch(const struct elf_image *img)
{
	const char *says = elf_modinfo(img, "livepatch", NULL);

	return says && says[0] == 'Y';
}
