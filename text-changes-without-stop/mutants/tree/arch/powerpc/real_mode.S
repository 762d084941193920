/* SPDX-License-Identifier: GPL-2.0 */
/* Accesses with data translation off: the way round a read-only mapping. No stack may be touched meanwhile. */
#include <asm/ppc_asm.h>
#include <asm/reg.h>

	.text

/* void real_mode_store32(phys_addr_t pa, u32 val) */
FUNC_START(real_mode_store32)
	mfmsr	%r5
	li	%r6, MSR_DR
	oris	%r6, %r6, 0
	ori	%r6, %r6, MSR_EE
	andc	%r6, %r5, %r6
	mtmsrd	%r6
	isync
	stw	%r4, 0(%r3)
	dcbst	0, %r3
	sync
	icbi	0, %r3
	sync
	mtmsrd	%r5
	isync
	blr
FUNC_END(real_mode_store32)
