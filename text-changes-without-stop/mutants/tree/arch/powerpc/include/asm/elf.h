/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What this machine's ELF files look like (64-bit ELFv2 ABI), and its relocations (ABI 1.4,
 * section 3.5).
 */
#ifndef _ASM_ELF_H
#define _ASM_ELF_H

#define ELF_ARCH	EM_PPC64
#define ELF_CLASS	ELFCLASS64
#define ELF_DATA	ELFDATA2MSB

#define EF_PPC64_ABI		3	/* e_flags: mask of the ABI version */
#define EF_PPC64_ABI_V2		2

/* st_other: where the local entry lies, for callers that share the callee's TOC. */
#define STO_PPC64_LOCAL_BIT	5
#define STO_PPC64_LOCAL_MASK	(7 << STO_PPC64_LOCAL_BIT)

/* Distance from global to local entry: 0 and 1 mean none, then 1, 2, 4, ... instructions. */
#define PPC64_LOCAL_ENTRY_OFFSET(other) \
	(((1 << (((other) & STO_PPC64_LOCAL_MASK) >> STO_PPC64_LOCAL_BIT)) >> 2) << 2)

#define R_PPC64_NONE		0
#define R_PPC64_ADDR32		1
#define R_PPC64_ADDR24		2
#define R_PPC64_ADDR16		3
#define R_PPC64_ADDR16_LO	4
#define R_PPC64_ADDR16_HI	5
#define R_PPC64_ADDR16_HA	6
#define R_PPC64_ADDR14		7
#define R_PPC64_REL24		10
#define R_PPC64_REL14		11
#define R_PPC64_REL14_BRTAKEN	12
#define R_PPC64_REL14_BRNTAKEN	13
#define R_PPC64_GOT16		14
#define R_PPC64_GOT16_LO	15
#define R_PPC64_GOT16_HI	16
#define R_PPC64_GOT16_HA	17
#define R_PPC64_UADDR32		24
#define R_PPC64_UADDR16		25
#define R_PPC64_REL32		26
#define R_PPC64_PLT16_LO	29
#define R_PPC64_PLT16_HI	30
#define R_PPC64_PLT16_HA	31
#define R_PPC64_ADDR64		38
#define R_PPC64_ADDR16_HIGHER	39
#define R_PPC64_ADDR16_HIGHERA	40
#define R_PPC64_ADDR16_HIGHEST	41
#define R_PPC64_ADDR16_HIGHESTA	42
#define R_PPC64_UADDR64		43
#define R_PPC64_REL64		44
#define R_PPC64_TOC16		47
#define R_PPC64_TOC16_LO	48
#define R_PPC64_TOC16_HI	49
#define R_PPC64_TOC16_HA	50
#define R_PPC64_TOC		51
#define R_PPC64_ADDR16_DS	56
#define R_PPC64_ADDR16_LO_DS	57
#define R_PPC64_GOT16_DS	58
#define R_PPC64_GOT16_LO_DS	59
#define R_PPC64_PLT16_LO_DS	60
#define R_PPC64_TOC16_DS	63
#define R_PPC64_TOC16_LO_DS	64
#define R_PPC64_TLS		67
#define R_PPC64_TPREL16_LO	70
#define R_PPC64_TPREL16_HA	72
#define R_PPC64_TOCSAVE		109
#define R_PPC64_ADDR16_HIGH	110
#define R_PPC64_ADDR16_HIGHA	111
#define R_PPC64_REL24_NOTOC	116
#define R_PPC64_ADDR64_LOCAL	117
#define R_PPC64_ENTRY		118
#define R_PPC64_PLTSEQ		119
#define R_PPC64_PLTCALL		120
#define R_PPC64_PLTSEQ_NOTOC	121
#define R_PPC64_PLTCALL_NOTOC	122
#define R_PPC64_PCREL_OPT	123
#define R_PPC64_D34		128
#define R_PPC64_PCREL34		132
#define R_PPC64_GOT_PCREL34	133
#define R_PPC64_PLT_PCREL34	134
#define R_PPC64_PLT_PCREL34_NOTOC 135
#define R_PPC64_REL16_HIGH	240
#define R_PPC64_REL16_HIGHA	241
#define R_PPC64_REL16_HIGHER	242
#define R_PPC64_REL16_HIGHERA	243
#define R_PPC64_REL16_HIGHEST	244
#define R_PPC64_REL16_HIGHESTA	245
#define R_PPC64_REL16		249
#define R_PPC64_REL16_LO	250
#define R_PPC64_REL16_HI	251
#define R_PPC64_REL16_HA	252

#endif
