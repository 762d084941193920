/* SPDX-License-Identifier: GPL-2.0 */
/* Between the files of the gate, elf_check.c and elf_modinfo.c. */
#ifndef _MODULE_ELF_CHECK_PARTS_H
#define _MODULE_ELF_CHECK_PARTS_H

#include <linux/sprintf.h>
#include "elf_check.h"

#define refuse(e, code, fmt, ...) \
	((e)->err = (code), snprintf((e)->msg, sizeof((e)->msg), fmt, ##__VA_ARGS__), (e)->err)

/* Names in messages are cut: a file may hold anything. */
#define NAME_FMT	"%.40s"

static inline const char *elf_section_name(const struct elf_image *img, const Elf64_Shdr *shdr)
{
	return img->secstrings + shdr->sh_name;
}

int elf_check_modinfo(struct elf_image *img, struct elf_error *err);
int elf_check_vermagic(const struct elf_image *img, const struct elf_expect *want,
		       struct elf_error *err);
int elf_check_this_module(struct elf_image *img, const struct elf_expect *want,
			  struct elf_error *err);

#endif
