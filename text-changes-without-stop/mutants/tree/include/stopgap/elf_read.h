/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Reading the records of a big-endian ELF64 file, wherever they lie in memory and whatever machine
 * reads them: a ramdisk aligns files to 4 bytes only, and the host tests run on little-endian
 * machines.
 */
#ifndef _STOPGAP_ELF_READ_H
#define _STOPGAP_ELF_READ_H

#include <linux/elf.h>

#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define __elf16(x)	(x)
#define __elf32(x)	(x)
#define __elf64(x)	(x)
#else
#define __elf16(x)	__builtin_bswap16(x)
#define __elf32(x)	__builtin_bswap32(x)
#define __elf64(x)	__builtin_bswap64(x)
#endif

static inline void elf_read_ehdr(const void *p, Elf64_Ehdr *h)
{
	__builtin_memcpy(h, p, sizeof(*h));
	h->e_type = __elf16(h->e_type);
	h->e_machine = __elf16(h->e_machine);
	h->e_version = __elf32(h->e_version);
	h->e_entry = __elf64(h->e_entry);
	h->e_phoff = __elf64(h->e_phoff);
	h->e_shoff = __elf64(h->e_shoff);
	h->e_flags = __elf32(h->e_flags);
	h->e_ehsize = __elf16(h->e_ehsize);
	h->e_phentsize = __elf16(h->e_phentsize);
	h->e_phnum = __elf16(h->e_phnum);
	h->e_shentsize = __elf16(h->e_shentsize);
	h->e_shnum = __elf16(h->e_shnum);
	h->e_shstrndx = __elf16(h->e_shstrndx);
}

static inline void elf_read_shdr(const void *p, Elf64_Shdr *s)
{
	__builtin_memcpy(s, p, sizeof(*s));
	s->sh_name = __elf32(s->sh_name);
	s->sh_type = __elf32(s->sh_type);
	s->sh_flags = __elf64(s->sh_flags);
	s->sh_addr = __elf64(s->sh_addr);
	s->sh_offset = __elf64(s->sh_offset);
	s->sh_size = __elf64(s->sh_size);
	s->sh_link = __elf32(s->sh_link);
	s->sh_info = __elf32(s->sh_info);
	s->sh_addralign = __elf64(s->sh_addralign);
	s->sh_entsize = __elf64(s->sh_entsize);
}

static inline void elf_read_sym(const void *p, Elf64_Sym *s)
{
	__builtin_memcpy(s, p, sizeof(*s));
	s->st_name = __elf32(s->st_name);
	s->st_shndx = __elf16(s->st_shndx);
	s->st_value = __elf64(s->st_value);
	s->st_size = __elf64(s->st_size);
}

static inline void elf_read_rela(const void *p, Elf64_Rela *r)
{
	__builtin_memcpy(r, p, sizeof(*r));
	r->r_offset = __elf64(r->r_offset);
	r->r_info = __elf64(r->r_info);
	r->r_addend = (s64)__elf64((u64)r->r_addend);
}

#endif
