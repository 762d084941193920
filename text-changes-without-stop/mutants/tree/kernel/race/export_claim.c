// SPDX-License-Identifier: GPL-2.0
/*
 * Changes the licence that a module file claims: what a vendor changes in one line of the source,
 * and what the kernel cannot tell from it.
 */
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include <stopgap/elf_read.h>
#include "../module/elf_check.h"
#include "export.h"

/* The file has the machine's byte order; a header may lie anywhere in it. */
static void put_header(struct elf_image *img, void *copy, unsigned int index,
		       const Elf64_Shdr *shdr)
{
	memcpy(copy + img->shoff + index * sizeof(*shdr), shdr, sizeof(*shdr));
}

/* Move .modinfo to the end of the file, where there is room for one more string. */
static size_t move_modinfo(struct elf_image *img, void *copy, const char *license)
{
	const char *claim = elf_modinfo(img, "license", NULL);
	size_t end = img->len;
	Elf64_Shdr s;
	char *old;

	elf_section(img, img->modinfo, &s);
	memcpy(copy + end, copy + s.sh_offset, s.sh_size);
	old = copy + end + (claim - (const char *)img->data - s.sh_offset);
	memset(old - strlen("license="), 0, strlen("license=") + strlen(old));
	s.sh_offset = end;
	s.sh_size += sprintf(copy + end + s.sh_size, "license=%s", license) + 1;
	put_header(img, copy, img->modinfo, &s);
	return end + s.sh_size;
}

void *export_claim(const struct ramdisk_file *file, const char *license, size_t *size)
{
	struct elf_image img;
	struct elf_error err;
	Elf64_Shdr modinfo;
	void *copy;

	if (elf_check_module(&img, file->data, file->size, NULL, &err) ||
	    !elf_modinfo(&img, "license", NULL))
		return ERR_PTR(-ENOEXEC);
	elf_section(&img, img.modinfo, &modinfo);
	copy = vmalloc(file->size + modinfo.sh_size + strlen(license) + sizeof("license="));
	if (!copy)
		return ERR_PTR(-ENOMEM);
	memcpy(copy, file->data, file->size);
	*size = move_modinfo(&img, copy, license);
	return copy;
}

bool export_claims(const struct ramdisk_file *file, const char *license)
{
	struct elf_image img;
	struct elf_error err;
	const char *claim;

	if (elf_check_module(&img, file->data, file->size, NULL, &err))
		return false;
	claim = elf_modinfo(&img, "license", NULL);
	return claim && !strcmp(claim, license);
}
