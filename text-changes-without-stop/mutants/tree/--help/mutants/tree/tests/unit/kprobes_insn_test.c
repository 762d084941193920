// SPDX-License-Identifier: GPL-2.0
/*
 * Which instructions kprobes step, emulate and refuse; and the branches they emulate, against a reference that is written
 * as the ISA writes it (Power ISA 3.0B, book I 2.4): with bits numbered from the left.
 */
// LINK: arch/powerpc/kprobes_insn.c
#include <asm/ptrace.h>

#include "kprobes_insn.h"
#include "unit.h"

#define NIP	0xc000000000401000ul
#define LR	0xc008000000020003ul
#define CTR_TO	0xc008000000030002ul

/* Bit @n of a 32-bit word, 0 being the leftmost. */
static unsigned int bit(u32 word, unsigned int n)
{
	return word >> (31 - n) & 1;
}

/* "EXTS(x || 0b00)" of the @n bits that end with bit 29. */
static u64 exts_00(u32 insn, unsigned int n)
{
	u64 value = bit(insn, 30 - n) ? ~0ull : 0;
	unsigned int i;

	for (i = 30 - n; i < 30; i++)
		value = value << 1 | bit(insn, i);
	return value << 2;
}

/* Where the branch at @in->nip goes, and what it leaves: the pseudocode of 2.4, in 64-bit mode. */
static struct pt_regs reference(const struct pt_regs *in, u32 insn)
{
	unsigned int opcode = insn >> 26, xo = insn >> 1 & 0x3ff;
	u32 bo = insn >> 21 & 31, bi = insn >> 16 & 31;
	bool bo0 = bo & 16, bo1 = bo & 8, bo2 = bo & 4, bo3 = bo & 2;
	bool ctr_ok = true, cond_ok = true;
	struct pt_regs out = *in;
	u64 cia = in->nip, nia = cia + 4, target;

	if (opcode == 18) {
		target = (bit(insn, 30) ? 0 : cia) + exts_00(insn, 24);
	} else {
		if (!bo2)
			out.ctr = in->ctr - 1;
		ctr_ok = bo2 || ((out.ctr != 0) ^ bo3);
		cond_ok = bo0 || bit((u32)in->ccr, bi) == bo1;
		if (opcode == 16)
			target = (bit(insn, 30) ? 0 : cia) + exts_00(insn, 14);
		else
			target = (xo == 16 ? in->link : in->ctr) >> 2 << 2;
	}
	out.nip = ctr_ok && cond_ok ? target : nia;
	if (bit(insn, 31))
		out.link = nia;
	return out;
}

static void check_branch(u32 insn, u64 ctr, u32 cr)
{
	struct pt_regs regs = { .nip = NIP, .link = LR, .ctr = ctr, .ccr = cr }, want = reference(&regs, insn);

	CHECK_EQ(insn_classify(insn, 0), INSN_EMULATE);
	insn_emulate(&regs, insn);
	if (memcmp(&regs, &want, sizeof(regs)))
		printf("branch %08x ctr %llx cr %08x: nip %lx, not %lx\n", insn, (unsigned long long)ctr, cr, regs.nip,
		       want.nip);
	CHECK(!memcmp(&regs, &want, sizeof(regs)));
}

static const u32 displacements[] = { 0x0000, 0x0004, 0x7ffc, 0x8000, 0xfffc };
static const u64 counts[] = { 0, 1, 2, 0x100000000ull, ~0ull, CTR_TO };

/* Every BO, each CR bit set and clear, CTR around 0 and 2^32, with and without AA and LK. */
TEST(conditional_branches)
{
	unsigned int bo, bi, d, c, low;

	for (bo = 0; bo < 32; bo++)
		for (bi = 0; bi < 32; bi++)
			for (c = 0; c < 6; c++)
				for (low = 0; low < 4; low++)
					for (d = 0; d < 5; d++) {
						u32 insn = 16u << 26 | bo << 21 | bi << 16 | displacements[d] | low;

						check_branch(insn, counts[c], 1u << (31 - bi));
						check_branch(insn, counts[c], ~(1u << (31 - bi)));
					}
}

TEST(branches_to_registers)
{
	static const u32 xo[] = { 16, 528 };
	unsigned int bo, bi, c, lk, x;

	for (bo = 0; bo < 32; bo++)
		for (bi = 0; bi < 32; bi++)
			for (c = 0; c < 6; c++)
				for (lk = 0; lk < 2; lk++)
					for (x = 0; x < 2; x++) {
						u32 insn = 19u << 26 | bo << 21 | bi << 16 | xo[x] << 1 | lk;

						if (xo[x] == 528 && !(bo & 4)) {
							CHECK_EQ(insn_classify(insn, 0), INSN_REFUSE);
							continue;
						}
						check_branch(insn, counts[c], 1u << (31 - bi));
						check_branch(insn, counts[c], ~(1u << (31 - bi)));
					}
}

TEST(unconditional_branches)
{
	static const u32 li[] = { 0, 4, 0x1fffffc, 0x2000000, 0x3fffffc };
	unsigned int i, low;

	for (i = 0; i < 5; i++)
		for (low = 0; low < 4; low++)
			check_branch(18u << 26 | li[i] | low, 5, 0);
}

/* Some by hand, so that the reference is not the only witness. */
TEST(branches_by_hand)
{
	struct pt_regs regs = { .nip = 0x1000, .link = 0x2003, .ctr = 1, .ccr = 0x20000000 };

	insn_emulate(&regs, 0x4e800020);	/* blr */
	CHECK_EQ(regs.nip, 0x2000);
	insn_emulate(&regs, 0x4bfffff1);	/* bl .-16 */
	CHECK_EQ(regs.nip, 0x1ff0);
	CHECK_EQ(regs.link, 0x2004);
	insn_emulate(&regs, 0x4182000c);	/* beq .+12 */
	CHECK_EQ(regs.nip, 0x1ffc);
	insn_emulate(&regs, 0x4200fffc);	/* bdnz .-4: the last turn */
	CHECK_EQ(regs.nip, 0x2000);
	CHECK_EQ(regs.ctr, 0);
	insn_emulate(&regs, 0x4082000c);	/* bne .+12 */
	CHECK_EQ(regs.nip, 0x2004);
	regs.ctr = 0x5001;
	insn_emulate(&regs, 0x4e800421);	/* bctrl */
	CHECK_EQ(regs.nip, 0x5000);
	CHECK_EQ(regs.link, 0x2008);
	insn_emulate(&regs, 0x4c400004);	/* addpcis 2,0 */
	CHECK_EQ(regs.gpr[2], 0x5004);
	CHECK_EQ(regs.nip, 0x5004);
	regs.msr = 0x1234;
	insn_emulate(&regs, 0x7d2000a6);	/* mfmsr 9 */
	CHECK_EQ(regs.gpr[9], 0x1234);
	CHECK_EQ(regs.nip, 0x5008);
}

/* addpcis with every bit of D: d0 is bits 16-25, d1 11-15, d2 31. */
TEST(addpcis)
{
	unsigned int d;

	for (d = 0; d < 0x10000; d++) {
		struct pt_regs regs = { .nip = NIP };
		u32 insn = 19u << 26 | 7u << 21 | (d >> 1 & 0x1f) << 16 | (d >> 6) << 6 | 2 << 1 | (d & 1);

		CHECK_EQ(insn_classify(insn, 0), INSN_EMULATE);
		insn_emulate(&regs, insn);
		CHECK_EQ(regs.gpr[7], NIP + 4 + ((u64)(s64)(s16)d << 16));
		CHECK_EQ(regs.nip, NIP + 4);
	}
}

static const struct {
	u32 insn, suffix;
	enum insn_kind kind;
} kinds[] = {
	{ 0x60000000, 0, INSN_STEP },		/* nop */
	{ 0xf821ffc1, 0, INSN_STEP },		/* stdu 1,-64(1) */
	{ 0xe8410018, 0, INSN_STEP },		/* ld 2,24(1) */
	{ 0x7c0802a6, 0, INSN_STEP },		/* mflr 0 */
	{ 0x7c0903a6, 0, INSN_STEP },		/* mtctr 0 */
	{ 0x4c00012c, 0, INSN_STEP },		/* isync */
	{ 0x7c0004ac, 0, INSN_STEP },		/* sync */
	{ 0x0b090000, 0, INSN_STEP },		/* tdnei 9,0 */
	{ 0x7c9a2808, 0, INSN_STEP },		/* tweq 26,5 */
	{ 0x7fe00008, 0, INSN_REFUSE },		/* trap */
	{ 0x00000000, 0, INSN_REFUSE },
	{ 0x44000002, 0, INSN_REFUSE },		/* sc */
	{ 0x44000022, 0, INSN_REFUSE },		/* sc 1 */
	{ 0x44000001, 0, INSN_REFUSE },		/* scv 0 */
	{ 0x4c000024, 0, INSN_REFUSE },		/* rfid */
	{ 0x4c000224, 0, INSN_REFUSE },		/* hrfid */
	{ 0x4c0000a4, 0, INSN_REFUSE },		/* rfscv */
	{ 0x4c0002e4, 0, INSN_REFUSE },		/* stop */
	{ 0x4e800460, 0, INSN_REFUSE },		/* bctar */
	{ 0x7d200164, 0, INSN_REFUSE },		/* mtmsrd 9 */
	{ 0x7d210164, 0, INSN_REFUSE },		/* mtmsrd 9,1 */
	{ 0x7d200124, 0, INSN_REFUSE },		/* mtmsr 9 */
	{ 0x7d3a02a6, 0, INSN_REFUSE },		/* mfspr 9,26: SRR0 */
	{ 0x7d3b03a6, 0, INSN_REFUSE },		/* mtspr 27,9: SRR1 */
	{ 0x7d3142a6, 0, INSN_STEP },		/* mfspr 9,273: SPRG1 */
	{ 0x7d201828, 0, INSN_REFUSE },		/* lwarx 9,0,3 */
	{ 0x7d2018a8, 0, INSN_REFUSE },		/* ldarx 9,0,3 */
	{ 0x7d20192d, 0, INSN_REFUSE },		/* stwcx. 9,0,3 */
	{ 0x7d2019ad, 0, INSN_REFUSE },		/* stdcx. 9,0,3 */
	{ 0x06000000, 0x38600005, INSN_STEP },	/* pli 3,5 */
	{ 0x06100000, 0x38600000, INSN_REFUSE },	/* pla 3,0: relative to itself */
	{ 0x04100000, 0xe4600000, INSN_REFUSE },	/* pld 3,0, relative to itself */
	{ 0x06000000, 0x06000000, INSN_REFUSE },	/* two prefixes */
};

TEST(kinds_of_instructions)
{
	unsigned int i;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		CHECK_EQ(insn_classify(kinds[i].insn, kinds[i].suffix), kinds[i].kind);
	CHECK(insn_is_larx(0x7d2018a8));
	CHECK(!insn_is_larx(0x7d2019ad));
	CHECK(insn_is_stcx(0x7d2019ad));
	CHECK(!insn_is_stcx(0x7d2018a8));
	CHECK(insn_is_prefix(0x06000000));
	CHECK(!insn_is_prefix(0x60000000));
}
