// SPDX-License-Identifier: GPL-2.0
/*
 * Relocation arithmetic: each type with values in the middle and at the edges of what fits, and
 * one step beyond. Expected bytes are worked out by hand from the ABI's formulas.
 */
// LINK: arch/powerpc/module_reloc.c
#include <linux/elf.h>
#include <linux/errno.h>
#include <linux/moduleloader.h>
#include <linux/string.h>

#include "module_reloc.h"
#include "unit.h"

#define PLACE	0xc008000000010000ull
#define TOC	0xc008000000028000ull

/* A relocation applied to bytes that are all 0xff before. */
struct reloc_case {
	unsigned int type;
	u64 sym;
	s64 addend;
	int ret;
	unsigned char bytes[8];	/* afterwards; the first module_arch_reloc_size() count */
};

#define B2(a, b)	{ a, b }
#define B4(v)		{ (v) >> 24 & 0xff, (v) >> 16 & 0xff, (v) >> 8 & 0xff, (v) & 0xff }
#define B8(v)		{ (v) >> 56 & 0xff, (v) >> 48 & 0xff, (v) >> 40 & 0xff, (v) >> 32 & 0xff, \
			  (v) >> 24 & 0xff, (v) >> 16 & 0xff, (v) >> 8 & 0xff, (v) & 0xff }

static const struct reloc_case cases[] = {
	{ R_PPC64_NONE, 1, 2, 0, { 0xff } },
	{ R_PPC64_ENTRY, 1, 2, 0, { 0xff } },
	{ R_PPC64_ADDR64, 0xc000000000401234, 8, 0, B8(0xc00000000040123cull) },
	{ R_PPC64_REL64, PLACE, -16, 0, B8(0xfffffffffffffff0ull) },
	{ R_PPC64_TOC, 0x1234, 0, 0, B8(TOC) },

	{ R_PPC64_ADDR32, 0x7fffffff, 0, 0, B4(0x7fffffffull) },
	{ R_PPC64_ADDR32, 0xffffffff, 0, 0, B4(0xffffffffull) },
	{ R_PPC64_ADDR32, 0x100000000, 0, -ERANGE, B4(0xffffffffull) },
	{ R_PPC64_ADDR32, -0x80000000ll, 0, 0, B4(0x80000000ull) },
	{ R_PPC64_ADDR32, -0x80000001ll, 0, -ERANGE, B4(0xffffffffull) },
	{ R_PPC64_REL32, PLACE, 0x7fffffff, 0, B4(0x7fffffffull) },
	{ R_PPC64_REL32, PLACE, 0x80000000, -ERANGE, B4(0xffffffffull) },
	{ R_PPC64_REL32, PLACE, -0x80000000ll, 0, B4(0x80000000ull) },
	{ R_PPC64_REL32, PLACE, -0x80000001ll, -ERANGE, B4(0xffffffffull) },

	{ R_PPC64_ADDR16, 0x7fff, 0, 0, B2(0x7f, 0xff) },
	{ R_PPC64_ADDR16, 0x8000, 0, -ERANGE, B2(0xff, 0xff) },
	{ R_PPC64_ADDR16, -0x8000ll, 0, 0, B2(0x80, 0) },
	{ R_PPC64_ADDR16, -0x8001ll, 0, -ERANGE, B2(0xff, 0xff) },
	{ R_PPC64_ADDR16_LO, 0x123456789abcdef0, 0, 0, B2(0xde, 0xf0) },
	{ R_PPC64_ADDR16_HI, 0x12348000, 0, 0, B2(0x12, 0x34) },
	{ R_PPC64_ADDR16_HA, 0x12348000, 0, 0, B2(0x12, 0x35) },
	{ R_PPC64_ADDR16_HA, 0x12347fff, 0, 0, B2(0x12, 0x34) },
	{ R_PPC64_ADDR16_HI, 0x7fffffff, 0, 0, B2(0x7f, 0xff) },
	{ R_PPC64_ADDR16_HA, 0x7fffffff, 0, -ERANGE, B2(0xff, 0xff) },
	{ R_PPC64_ADDR16_HI, 0x80000000, 0, -ERANGE, B2(0xff, 0xff) },
	{ R_PPC64_ADDR16_HIGH, 0x9abc80000000, 0, 0, B2(0x80, 0) },
	{ R_PPC64_ADDR16_HIGHA, 0x9abc80008000, 0, 0, B2(0x80, 1) },
	{ R_PPC64_ADDR16_HIGHER, 0x123456789abcdef0, 0, 0, B2(0x56, 0x78) },
	{ R_PPC64_ADDR16_HIGHERA, 0x12345678ffff8000, 0, 0, B2(0x56, 0x79) },
	{ R_PPC64_ADDR16_HIGHEST, 0xc008000000000000, 0, 0, B2(0xc0, 0x08) },
	{ R_PPC64_ADDR16_HIGHESTA, 0xc007ffffffff8000, 0, 0, B2(0xc0, 0x08) },
	{ R_PPC64_ADDR16_DS, 0x7ffc, 0, 0, B2(0x7f, 0xff) },
	{ R_PPC64_ADDR16_DS, 0x7ffd, 0, -ERANGE, B2(0xff, 0xff) },
	{ R_PPC64_ADDR16_LO_DS, 0x12340008, 0, 0, B2(0x00, 0x0b) },
	{ R_PPC64_ADDR16_LO_DS, 0x1234000a, 0, -ERANGE, B2(0xff, 0xff) },

	{ R_PPC64_TOC16, TOC, -0x8000, 0, B2(0x80, 0) },
	{ R_PPC64_TOC16, TOC, -0x8001, -ERANGE, B2(0xff, 0xff) },
	{ R_PPC64_TOC16_DS, TOC, 0x7ffc, 0, B2(0x7f, 0xff) },
	{ R_PPC64_TOC16_DS, TOC, 0x8000, -ERANGE, B2(0xff, 0xff) },
	{ R_PPC64_TOC16_LO, TOC, 0x12348, 0, B2(0x23, 0x48) },
	{ R_PPC64_TOC16_LO_DS, TOC, 0x12348, 0, B2(0x23, 0x4b) },
	{ R_PPC64_TOC16_HI, TOC, 0x18000, 0, B2(0x00, 0x01) },
	{ R_PPC64_TOC16_HA, TOC, 0x18000, 0, B2(0x00, 0x02) },
	{ R_PPC64_TOC16_HA, TOC, 0x7fff8000, -ERANGE, B2(0xff, 0xff) },
	{ R_PPC64_TOC16_HA, TOC - 0x10000, 0, 0, B2(0xff, 0xff) },

	{ R_PPC64_REL16, PLACE + 0x7fff, 0, 0, B2(0x7f, 0xff) },
	{ R_PPC64_REL16, PLACE + 0x8000, 0, -ERANGE, B2(0xff, 0xff) },
	{ R_PPC64_REL16_HA, TOC, 0, 0, B2(0x00, 0x02) },
	{ R_PPC64_REL16_LO, TOC, 0, 0, B2(0x80, 0x00) },
	{ R_PPC64_REL16_HI, TOC, 0, 0, B2(0x00, 0x01) },
	{ R_PPC64_REL16_HIGHA, TOC + (1ull << 40), 0, 0, B2(0x00, 0x02) },
	{ R_PPC64_REL16_HA, TOC + (1ull << 40), 0, -ERANGE, B2(0xff, 0xff) },

	/* The opcode and the AA and LK bits stay as they were. */
	{ R_PPC64_REL24, PLACE + 0x1fffffc, 0, 0, B4(0xfdffffffull) },
	{ R_PPC64_REL24, PLACE + 0x2000000, 0, -ERANGE, B4(0xffffffffull) },
	{ R_PPC64_REL24, PLACE - 0x2000000, 0, 0, B4(0xfe000003ull) },
	{ R_PPC64_REL24, PLACE - 0x2000004, 0, -ERANGE, B4(0xffffffffull) },
	{ R_PPC64_REL24, PLACE + 2, 0, -ERANGE, B4(0xffffffffull) },
	{ R_PPC64_REL24_NOTOC, PLACE + 8, 0, 0, B4(0xfc00000bull) },
	{ R_PPC64_ADDR24, 0x100, 0, 0, B4(0xfc000103ull) },
	{ R_PPC64_REL14, PLACE + 0x7ffc, 0, 0, B4(0xffff7fffull) },
	{ R_PPC64_REL14, PLACE + 0x8000, 0, -ERANGE, B4(0xffffffffull) },
	{ R_PPC64_REL14, PLACE - 0x8000, 0, 0, B4(0xffff8003ull) },
};

TEST(every_relocation_at_its_edges)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct reloc_case *c = &cases[i];
		unsigned int size = module_arch_reloc_size(c->type);
		struct ppc64_reloc_in in = {
			.sym = c->sym, .addend = c->addend, .place = PLACE, .toc = TOC,
		};
		/* Of exactly the size, so that ASan sees a byte too many. */
		unsigned char *bytes = malloc(size);

		memset(bytes, 0xff, size);
		if (!CHECK_EQ(ppc64_reloc_apply(c->type, bytes, &in), c->ret) ||
		    !CHECK_MEM(bytes, c->bytes, size))
			fprintf(stderr, "\tcase %zu: %s\n", i, module_arch_reloc_name(c->type));
		free(bytes);
	}
}

TEST(unknown_relocations_have_no_size)
{
	struct ppc64_reloc_in in = { 0 };
	unsigned char bytes[8];
	unsigned int known = 0;

	for (unsigned int type = 0; type < 1000; type++) {
		CHECK(module_arch_reloc_name(type) || !module_arch_reloc_size(type));
		if (module_arch_reloc_size(type))
			known++;
		else
			CHECK_EQ(ppc64_reloc_apply(type, bytes, &in), -ENOEXEC);
	}
	CHECK_EQ(module_arch_reloc_size(~0u), 0);
	CHECK(known > 30);
	CHECK_STR(module_arch_reloc_name(R_PPC64_REL24), "R_PPC64_REL24");
}

TEST(a_stub_spells_out_its_target)
{
	static const unsigned char bytes[] = {
		0x3d, 0x80, 0xc0, 0x08, 0x61, 0x8c, 0x12, 0x34, 0x79, 0x8c, 0x07, 0xc6,
		0x65, 0x8c, 0x89, 0xab, 0x61, 0x8c, 0xcd, 0xef, 0xf8, 0x41, 0x00, 0x18,
		0x7d, 0x89, 0x03, 0xa6, 0x4e, 0x80, 0x04, 0x20,
	};
	struct ppc64_stub stub;

	ppc64_stub_write(&stub, 0xc008123489abcdef);
	CHECK_MEM(&stub, bytes, sizeof(bytes));
}

TEST(local_entries)
{
	static const int distance[] = { 0, 0, 4, 8, 16, 32, 64 };

	for (int i = 0; i < 7; i++)
		CHECK_EQ(PPC64_LOCAL_ENTRY_OFFSET(i << STO_PPC64_LOCAL_BIT | 3), distance[i]);
}
