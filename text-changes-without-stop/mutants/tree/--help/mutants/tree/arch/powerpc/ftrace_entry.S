/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a function entry site calls, and the way from a patched function back.
 *
 * At a site r0 holds where the function returns to, LR points behind the site, and r2 is set. Dead are r12, CTR, CR
 * and XER; a function's prologue has not run, so nothing lies below r1.
 */
#include <asm/livepatch.h>
#include <asm/ppc_asm.h>
#include <asm/reg.h>
#include <generated/asm-offsets.h>

#define FRAME_REGS	48
#define FTRACE_FRAME	((FRAME_REGS + REGS_SIZE + 15) & ~15)
#define REG(off)	(FRAME_REGS + off)
#define GPR(n)		(FRAME_REGS + REGS_GPR + 8 * (n))
#define ENTRY_SIZE	32		/* struct livepatch_entry */

	.text

/*
 * What the compiler calls with LR in r0, for the moment until the call is a nop: give LR back and go on. May run in
 * real mode.
 */
FUNC_START(_mcount)
	mflr	%r12
	mtctr	%r12
	mtlr	%r0
	bctr
FUNC_END(_mcount)

.macro SAVE_GPRS first, last
	.set	reg, \first
	.rept	\last - \first + 1
	std	reg, GPR(reg)(%r1)
	.set	reg, reg + 1
	.endr
.endm

.macro RESTORE_GPRS first, last
	.set	reg, \first
	.rept	\last - \first + 1
	ld	reg, GPR(reg)(%r1)
	.set	reg, reg + 1
	.endr
.endm

/*
 * Two frames: one that makes the traced function show in a stack walk, one with struct ftrace_regs. Then the call of
 * ftrace_dispatch(site, link, regs); afterwards r12 = where to go on, CR0 = whether that was changed.
 */
.macro ENTER_SITE
	std	%r0, FRAME_LR(%r1)
	stdu	%r1, -FRAME_MIN(%r1)
	mflr	%r12
	std	%r12, FRAME_LR(%r1)
	stdu	%r1, -FTRACE_FRAME(%r1)
	SAVE_GPRS 2, 11
	std	%r0, REG(REGS_LINK)(%r1)
	std	%r12, REG(REGS_NIP)(%r1)
	addi	%r0, %r1, FTRACE_FRAME + FRAME_MIN
	std	%r0, GPR(1)(%r1)
.endm

.macro CALL_DISPATCH
	addi	%r3, %r12, -4
	ld	%r4, REG(REGS_LINK)(%r1)
	addi	%r5, %r1, FRAME_REGS
	li	%r0, 0
	std	%r0, FRAME_MIN(%r1)		/* not a trap's frame, whatever was here before */
	LOAD_ADDR(%r2, .TOC.)
	bl	ftrace_dispatch
	nop
	ld	%r12, REG(REGS_NIP)(%r1)
	ld	%r0, (FTRACE_FRAME + FRAME_LR)(%r1)
	cmpd	%r0, %r12
	mtctr	%r12
	ld	%r0, REG(REGS_LINK)(%r1)
	mtlr	%r0
.endm

.macro LEAVE_SITE
	RESTORE_GPRS 2, 11
	addi	%r1, %r1, FTRACE_FRAME + FRAME_MIN
	bne	call_patched
	bctr
.endm

/* For ops that are content with the arguments, r1, r2, LR and NIP. */
FUNC_START(ftrace_caller)
	ENTER_SITE
	CALL_DISPATCH
	LEAVE_SITE
FUNC_END(ftrace_caller)

/* For those that want to see, or to change, all registers. */
FUNC_START(ftrace_regs_caller)
	ENTER_SITE
	SAVE_GPRS 12, 31
	ld	%r0, REG(REGS_LINK)(%r1)
	std	%r0, GPR(0)(%r1)
	mfctr	%r3
	mfxer	%r4
	mfcr	%r5
	mfmsr	%r6
	ld	%r7, PACA_SOFT_MASK(%r13)
	std	%r3, REG(REGS_CTR)(%r1)
	std	%r4, REG(REGS_XER)(%r1)
	std	%r5, REG(REGS_CCR)(%r1)
	std	%r6, REG(REGS_MSR)(%r1)
	std	%r7, REG(REGS_SOFTE)(%r1)
	li	%r0, 0
	std	%r0, REG(REGS_TRAP)(%r1)
	std	%r0, REG(REGS_DAR)(%r1)
	std	%r0, REG(REGS_DSISR)(%r1)
	ld	%r3, PACA_STACK_LO(%r13)
	ld	%r4, PACA_STACK_HI(%r13)
	std	%r3, REG(REGS_STACK_LO)(%r1)
	std	%r4, REG(REGS_STACK_HI)(%r1)
	CALL_DISPATCH
	RESTORE_GPRS 14, 31
	LEAVE_SITE
FUNC_END(ftrace_regs_caller)

/*
 * The call goes elsewhere: CTR = the new function, LR = where it is to return to, all arguments in place. An interrupt
 * may come anywhere and bring patched functions of its own, so an entry is claimed before it is filled, and read before
 * it is given back.
 */
FUNC_START(call_patched)
	ld	%r11, PACA_CURRENT(%r13)
	ld	%r12, TASK_LIVEPATCH_USED(%r11)
	addi	%r12, %r12, ENTRY_SIZE
	std	%r12, TASK_LIVEPATCH_USED(%r11)
	ld	%r11, TASK_STACK_LO(%r11)
	subf	%r0, %r11, %r1			/* how far r1 is from the stack's end... */
	add	%r11, %r11, %r12
	addi	%r12, %r12, LIVEPATCH_HEADROOM	/* ... and how far it should be */
	cmpld	%r0, %r12
	blt	livepatch_stack_overflow
	mflr	%r0
	std	%r0, -32(%r11)
	std	%r2, -24(%r11)
	std	%r1, -16(%r11)
	lis	%r12, LIVEPATCH_MAGIC@h
	ori	%r12, %r12, LIVEPATCH_MAGIC@l
	std	%r12, -8(%r11)
	mfctr	%r12				/* as a global entry point expects */
	bctrl
	.globl	livepatch_return
livepatch_return:
	ld	%r11, PACA_CURRENT(%r13)
	ld	%r12, TASK_LIVEPATCH_USED(%r11)
	ld	%r11, TASK_STACK_LO(%r11)
	add	%r11, %r11, %r12
	ld	%r0, -8(%r11)
	lis	%r12, LIVEPATCH_MAGIC@h
	ori	%r12, %r12, LIVEPATCH_MAGIC@l
	cmpd	%r0, %r12
	ld	%r0, -16(%r11)
	cmpd	%cr1, %r0, %r1
	crand	2, 2, 6				/* both eq */
	bne	livepatch_stack_corrupt
	ld	%r2, -24(%r11)
	ld	%r0, -32(%r11)
	mtlr	%r0
	ld	%r11, PACA_CURRENT(%r13)
	ld	%r12, TASK_LIVEPATCH_USED(%r11)
	addi	%r12, %r12, -ENTRY_SIZE
	std	%r12, TASK_LIVEPATCH_USED(%r11)
	blr
FUNC_END(call_patched)

/* The thread's two stacks have met. There is nowhere to return to. */
FUNC_START(livepatch_stack_overflow)
	LOAD_ADDR(%r2, .TOC.)
	b	livepatch_stack_report_overflow
FUNC_END(livepatch_stack_overflow)

FUNC_START(livepatch_stack_corrupt)
	LOAD_ADDR(%r2, .TOC.)
	b	livepatch_stack_report_corrupt
FUNC_END(livepatch_stack_corrupt)
