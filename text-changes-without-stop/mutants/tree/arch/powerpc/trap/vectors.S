/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The trap entry and exit.
 *
 * A vector runs in real mode with interrupts off. It keeps r9-r13, CR and CTR in the paca and jumps to the common
 * entry, which turns translation on, chooses a stack, writes a struct pt_regs and calls trap_dispatch(). System
 * reset may hit a vector's own prologue, so it has its own save area and its own stack.
 *
 * Frame, from the new r1 up: back chain, CR, LR, TOC, marker, pad, pt_regs, 288 bytes that belong to the
 * interrupted function (the ELFv2 red zone, ABI section 2.2.2.4).
 */
#include <asm/ppc_asm.h>
#include <asm/ptrace.h>
#include <asm/reg.h>
#include <generated/asm-offsets.h>

#define FRAME_MARKER	32
#define FRAME_REGS	48
#define RED_ZONE	288
#define TRAP_FRAME	((FRAME_REGS + REGS_SIZE + RED_ZONE + 15) & ~15)
/* With less than this below r1, a trap moves to the emergency stack. */
#define STACK_HEADROOM	1024
#define GPR(n)		(FRAME_REGS + REGS_GPR + 8 * (n))

/* Save what the common entry needs to work with; leaves r10 = vector, r11 = SRR0, r12 = SRR1. */
.macro	PROLOGUE vector, area, target
	std	%r9, (\area + 0)(%r13)
	std	%r10, (\area + 8)(%r13)
	std	%r11, (\area + 16)(%r13)
	std	%r12, (\area + 24)(%r13)
	mfspr	%r9, SPRN_SPRG1
	std	%r9, (\area + 32)(%r13)
	mfcr	%r9
	std	%r9, (\area + 40)(%r13)
	mfctr	%r9
	std	%r9, (\area + 48)(%r13)
	mfspr	%r11, SPRN_SRR0
	mfspr	%r12, SPRN_SRR1
	LOAD_ADDR(%r10, \target)
	mtctr	%r10
	li	%r10, \vector
	bctr
.endm

.macro	VECTOR vector
	. = trap_vectors + \vector - 0x100
	mtspr	SPRN_SPRG1, %r13
	mfspr	%r13, SPRN_SPRG0
	PROLOGUE \vector, PACA_EXGEN, trap_common
.endm

/* Copied to 0x100 by trap_init(). */
	.section .rodata.vectors, "a"
	.balign	8
	.globl	trap_vectors
trap_vectors:
	mtspr	SPRN_SPRG1, %r13		/* 0x100, system reset */
	mfspr	%r13, SPRN_SPRG0
	cmpdi	%r13, 0				/* CR0 is lost: a vCPU that was never started has none */
	beq	never_started
	PROLOGUE 0x100, PACA_EXNMI, nmi_common
never_started:
	li	%r3, 0xe0			/* H_CEDE */
	sc	1
	b	never_started

	VECTOR 0x200
	VECTOR 0x300
	VECTOR 0x380
	VECTOR 0x400
	VECTOR 0x480
	VECTOR 0x500
	VECTOR 0x600
	VECTOR 0x700
	VECTOR 0x800
	VECTOR 0x900
	VECTOR 0xa00
	VECTOR 0xb00
	VECTOR 0xc00
	VECTOR 0xd00
	VECTOR 0xe00
	VECTOR 0xe80
	VECTOR 0xf00
	VECTOR 0xf80
	.globl	trap_vectors_end
trap_vectors_end:

/* With r9 = the interrupted r1 and r1 = the new frame: everything else but r9-r13, CR, CTR. */
.macro	SAVE_REST
	std	%r9, 0(%r1)
	std	%r9, GPR(1)(%r1)
	std	%r0, GPR(0)(%r1)
	.set	reg, 2
	.rept	7
	std	reg, GPR(reg)(%r1)
	.set	reg, reg + 1
	.endr
	.set	reg, 14
	.rept	18
	std	reg, GPR(reg)(%r1)
	.set	reg, reg + 1
	.endr
	std	%r10, (FRAME_REGS + REGS_TRAP)(%r1)
	std	%r11, (FRAME_REGS + REGS_NIP)(%r1)
	std	%r12, (FRAME_REGS + REGS_MSR)(%r1)
	mfspr	%r3, SPRN_DAR
	mfspr	%r4, SPRN_DSISR
	std	%r3, (FRAME_REGS + REGS_DAR)(%r1)
	std	%r4, (FRAME_REGS + REGS_DSISR)(%r1)
	mflr	%r3
	std	%r3, (FRAME_REGS + REGS_LINK)(%r1)
	mfxer	%r4
	std	%r4, (FRAME_REGS + REGS_XER)(%r1)
	std	%r3, FRAME_LR(%r1)
	LOAD_ADDR(%r3, STACK_FRAME_REGS_MARKER)
	std	%r3, FRAME_MARKER(%r1)
.endm

.macro	SAVE_FROM_AREA area
	ld	%r3, (\area + 0)(%r13)
	ld	%r4, (\area + 8)(%r13)
	ld	%r5, (\area + 16)(%r13)
	ld	%r6, (\area + 24)(%r13)
	ld	%r7, (\area + 32)(%r13)
	std	%r3, GPR(9)(%r1)
	std	%r4, GPR(10)(%r1)
	std	%r5, GPR(11)(%r1)
	std	%r6, GPR(12)(%r1)
	std	%r7, GPR(13)(%r1)
	ld	%r3, (\area + 40)(%r13)
	ld	%r4, (\area + 48)(%r13)
	std	%r3, (FRAME_REGS + REGS_CCR)(%r1)
	std	%r4, (FRAME_REGS + REGS_CTR)(%r1)
.endm

	.text
FUNC_START(trap_common)
	mfmsr	%r9
	ori	%r9, %r9, MSR_IR | MSR_DR
	mtmsrd	%r9
	ld	%r9, PACA_STACK_LO(%r13)
	addi	%r9, %r9, STACK_HEADROOM
	cmpld	%r1, %r9
	mr	%r9, %r1
	blt	1f
	std	%r3, (PACA_EXGEN + 56)(%r13)
	ld	%r3, PACA_STACK_HI(%r13)
	cmpld	%r1, %r3
	ld	%r3, (PACA_EXGEN + 56)(%r13)
	blt	2f
1:	ld	%r1, PACA_EMERGENCY_HI(%r13)	/* not a stack we can use */
2:	addi	%r1, %r1, -TRAP_FRAME
	SAVE_REST
	SAVE_FROM_AREA PACA_EXGEN
	ld	%r3, PACA_STACK_LO(%r13)
	ld	%r4, PACA_STACK_HI(%r13)
	std	%r3, (FRAME_REGS + REGS_STACK_LO)(%r1)
	std	%r4, (FRAME_REGS + REGS_STACK_HI)(%r1)
	ld	%r3, PACA_EMERGENCY_LO(%r13)	/* while on the emergency stack, its bounds count */
	ld	%r4, PACA_EMERGENCY_HI(%r13)
	cmpld	%r1, %r3
	blt	3f
	cmpld	%r1, %r4
	bge	3f
	std	%r3, PACA_STACK_LO(%r13)
	std	%r4, PACA_STACK_HI(%r13)
3:	ld	%r3, PACA_SOFT_MASK(%r13)
	std	%r3, (FRAME_REGS + REGS_SOFTE)(%r1)
	li	%r3, 1
	std	%r3, PACA_SOFT_MASK(%r13)
	li	%r3, MSR_RI
	mtmsrd	%r3, 1
	LOAD_ADDR(%r2, .TOC.)
	addi	%r3, %r1, FRAME_REGS
	bl	trap_dispatch
	nop
	li	%r3, 0
	mtmsrd	%r3, 1				/* EE and RI off: SRR0/1 are about to be loaded */
	ld	%r3, (FRAME_REGS + REGS_STACK_LO)(%r1)
	ld	%r4, (FRAME_REGS + REGS_STACK_HI)(%r1)
	std	%r3, PACA_STACK_LO(%r13)
	std	%r4, PACA_STACK_HI(%r13)
	ld	%r3, (FRAME_REGS + REGS_SOFTE)(%r1)
	std	%r3, PACA_SOFT_MASK(%r13)
trap_return:
	ld	%r3, (FRAME_REGS + REGS_NIP)(%r1)
	ld	%r4, (FRAME_REGS + REGS_MSR)(%r1)
	mtspr	SPRN_SRR0, %r3
	mtspr	SPRN_SRR1, %r4
	ld	%r3, (FRAME_REGS + REGS_LINK)(%r1)
	ld	%r4, (FRAME_REGS + REGS_XER)(%r1)
	ld	%r5, (FRAME_REGS + REGS_CTR)(%r1)
	ld	%r6, (FRAME_REGS + REGS_CCR)(%r1)
	mtlr	%r3
	mtxer	%r4
	mtctr	%r5
	mtcr	%r6
	ld	%r0, GPR(0)(%r1)
	.set	reg, 2
	.rept	11
	ld	reg, GPR(reg)(%r1)
	.set	reg, reg + 1
	.endr
	.set	reg, 14
	.rept	18
	ld	reg, GPR(reg)(%r1)
	.set	reg, reg + 1
	.endr
	ld	%r1, GPR(1)(%r1)
	rfid
FUNC_END(trap_common)

/* System reset: always on its own stack, never nested, returns if what it hit was recoverable. */
FUNC_START(nmi_common)
	mfmsr	%r9
	ori	%r9, %r9, MSR_IR | MSR_DR
	mtmsrd	%r9
	mr	%r9, %r1
	ld	%r1, PACA_NMI_SP(%r13)
	addi	%r1, %r1, -TRAP_FRAME
	SAVE_REST
	SAVE_FROM_AREA PACA_EXNMI
	ld	%r3, PACA_SOFT_MASK(%r13)
	std	%r3, (FRAME_REGS + REGS_SOFTE)(%r1)
	li	%r3, 1
	std	%r3, PACA_SOFT_MASK(%r13)
	LOAD_ADDR(%r2, .TOC.)
	addi	%r3, %r1, FRAME_REGS
	bl	nmi_dispatch
	nop
	ld	%r3, (FRAME_REGS + REGS_SOFTE)(%r1)
	std	%r3, PACA_SOFT_MASK(%r13)
	b	trap_return
FUNC_END(nmi_common)
