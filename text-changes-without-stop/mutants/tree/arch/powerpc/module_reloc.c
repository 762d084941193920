// SPDX-License-Identifier: GPL-2.0
/*
 * Relocations as the ELFv2 ABI 1.4 defines them (section 3.5.3, table 3-27 and the formulas before
 * it): one row each, saying which value, which part of it, and into which field. A value that does
 * not fit its field is an error, never cut.
 */
#include <linux/elf.h>
#include <linux/errno.h>
#include <linux/moduleloader.h>
#include "module_reloc.h"

/* Which value: the ABI's S + A, and what is subtracted from it. */
enum base {
	ABS,		/* S + A */
	REL,		/* S + A - P */
	TOCREL,		/* S + A - .TOC. */
	TOCBASE,	/* .TOC. + A */
	SLOTTOC,	/* G - .TOC.: G is the slot that holds S */
	SLOTREL,	/* G - P */
	NOTHING,
};

/*
 * Which bits of the value; HIGHA is corrected for the sign of the half below, as addis/addi pairs
 * need.
 */
enum part {
	WHOLE,
	LO,		/* bits 0-15 */
	HI,		/* bits 16-31, of a value that fits 32 bits signed */
	HA,
	HIGH,		/* bits 16-31, of any value */
	HIGHA,
	HIGHER,		/* bits 32-47 */
	HIGHERA,
	HIGHEST,	/* bits 48-63 */
	HIGHESTA,
};

/* Which field: its width in the file, and the bits that the value may set. */
enum field {
	UNSUPPORTED,
	NONE,
	HALF16,		/* 16 bits, signed; an immediate or a datum */
	HALF16DS,	/* 14 bits of an instruction's lower half; the value is a multiple of 4 */
	BRANCH24,	/* 24 bits, the value a signed multiple of 4 */
	BRANCH14,
	WORD32,		/* 32 bits, signed */
	DATA32,		/* 32 bits, signed or not */
	DWORD64,
	PREFIX34,	/* 34 bits, signed: 18 in a prefix, 16 in the instruction behind it */
};

struct reloc {
	const char *name;
	unsigned char base;
	unsigned char part;
	unsigned char field;
};

#define ROW(type, base, part, field)	[R_PPC64_##type] = { "R_PPC64_" #type, base, part, field }

static const struct reloc relocs[] = {
	ROW(NONE,		NOTHING, WHOLE,	NONE),
	ROW(ADDR64,		ABS,	WHOLE,	DWORD64),
	ROW(UADDR64,		ABS,	WHOLE,	DWORD64),
	ROW(ADDR32,		ABS,	WHOLE,	DATA32),
	ROW(UADDR32,		ABS,	WHOLE,	DATA32),
	ROW(ADDR24,		ABS,	WHOLE,	BRANCH24),
	ROW(ADDR14,		ABS,	WHOLE,	BRANCH14),
	ROW(ADDR16,		ABS,	WHOLE,	HALF16),
	ROW(UADDR16,		ABS,	WHOLE,	HALF16),
	ROW(ADDR16_LO,		ABS,	LO,	HALF16),
	ROW(ADDR16_HI,		ABS,	HI,	HALF16),
	ROW(ADDR16_HA,		ABS,	HA,	HALF16),
	ROW(ADDR16_HIGH,	ABS,	HIGH,	HALF16),
	ROW(ADDR16_HIGHA,	ABS,	HIGHA,	HALF16),
	ROW(ADDR16_HIGHER,	ABS,	HIGHER,	HALF16),
	ROW(ADDR16_HIGHERA,	ABS,	HIGHERA, HALF16),
	ROW(ADDR16_HIGHEST,	ABS,	HIGHEST, HALF16),
	ROW(ADDR16_HIGHESTA,	ABS,	HIGHESTA, HALF16),
	ROW(ADDR16_DS,		ABS,	WHOLE,	HALF16DS),
	ROW(ADDR16_LO_DS,	ABS,	LO,	HALF16DS),
	ROW(TOC16,		TOCREL,	WHOLE,	HALF16),
	ROW(TOC16_LO,		TOCREL,	LO,	HALF16),
	ROW(TOC16_HI,		TOCREL,	HI,	HALF16),
	ROW(TOC16_HA,		TOCREL,	HA,	HALF16),
	ROW(TOC16_DS,		TOCREL,	WHOLE,	HALF16DS),
	ROW(TOC16_LO_DS,	TOCREL,	LO,	HALF16DS),
	ROW(TOC,		TOCBASE, WHOLE,	DWORD64),
	ROW(REL24,		REL,	WHOLE,	BRANCH24),
	ROW(REL24_NOTOC,	REL,	WHOLE,	BRANCH24),
	ROW(REL14,		REL,	WHOLE,	BRANCH14),
	ROW(REL14_BRTAKEN,	REL,	WHOLE,	BRANCH14),
	ROW(REL14_BRNTAKEN,	REL,	WHOLE,	BRANCH14),
	ROW(REL32,		REL,	WHOLE,	WORD32),
	ROW(REL64,		REL,	WHOLE,	DWORD64),
	ROW(REL16,		REL,	WHOLE,	HALF16),
	ROW(REL16_LO,		REL,	LO,	HALF16),
	ROW(REL16_HI,		REL,	HI,	HALF16),
	ROW(REL16_HA,		REL,	HA,	HALF16),
	ROW(REL16_HIGH,		REL,	HIGH,	HALF16),
	ROW(REL16_HIGHA,	REL,	HIGHA,	HALF16),
	ROW(REL16_HIGHER,	REL,	HIGHER,	HALF16),
	ROW(REL16_HIGHERA,	REL,	HIGHERA, HALF16),
	ROW(REL16_HIGHEST,	REL,	HIGHEST, HALF16),
	ROW(REL16_HIGHESTA,	REL,	HIGHESTA, HALF16),
	/* Through a slot. One slot serves data (GOT) and calls (PLT): nothing is bound late. */
	ROW(GOT16,		SLOTTOC, WHOLE,	HALF16),
	ROW(GOT16_LO,		SLOTTOC, LO,	HALF16),
	ROW(GOT16_HI,		SLOTTOC, HI,	HALF16),
	ROW(GOT16_HA,		SLOTTOC, HA,	HALF16),
	ROW(GOT16_DS,		SLOTTOC, WHOLE,	HALF16DS),
	ROW(GOT16_LO_DS,	SLOTTOC, LO,	HALF16DS),
	ROW(PLT16_LO,		SLOTTOC, LO,	HALF16),
	ROW(PLT16_HI,		SLOTTOC, HI,	HALF16),
	ROW(PLT16_HA,		SLOTTOC, HA,	HALF16),
	ROW(PLT16_LO_DS,	SLOTTOC, LO,	HALF16DS),
	/* In prefixed instructions. */
	ROW(D34,		ABS,	WHOLE,	PREFIX34),
	ROW(PCREL34,		REL,	WHOLE,	PREFIX34),
	ROW(GOT_PCREL34,	SLOTREL, WHOLE,	PREFIX34),
	ROW(PLT_PCREL34,	SLOTREL, WHOLE,	PREFIX34),
	ROW(PLT_PCREL34_NOTOC,	SLOTREL, WHOLE,	PREFIX34),
	/* Marks for a linker that wants to improve the code; the code is right as it stands. */
	ROW(ENTRY,		NOTHING, WHOLE,	NONE),
	ROW(TOCSAVE,		NOTHING, WHOLE,	NONE),
	ROW(PLTSEQ,		NOTHING, WHOLE,	NONE),
	ROW(PLTCALL,		NOTHING, WHOLE,	NONE),
	ROW(PLTSEQ_NOTOC,	NOTHING, WHOLE,	NONE),
	ROW(PLTCALL_NOTOC,	NOTHING, WHOLE,	NONE),
	ROW(PCREL_OPT,		NOTHING, WHOLE,	NONE),
	/* Known, so that they are refused by name. */
	ROW(ADDR64_LOCAL,	NOTHING, WHOLE,	UNSUPPORTED),
	ROW(TLS,		NOTHING, WHOLE,	UNSUPPORTED),
	ROW(TPREL16_LO,		NOTHING, WHOLE,	UNSUPPORTED),
	ROW(TPREL16_HA,		NOTHING, WHOLE,	UNSUPPORTED),
};

static const struct reloc *lookup(unsigned int type)
{
	if (type >= sizeof(relocs) / sizeof(relocs[0]) || !relocs[type].name)
		return NULL;
	return &relocs[type];
}

const char *module_arch_reloc_name(unsigned int type)
{
	const struct reloc *r = lookup(type);

	return r ? r->name : NULL;
}

unsigned int module_arch_reloc_size(unsigned int type)
{
	static const unsigned char size[] = {
		[NONE] = 1, [HALF16] = 2, [HALF16DS] = 2, [BRANCH24] = 4, [BRANCH14] = 4,
		[WORD32] = 4, [DATA32] = 4, [DWORD64] = 8, [PREFIX34] = 8,
	};
	const struct reloc *r = lookup(type);

	return r ? size[r->field] : 0;
}

/* Whether @type goes through a slot that holds the symbol's address. Context: any. */
bool ppc64_reloc_wants_slot(unsigned int type)
{
	const struct reloc *r = lookup(type);

	return r && (r->base == SLOTTOC || r->base == SLOTREL);
}

/* Whether @type is in a prefixed instruction (Power ISA 3.1). Context: any. */
bool ppc64_reloc_is_prefixed(unsigned int type)
{
	const struct reloc *r = lookup(type);

	return r && r->field == PREFIX34;
}

/* ---- big-endian bytes, on any machine ---- */

static u64 read_be(const void *where, unsigned int size)
{
	const unsigned char *p = where;
	u64 v = 0;

	while (size--)
		v = v << 8 | *p++;
	return v;
}

static void write_be(void *where, unsigned int size, u64 v)
{
	unsigned char *p = where;

	for (; size--; v >>= 8)
		p[size] = (unsigned char)v;
}

/* Read the instruction at @where. Context: any. */
u32 ppc64_read_insn(const void *where)
{
	return (u32)read_be(where, 4);
}

/*
 * Write the instruction at @where. Context: any; the caller makes it visible to instruction fetch.
 */
void ppc64_write_insn(void *where, u32 insn)
{
	write_be(where, 4, insn);
}

/* ---- arithmetic ---- */

static bool fits_signed(u64 v, unsigned int bits)
{
	return v + (1ULL << (bits - 1)) < 1ULL << bits;
}

static u64 reloc_value(const struct reloc *r, const struct ppc64_reloc_in *in)
{
	u64 sum = in->sym + (u64)in->addend;

	switch (r->base) {
	case REL:
		return sum - in->place;
	case TOCREL:
		return sum - in->toc;
	case TOCBASE:
		return in->toc + (u64)in->addend;
	case SLOTTOC:
		return in->slot + (u64)in->addend - in->toc;
	case SLOTREL:
		return in->slot + (u64)in->addend - in->place;
	default:
		return sum;
	}
}

/* Take @part of *@v, sign-extended. Return: false if HI or HA of it would lose bits. */
static bool take_part(unsigned int part, u64 *v)
{
	static const struct {
		unsigned char shift;
		bool adjust;	/* for the sign of the half below */
		bool check;
	} how[] = {
		[LO] = { 0, false, false },
		[HI] = { 16, false, true },	[HA] = { 16, true, true },
		[HIGH] = { 16, false, false },	[HIGHA] = { 16, true, false },
		[HIGHER] = { 32, false, false }, [HIGHERA] = { 32, true, false },
		[HIGHEST] = { 48, false, false }, [HIGHESTA] = { 48, true, false },
	};
	u64 x = *v + (how[part].adjust ? 0x8000 : 0);

	if (how[part].check && !fits_signed(x, 32))
		return false;
	*v = (u64)(s64)(s16)(x >> how[part].shift);
	return true;
}

/*
 * Put @v into the bits @mask of the @size bytes at @where; its lowest two bits count as part of
 * it.
 */
static int put_field(void *where, unsigned int size, u64 mask, u64 v)
{
	write_be(where, size, (read_be(where, size) & ~mask) | (v & mask));
	return 0;
}

static int put_value(unsigned int field, void *where, u64 v)
{
	switch (field) {
	case HALF16:
		return fits_signed(v, 16) ? put_field(where, 2, 0xffff, v) : -ERANGE;
	case HALF16DS:
		return fits_signed(v, 16) && !(v & 3) ? put_field(where, 2, 0xfffc, v) : -ERANGE;
	case BRANCH24:
		return fits_signed(v, 26) && !(v & 3) ? put_field(where, 4, 0x3fffffc, v) : -ERANGE;
	case BRANCH14:
		return fits_signed(v, 16) && !(v & 3) ? put_field(where, 4, 0xfffc, v) : -ERANGE;
	case WORD32:
		return fits_signed(v, 32) ? put_field(where, 4, ~0U, v) : -ERANGE;
	case DATA32:
		return fits_signed(v, 32) || v >> 32 == 0 ? put_field(where, 4, ~0U, v) : -ERANGE;
	case DWORD64:
		return put_field(where, 8, ~0ULL, v);
	case PREFIX34:
		return fits_signed(v, 34) ? put_field(where, 8, 0x3ffff0000ffffULL,
						      (v >> 16) << 32 | (v & 0xffff)) : -ERANGE;
	default:
		return 0;
	}
}

/**
 * ppc64_reloc_apply - compute one relocation and store it
 * @type: R_PPC64_*
 * @where: the bytes to change, module_arch_reloc_size(@type) of them
 * @in: what to compute from
 *
 * Context: any. Return: 0; -ENOEXEC if @type is not supported; -ERANGE if the value does not fit.
 */
int ppc64_reloc_apply(unsigned int type, void *where, const struct ppc64_reloc_in *in)
{
	const struct reloc *r = lookup(type);
	u64 value;

	if (!r || r->field == UNSUPPORTED)
		return -ENOEXEC;
	value = reloc_value(r, in);
	if (r->part != WHOLE && !take_part(r->part, &value))
		return -ERANGE;
	return put_value(r->field, where, value);
}

/**
 * ppc64_stub_write - make a stub that jumps to @target
 * @stub: to fill
 * @target: a global entry point
 *
 * r12 holds the target, as a global entry expects; the caller's r2 is saved where the ABI says
 * (section 2.2.3.2). The address is built from immediates, so the stub needs no TOC itself.
 *
 * Context: any.
 */
void ppc64_stub_write(struct ppc64_stub *stub, u64 target)
{
	const u32 insn[PPC64_STUB_INSNS] = {
		0x3d800000 | (u32)(target >> 48),		/* lis   r12,highest */
		0x618c0000 | (u32)(target >> 32 & 0xffff),	/* ori   r12,r12,higher */
		0x798c07c6,					/* sldi  r12,r12,32 */
		0x658c0000 | (u32)(target >> 16 & 0xffff),	/* oris  r12,r12,high */
		0x618c0000 | (u32)(target & 0xffff),		/* ori   r12,r12,lo */
		0xf8410018,					/* std   r2,24(r1) */
		0x7d8903a6,					/* mtctr r12 */
		0x4e800420,					/* bctr */
	};

	for (unsigned int i = 0; i < PPC64_STUB_INSNS; i++)
		ppc64_write_insn(&stub->insn[i], insn[i]);
}
