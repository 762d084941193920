/* SPDX-License-Identifier: GPL-2.0 */
/* MSR bits, special purpose registers, and the trap vectors (Power ISA 3.0B, book III). */
#ifndef _ASM_REG_H
#define _ASM_REG_H

#define MSR_SF		0x8000000000000000
#define MSR_EE		0x8000
#define MSR_PR		0x4000
#define MSR_FP		0x2000
#define MSR_ME		0x1000
#define MSR_SE		0x0400
#define MSR_BE		0x0200
#define MSR_IR		0x0020
#define MSR_DR		0x0010
#define MSR_RI		0x0002

#define MSR_REAL	(MSR_SF | MSR_ME | MSR_RI)
#define MSR_KERNEL	(MSR_REAL | MSR_IR | MSR_DR)

#define SPRN_DSISR	18
#define SPRN_DAR	19
#define SPRN_DEC	22
#define SPRN_SRR0	26
#define SPRN_SRR1	27
#define SPRN_PIDR	48
#define SPRN_SPRG0	272
#define SPRN_SPRG1	273
#define SPRN_SPRG2	274
#define SPRN_SPRG3	275
#define SPRN_TBRL	268
#define SPRN_PVR	287

/* SRR1 causes of a 0x700 program check. */
#define SRR1_PROG_TRAP	0x20000
#define SRR1_PROG_PRIV	0x40000
#define SRR1_PROG_ILL	0x80000

/* DSISR (and SRR1, for 0x400) causes of a storage interrupt. */
#define DSISR_NOHPTE	0x40000000	/* no translation */
#define DSISR_NOEXEC	0x10000000	/* SRR1 of 0x400: fetch from a no-execute page */
#define DSISR_PROTFAULT	0x08000000
#define DSISR_ISSTORE	0x02000000

#ifndef __ASSEMBLY__
#include <linux/types.h>

#define mfspr(rn)	({ unsigned long __v; \
			   __asm__ __volatile__("mfspr %0,%1" : "=r" (__v) : "i" (rn)); __v; })
#define mtspr(rn, v)	__asm__ __volatile__("mtspr %0,%1" : : "i" (rn), "r" ((unsigned long)(v)) : "memory")

static inline unsigned long mfmsr(void)
{
	unsigned long v;

	__asm__ __volatile__("mfmsr %0" : "=r" (v) : : "memory");
	return v;
}

/* Write all of the MSR but ME and what only rfid can change. */
static inline void mtmsrd(unsigned long v)
{
	__asm__ __volatile__("mtmsrd %0" : : "r" (v) : "memory");
}

/* Write MSR[EE] and MSR[RI] alone (the L=1 form); all other bits stay. */
static inline void mtmsrd_ee(unsigned long v)
{
	__asm__ __volatile__("mtmsrd %0,1" : : "r" (v) : "memory");
}

/* The timebase, 512 MHz on this machine, the same on every CPU. */
static inline u64 mftb(void)
{
	u64 v;

	__asm__ __volatile__("mfspr %0,%1" : "=r" (v) : "i" (SPRN_TBRL) : "memory");
	return v;
}
#endif
#endif
