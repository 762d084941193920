/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Switching between logical CPUs: like __switch_to() a call that returns elsewhere, but it changes r13 and SPRG0
 * too, and leaves the threads to their CPUs.
 */
#include <asm/ppc_asm.h>
#include <asm/reg.h>
#include <generated/asm-offsets.h>

#define LCPU_GPR(n)	(FRAME_MIN + ((n) - 14) * 8)
#define LCPU_FRAME	(FRAME_MIN + 18 * 8)

	.text

/* void __lcpu_switch(unsigned long *save, unsigned long sp, struct paca_struct *to) */
FUNC_START(__lcpu_switch)
	mflr	%r0
	mfcr	%r6
	std	%r0, FRAME_LR(%r1)
	std	%r6, FRAME_CR(%r1)
	stdu	%r1, -LCPU_FRAME(%r1)
	.set	reg, 14
	.rept	18
	std	reg, LCPU_GPR(reg)(%r1)
	.set	reg, reg + 1
	.endr
	std	%r1, 0(%r3)
	mr	%r13, %r5
	mtspr	SPRN_SPRG0, %r5
	mr	%r1, %r4
	.set	reg, 14
	.rept	18
	ld	reg, LCPU_GPR(reg)(%r1)
	.set	reg, reg + 1
	.endr
	addi	%r6, %r1, FRAME_MIN - 8		/* no reservation outlives the CPU that made it */
	ldarx	%r0, 0, %r6
	stdcx.	%r0, 0, %r6
	addi	%r1, %r1, LCPU_FRAME
	ld	%r0, FRAME_LR(%r1)
	ld	%r6, FRAME_CR(%r1)
	mtlr	%r0
	mtcr	%r6
	blr
FUNC_END(__lcpu_switch)

/* Where the first switch to a logical CPU returns to. */
FUNC_START(lcpu_first)
	bl	start_secondary
	nop
	trap
FUNC_END(lcpu_first)

/* The same for the explorer's director. */
FUNC_START(lcpu_director)
	bl	director_main
	nop
	trap
FUNC_END(lcpu_director)
