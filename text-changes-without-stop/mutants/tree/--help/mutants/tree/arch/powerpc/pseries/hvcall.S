/* SPDX-License-Identifier: GPL-2.0 */
/* Hypercalls: opcode in r3, arguments from r4, results from r4 (LoPAPR 14.5.1). */
#include <asm/ppc_asm.h>

	.text

/* long plpar_hcall_norets(unsigned long opcode, ...): the C arguments are where the hypercall wants them. */
FUNC_START(plpar_hcall_norets)
	mfcr	%r0
	std	%r0, FRAME_CR(%r1)
	sc	1
	ld	%r0, FRAME_CR(%r1)
	mtcr	%r0
	blr
FUNC_END(plpar_hcall_norets)

/* long plpar_hcall(unsigned long opcode, unsigned long retbuf[4], ...): the buffer is kept in the caller's r4 slot. */
FUNC_START(plpar_hcall)
	mfcr	%r0
	std	%r0, FRAME_CR(%r1)
	stdu	%r1, -48(%r1)
	std	%r4, 32(%r1)
	mr	%r4, %r5
	mr	%r5, %r6
	mr	%r6, %r7
	mr	%r7, %r8
	mr	%r8, %r9
	mr	%r9, %r10
	sc	1
	ld	%r12, 32(%r1)
	std	%r4, 0(%r12)
	std	%r5, 8(%r12)
	std	%r6, 16(%r12)
	std	%r7, 24(%r12)
	addi	%r1, %r1, 48
	ld	%r0, FRAME_CR(%r1)
	mtcr	%r0
	blr
FUNC_END(plpar_hcall)
