// SPDX-License-Identifier: GPL-2.0
/*
 * _savegpr0_14 and its kin (ELFv2 ABI 1.4, section 2.3.3): code compiled with -Os calls them in
 * its prologues and epilogues instead of storing each register itself. The linker makes them when
 * it makes a program; "ld -r" makes none, so the loader does, in each module that asks.
 *
 * They cannot be the kernel's: a stub on the way would save r2 in the caller's frame, where the
 * caller's own TOC already is, and change r12.
 */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include "module_reloc.h"
#include "module_savres.h"

#define FIRST_REG	14
#define LAST_REG	31

#define INSN_STD	0xf8000000U
#define INSN_LD		0xe8000000U
#define INSN_MTLR_R0	0x7c0803a6U
#define INSN_BLR	0x4e800020U
#define LR_SAVE		16	/* where a frame keeps the link register */

/* "op reg,disp(base)" */
static u32 memory_insn(u32 op, unsigned int reg, unsigned int base, int disp)
{
	return op | reg << 21 | base << 16 | ((u32)disp & 0xffff);
}

/* Registers first..last, each in its place below the address in @base. */
static u32 *move_regs(u32 *p, u32 op, unsigned int first, unsigned int last, unsigned int base)
{
	for (unsigned int reg = first; reg <= last; reg++)
		ppc64_write_insn(p++, memory_insn(op, reg, base, -8 * (int)(LAST_REG + 1 - reg)));
	return p;
}

static u32 *one_insn(u32 *p, u32 insn)
{
	ppc64_write_insn(p, insn);
	return p + 1;
}

/*
 * Restore @first..31 and the link register, and return with it. Its load comes as early as the
 * entry points allow, which is why there are two such tails.
 */
static u32 *restore_tail(u32 *p, unsigned int first)
{
	p = one_insn(p, memory_insn(INSN_LD, 0, 1, LR_SAVE));
	p = move_regs(p, INSN_LD, first, first, 1);
	p = one_insn(p, INSN_MTLR_R0);
	p = move_regs(p, INSN_LD, first + 1, LAST_REG, 1);
	return one_insn(p, INSN_BLR);
}

/**
 * ppc64_savres_write - make the routines
 * @where: PPC64_SAVRES_INSNS instructions' worth of text
 *
 * Context: any.
 */
void ppc64_savres_write(void *where)
{
	u32 *p = where;

	p = move_regs(p, INSN_STD, FIRST_REG, LAST_REG, 1);	/* _savegpr0_14 */
	p = one_insn(p, memory_insn(INSN_STD, 0, 1, LR_SAVE));
	p = one_insn(p, INSN_BLR);
	p = move_regs(p, INSN_LD, FIRST_REG, 28, 1);		/* _restgpr0_14 */
	p = restore_tail(p, 29);				/* _restgpr0_29 */
	p = move_regs(p, INSN_LD, 30, 30, 1);			/* _restgpr0_30 */
	p = restore_tail(p, LAST_REG);				/* _restgpr0_31 */
	p = move_regs(p, INSN_STD, FIRST_REG, LAST_REG, 12);	/* _savegpr1_14 */
	p = one_insn(p, INSN_BLR);
	p = move_regs(p, INSN_LD, FIRST_REG, LAST_REG, 12);	/* _restgpr1_14 */
	one_insn(p, INSN_BLR);
}

/* The register that a name ends in, or 0. */
static unsigned int reg_of(const char *s)
{
	unsigned int reg;

	if (s[0] < '1' || s[0] > '3' || s[1] < '0' || s[1] > '9' || s[2])
		return 0;
	reg = (s[0] - '0') * 10 + s[1] - '0';
	return reg >= FIRST_REG && reg <= LAST_REG ? reg : 0;
}

/**
 * ppc64_savres_offset - where a routine is
 * @name: "_savegpr0_14" or the like
 *
 * Context: any. Return: its distance in bytes from the start of all, or -ENOENT for other names.
 */
int ppc64_savres_offset(const char *name)
{
	/* The instruction at which register @from is the first to be moved. */
	static const struct entry {
		char family[9];
		unsigned char from, to, insn;
	} entries[] = {
		{ "savegpr0", 14, 31, 0 },
		{ "restgpr0", 14, 29, 20 },
		{ "restgpr0", 30, 31, 41 },
		{ "savegpr1", 14, 31, 46 },
		{ "restgpr1", 14, 31, 65 },
	};
	unsigned int reg;

	if (name[0] != '_' || strnlen(name, 10) < 10 || name[9] != '_')
		return -ENOENT;
	reg = reg_of(name + 10);
	for (unsigned int i = 0; i < ARRAY_SIZE(entries); i++) {
		const struct entry *e = &entries[i];

		if (!strncmp(name + 1, e->family, 8) && reg >= e->from && reg <= e->to)
			return 4 * (e->insn + reg - e->from);
	}
	return -ENOENT;
}
