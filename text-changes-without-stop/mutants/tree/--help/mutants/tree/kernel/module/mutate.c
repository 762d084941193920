// SPDX-License-Identifier: GPL-2.0
/*
 * Damage for module files, aimed at what a loader believes: fields of the ELF header, of section
 * headers, symbols and relocations, names, and the bytes of sections. The file may be damaged
 * already, so nothing in it is believed here either.
 *
 * Pure logic: the kernel's modfuzz and the host's fuzzer compile the same file.
 */
#include <linux/kernel.h>
#include <linux/string.h>
#include <stopgap/elf_read.h>
#include "mutate.h"

#define MAX_CHANGES	3	/* in one call */

/* A field: where in its record, how many bytes. */
struct field {
	unsigned char offset, size;
};
#define FIELD(type, member)	{ offsetof(type, member), sizeof_field(type, member) }

static const struct field header_fields[] = {
	{ EI_CLASS, 1 }, { EI_DATA, 1 },
	FIELD(Elf64_Ehdr, e_type), FIELD(Elf64_Ehdr, e_machine), FIELD(Elf64_Ehdr, e_flags),
	FIELD(Elf64_Ehdr, e_shoff), FIELD(Elf64_Ehdr, e_shentsize), FIELD(Elf64_Ehdr, e_shnum),
	FIELD(Elf64_Ehdr, e_shstrndx),
};
static const struct field section_fields[] = {
	FIELD(Elf64_Shdr, sh_name), FIELD(Elf64_Shdr, sh_type), FIELD(Elf64_Shdr, sh_flags),
	FIELD(Elf64_Shdr, sh_addr), FIELD(Elf64_Shdr, sh_offset), FIELD(Elf64_Shdr, sh_size),
	FIELD(Elf64_Shdr, sh_link), FIELD(Elf64_Shdr, sh_info), FIELD(Elf64_Shdr, sh_addralign),
	FIELD(Elf64_Shdr, sh_entsize),
};
static const struct field symbol_fields[] = {
	FIELD(Elf64_Sym, st_name), FIELD(Elf64_Sym, st_info), FIELD(Elf64_Sym, st_other),
	FIELD(Elf64_Sym, st_shndx), FIELD(Elf64_Sym, st_value), FIELD(Elf64_Sym, st_size),
};
/* r_info is two fields: the symbol, then the type. */
static const struct field rela_fields[] = {
	FIELD(Elf64_Rela, r_offset), { offsetof(Elf64_Rela, r_info), 4 },
	{ offsetof(Elf64_Rela, r_info) + 4, 4 }, FIELD(Elf64_Rela, r_addend),
};

/* An image under the knife. */
struct patient {
	unsigned char *data;
	size_t len;
	struct rnd_state *rnd;
};

static u32 below(const struct patient *p, size_t ceil)
{
	return prandom_u32_below(p->rnd, (u32)ceil);
}

static bool inside(const struct patient *p, u64 at, u64 size)
{
	return size <= p->len && at <= p->len - size;
}

/* A number worth trying in place of @old. */
static u64 new_value(const struct patient *p, u64 old)
{
	static const u64 edges[] = {
		0, 1, 2, 7, 8, 0xff, 0x7fff, 0x8000, 0xff00, 0xfff1, 0xfff2, 0xffff, 0x10000,
		1ULL << 28, 0x7fffffff, 0x80000000, 0xffffffff, 1ULL << 32, 1ULL << 63,
		~0ULL >> 1, ~0ULL - 7, ~0ULL,
	};

	switch (below(p, 6)) {
	case 0:
		return edges[below(p, ARRAY_SIZE(edges))];
	case 1:
		return old ^ 1ULL << below(p, 64);
	case 2:
		return old + 1 + below(p, 16);
	case 3:
		return old - 1 - below(p, 16);
	case 4:
		return below(p, p->len + 16);
	default:
		return prandom_u64_state(p->rnd);
	}
}

/* Change the big-endian number of @size bytes at @at, if it is in the file. */
static void change_number(const struct patient *p, u64 at, unsigned int size)
{
	u64 v = 0;

	if (!inside(p, at, size))
		return;
	for (unsigned int i = 0; i < size; i++)
		v = v << 8 | p->data[at + i];
	v = new_value(p, v);
	for (unsigned int i = size; i--; v >>= 8)
		p->data[at + i] = (unsigned char)v;
}

static void change_field(const struct patient *p, u64 record, const struct field *fields,
			 unsigned int count)
{
	const struct field *f = &fields[below(p, count)];

	change_number(p, record + f->offset, f->size);
}

/* The place of a random section header; ~0 if there is none in the file. */
static u64 some_section(const struct patient *p, Elf64_Shdr *s)
{
	Elf64_Ehdr hdr;
	u64 at;

	if (!inside(p, 0, sizeof(hdr)))
		return ~0ULL;
	elf_read_ehdr(p->data, &hdr);
	at = hdr.e_shoff + below(p, hdr.e_shnum) * sizeof(*s);
	if (!inside(p, at, sizeof(*s)))
		return ~0ULL;
	elf_read_shdr(p->data + at, s);
	return at;
}

/* A random section of @type that has bytes. Return: false if none was met in some tries. */
static bool some_section_of(const struct patient *p, unsigned int type, Elf64_Shdr *s)
{
	for (int tries = 0; tries < 32; tries++)
		if (some_section(p, s) != ~0ULL && s->sh_type == type && s->sh_size &&
		    inside(p, s->sh_offset, s->sh_size))
			return true;
	return false;
}

static void change_record(const struct patient *p, unsigned int type, size_t size,
			  const struct field *fields, unsigned int count)
{
	Elf64_Shdr s;

	if (some_section_of(p, type, &s) && s.sh_size >= size)
		change_field(p, s.sh_offset + below(p, s.sh_size / size) * size, fields, count);
}

static void change_byte(const struct patient *p, unsigned int type)
{
	Elf64_Shdr s;

	if (some_section_of(p, type, &s))
		change_number(p, s.sh_offset + below(p, s.sh_size), 1);
}

/* One section header takes the place of another. */
static void copy_section_header(const struct patient *p)
{
	Elf64_Shdr s;
	u64 from = some_section(p, &s), to = some_section(p, &s);

	if (from != ~0ULL && to != ~0ULL)
		memmove(p->data + to, p->data + from, sizeof(s));
}

static void change_something(struct patient *p)
{
	Elf64_Shdr s;
	u64 at;

	switch (below(p, 12)) {
	case 0:
		change_field(p, 0, header_fields, ARRAY_SIZE(header_fields));
		break;
	case 1 ... 3:
		at = some_section(p, &s);
		if (at != ~0ULL)
			change_field(p, at, section_fields, ARRAY_SIZE(section_fields));
		break;
	case 4 ... 5:
		change_record(p, SHT_SYMTAB, sizeof(Elf64_Sym), symbol_fields,
			      ARRAY_SIZE(symbol_fields));
		break;
	case 6 ... 7:
		change_record(p, SHT_RELA, sizeof(Elf64_Rela), rela_fields,
			      ARRAY_SIZE(rela_fields));
		break;
	case 8:
		change_byte(p, SHT_STRTAB);
		break;
	case 9:
		change_byte(p, SHT_PROGBITS);
		break;
	case 10:
		copy_section_header(p);
		break;
	default:
		change_number(p, below(p, p->len), 1U << below(p, 4));
	}
}

/**
 * mutate_module - damage a module file
 * @image: the file, whole or damaged already
 * @len: its size
 * @rnd: decides what; the same state makes the same damage
 *
 * Context: any. Return: the new size, at most @len: one file in 64 is cut.
 */
size_t mutate_module(unsigned char *image, size_t len, struct rnd_state *rnd)
{
	struct patient p = { image, len, rnd };

	for (u32 n = 1 + below(&p, MAX_CHANGES); n; n--)
		change_something(&p);
	return below(&p, 64) ? len : below(&p, len);
}
