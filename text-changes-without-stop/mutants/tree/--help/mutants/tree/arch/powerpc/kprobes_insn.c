// SPDX-License-Identifier: GPL-2.0
/*
 * Instructions as kprobes see them (Power ISA 3.0B: branches book I 2.4, addpcis book I 3.3.9, the rest by the opcode
 * map of appendix F). Pure logic: registers in a struct pt_regs go in and come out.
 *
 * Three kinds cannot be executed in a slot. Branches and addpcis depend on their own address, and mfmsr would read an
 * MSR that has been prepared for the step: these are emulated. What changes the MSR or leaves the kernel (mtmsrd, rfid,
 * sc), what the trap of the step would spoil (SRR0, SRR1, a reservation), and what is a breakpoint already is refused.
 */
#include <asm/ptrace.h>
#include <asm/reg.h>
#include <linux/compiler.h>
#include <linux/kernel.h>

#include "kprobes_insn.h"

#define PRIMARY(insn)	((insn) >> 26)
#define XO10(insn)	((insn) >> 1 & 0x3ff)	/* bits 21-30: X, XL and XFX forms */
#define XO5(insn)	((insn) >> 1 & 0x1f)	/* bits 26-30: DX form */
#define RT(insn)	((insn) >> 21 & 31)
#define BO(insn)	RT(insn)
#define BI(insn)	((insn) >> 16 & 31)
#define SPR(insn)	(((insn) >> 16 & 0x1f) | ((insn) >> 6 & 0x3e0))
#define LK(insn)	((insn) & 1)
#define AA(insn)	((insn) & 2)

enum {
	OP_PREFIX = 1, OP_BC = 16, OP_SC = 17, OP_B = 18, OP_19 = 19, OP_31 = 31,
};

/* Extended opcodes under OP_19. */
enum {
	XO_BCLR = 16, XO_RFID = 18, XO_RFI = 50, XO_RFSCV = 82, XO_RFEBB = 146, XO_HRFID = 274, XO_URFID = 306,
	XO_STOP = 370, XO_BCCTR = 528, XO_BCTAR = 560,
	XO5_ADDPCIS = 2,
};

/* Extended opcodes under OP_31. */
enum {
	XO_TW = 4, XO_MFMSR = 83, XO_MTMSR = 146, XO_MTMSRD = 178, XO_MFSPR = 339, XO_MTSPR = 467,
};

/* Bits of a branch's BO field. */
enum {
	BO_IGNORE_CR = 16, BO_CR_SET = 8, BO_KEEP_CTR = 4, BO_CTR_ZERO = 2,
};

static const u16 larx[] = { 20, 52, 84, 116, 276 };	/* lwarx lbarx ldarx lharx lqarx */
static const u16 stcx[] = { 150, 182, 214, 694, 726 };	/* stwcx. stqcx. stdcx. stbcx. sthcx. */

static bool is_one_of(u32 xo, const u16 *list, unsigned int n)
{
	while (n--)
		if (list[n] == xo)
			return true;
	return false;
}

bool insn_is_larx(u32 insn)
{
	return PRIMARY(insn) == OP_31 && is_one_of(XO10(insn), larx, ARRAY_SIZE(larx));
}

bool insn_is_stcx(u32 insn)
{
	return PRIMARY(insn) == OP_31 && is_one_of(XO10(insn), stcx, ARRAY_SIZE(stcx));
}

/*
 * Of the prefixed ones those with R (prefix bit 11) take addresses relative to their own. That bit means so in the
 * forms 8LS (type 0) and MLS (type 2).
 */
static enum insn_kind classify_prefixed(u32 prefix, u32 suffix)
{
	unsigned int type = prefix >> 24 & 3;
	bool relative = prefix >> 20 & 1;

	if (insn_is_prefix(suffix) || (relative && (type == 0 || type == 2)))
		return INSN_REFUSE;
	return INSN_STEP;
}

static enum insn_kind classify_19(u32 insn)
{
	if (XO5(insn) == XO5_ADDPCIS)
		return INSN_EMULATE;
	switch (XO10(insn)) {
	case XO_BCCTR:	/* with "decrement CTR" it is no valid instruction */
		return BO(insn) & BO_KEEP_CTR ? INSN_EMULATE : INSN_REFUSE;
	case XO_BCLR:
		return INSN_EMULATE;
	case XO_BCTAR:
	case XO_RFID:
	case XO_RFI:
	case XO_RFSCV:
	case XO_RFEBB:
	case XO_HRFID:
	case XO_URFID:
	case XO_STOP:
		return INSN_REFUSE;
	}
	return INSN_STEP;
}

static enum insn_kind classify_31(u32 insn)
{
	switch (XO10(insn)) {
	case XO_MFMSR:
		return INSN_EMULATE;
	case XO_MTMSR:
	case XO_MTMSRD:
		return INSN_REFUSE;
	case XO_TW:	/* the breakpoint itself; conditional ones may be stepped */
		return RT(insn) == 31 ? INSN_REFUSE : INSN_STEP;
	case XO_MFSPR:
	case XO_MTSPR:
		return SPR(insn) == SPRN_SRR0 || SPR(insn) == SPRN_SRR1 ? INSN_REFUSE : INSN_STEP;
	}
	return insn_is_larx(insn) || insn_is_stcx(insn) ? INSN_REFUSE : INSN_STEP;
}

enum insn_kind insn_classify(u32 insn, u32 suffix)
{
	switch (PRIMARY(insn)) {
	case 0:
	case OP_SC:
		return INSN_REFUSE;
	case OP_PREFIX:
		return classify_prefixed(insn, suffix);
	case OP_B:
	case OP_BC:
		return INSN_EMULATE;
	case OP_19:
		return classify_19(insn);
	case OP_31:
		return classify_31(insn);
	}
	return INSN_STEP;
}

/* Count CTR down if the branch says so, and decide whether it is taken. */
static bool branch_taken(struct pt_regs *regs, u32 insn)
{
	unsigned int bo = BO(insn);
	bool cr_set = regs->ccr >> (31 - BI(insn)) & 1;
	bool ctr_ok = true;

	if (!(bo & BO_KEEP_CTR)) {
		regs->ctr--;
		ctr_ok = (regs->ctr == 0) == !!(bo & BO_CTR_ZERO);
	}
	return ctr_ok && (bo & BO_IGNORE_CR || cr_set == !!(bo & BO_CR_SET));
}

static void branch(struct pt_regs *regs, u32 insn, bool taken, unsigned long target)
{
	unsigned long next = regs->nip + 4;

	regs->nip = taken ? target : next;
	if (LK(insn))
		regs->link = next;
}

/* The displacement of a branch: the @bits lowest bits, AA and LK taken for 0, with sign. */
static long displacement(u32 insn, unsigned int bits)
{
	unsigned int shift = 64 - bits;

	return (long)((u64)(insn & ~3u) << shift) >> shift;
}

static unsigned long direct_target(const struct pt_regs *regs, u32 insn, unsigned int bits)
{
	return (AA(insn) ? 0 : regs->nip) + displacement(insn, bits);
}

/* addpcis: RT = the address of the next instruction + (D << 16), D = d0 || d1 || d2. */
static void add_pc(struct pt_regs *regs, u32 insn)
{
	u16 d = (insn & 0xffc0) | (insn >> 15 & 0x3e) | (insn & 1);

	regs->nip += 4;
	regs->gpr[RT(insn)] = regs->nip + (long)(s16)d * 65536;
}

static void emulate_19(struct pt_regs *regs, u32 insn)
{
	bool taken;

	if (XO5(insn) == XO5_ADDPCIS) {
		add_pc(regs, insn);
	} else {
		taken = branch_taken(regs, insn);
		branch(regs, insn, taken, (XO10(insn) == XO_BCLR ? regs->link : regs->ctr) & ~3ul);
	}
}

void insn_emulate(struct pt_regs *regs, u32 insn)
{
	switch (PRIMARY(insn)) {
	case OP_B:
		branch(regs, insn, true, direct_target(regs, insn, 26));
		break;
	case OP_BC:
		branch(regs, insn, branch_taken(regs, insn), direct_target(regs, insn, 16));
		break;
	case OP_19:
		emulate_19(regs, insn);
		break;
	case OP_31:
		regs->gpr[RT(insn)] = regs->msr;
		regs->nip += 4;
		break;
	}
}
