/* SPDX-License-Identifier: GPL-2.0 */
/* copy_from_kernel_nofault(): a byte loop whose load may fault. */
#include <asm/ppc_asm.h>

#define EFAULT	14

	.text
FUNC_START(copy_from_kernel_nofault)
	cmpdi	%r5, 0
	beq	3f
	mtctr	%r5
	addi	%r3, %r3, -1
1:	lbz	%r6, 0(%r4)
	addi	%r4, %r4, 1
	stbu	%r6, 1(%r3)
	bdnz	1b
3:	li	%r3, 0
	blr
2:	li	%r3, -EFAULT
	blr
FUNC_END(copy_from_kernel_nofault)

	.section __ex_table, "a"
	.balign	4
	.long	1b - .
	.long	2b - .
