/* SPDX-License-Identifier: GPL-2.0 */
/* kernel_setjmp() and kernel_longjmp(): see <asm/setjmp.h>. */
#include <asm/ppc_asm.h>
#include <generated/asm-offsets.h>

#define LIVEPATCH_USED	(22 * 8)

	.text

/* int kernel_setjmp(struct kernel_jmp_buf *buf): 0 the first time, longjmp's value the second. */
FUNC_START(kernel_setjmp)
	mflr	%r0
	mfcr	%r5
	std	%r1, 0(%r3)
	std	%r2, 8(%r3)
	std	%r0, 16(%r3)
	std	%r5, 24(%r3)
	.set	reg, 14
	.rept	18
	std	reg, (32 + (reg - 14) * 8)(%r3)
	.set	reg, reg + 1
	.endr
	ld	%r5, PACA_CURRENT(%r13)
	ld	%r5, TASK_LIVEPATCH_USED(%r5)
	std	%r5, LIVEPATCH_USED(%r3)
	li	%r3, 0
	blr
FUNC_END(kernel_setjmp)

/* void kernel_longjmp(struct kernel_jmp_buf *buf, int val) */
FUNC_START(kernel_longjmp)
	ld	%r1, 0(%r3)
	ld	%r2, 8(%r3)
	ld	%r0, 16(%r3)
	ld	%r5, 24(%r3)
	.set	reg, 14
	.rept	18
	ld	reg, (32 + (reg - 14) * 8)(%r3)
	.set	reg, reg + 1
	.endr
	mtlr	%r0
	mtcr	%r5
	ld	%r5, PACA_CURRENT(%r13)
	ld	%r6, LIVEPATCH_USED(%r3)
	std	%r6, TASK_LIVEPATCH_USED(%r5)
	cmpdi	%r4, 0
	mr	%r3, %r4
	bnelr
	li	%r3, 1
	blr
FUNC_END(kernel_longjmp)
