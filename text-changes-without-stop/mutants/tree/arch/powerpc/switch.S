/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The context switch. It is an ordinary function call: volatile registers are the caller's business
 * (ELFv2 ABI, section 2.2.1.1), r2 is the kernel's TOC in all of vmlinux, and r13 is the CPU's, not
 * the thread's. So what is kept is r14-r31, LR and CR, in a proper frame, and a stack walk through
 * a sleeping thread starts at its ksp.
 */
#include <asm/ppc_asm.h>
#include <generated/asm-offsets.h>

#define SWITCH_GPR(n)	(FRAME_MIN + ((n) - 14) * 8)
#define SWITCH_FRAME	(FRAME_MIN + 18 * 8)

	.text

/*
 * struct task_struct *__switch_to(struct task_struct *prev, struct task_struct *next)
 *
 * Soft mask set, MSR[EE] on: an interrupt that finds r1 and the paca's stack bounds of different
 * threads uses the emergency stack, which is fine.
 */
FUNC_START(__switch_to)
	mflr	%r0
	mfcr	%r5
	std	%r0, FRAME_LR(%r1)
	std	%r5, FRAME_CR(%r1)
	stdu	%r1, -SWITCH_FRAME(%r1)
	.set	reg, 14
	.rept	18
	std	reg, SWITCH_GPR(reg)(%r1)
	.set	reg, reg + 1
	.endr
	std	%r1, TASK_KSP(%r3)
	ld	%r5, TASK_STACK_LO(%r4)
	ld	%r6, TASK_STACK_HI(%r4)
	std	%r4, PACA_CURRENT(%r13)
	std	%r5, PACA_STACK_LO(%r13)
	std	%r6, PACA_STACK_HI(%r13)
	ld	%r1, TASK_KSP(%r4)
	.set	reg, 14
	.rept	18
	ld	reg, SWITCH_GPR(reg)(%r1)
	.set	reg, reg + 1
	.endr
	addi	%r1, %r1, SWITCH_FRAME
	ld	%r0, FRAME_LR(%r1)
	ld	%r5, FRAME_CR(%r1)
	mtlr	%r0
	mtcr	%r5
	blr
FUNC_END(__switch_to)

/*
 * Where the first switch to a thread returns to: r3 = the thread before, r14 = fn, r15 = arg
 * (setup_thread_stack).
 */
FUNC_START(ret_from_kernel_thread)
	bl	schedule_tail
	nop
	std	%r2, FRAME_TOC(%r1)
	mr	%r3, %r15
	mr	%r12, %r14
	mtctr	%r14
	bctrl
	ld	%r2, FRAME_TOC(%r1)
	bl	do_exit
	nop
	trap
FUNC_END(ret_from_kernel_thread)
