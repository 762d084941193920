/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The first instruction of each CPU.
 *
 * The boot CPU comes from SLOF or VOF at the image's first byte: 32-bit mode, real mode, r3/r4 = initrd start and
 * length, r5 = Open Firmware's client entry. Secondaries come from RTAS start-cpu: 64-bit, real mode, r3 = the
 * logical CPU number. Linked addresses work at once: real mode ignores an address's top nibble.
 */
#include <asm/ppc_asm.h>
#include <asm/reg.h>
#include <generated/asm-offsets.h>

	.section .head.text, "ax"

FUNC_START(_start)
	li	%r6, 1
	rldicr	%r6, %r6, 63, 0		/* MSR_SF */
	ori	%r6, %r6, MSR_RI
	mtmsrd	%r6
	LOAD_ADDR(%r12, boot_cpu_entry)
	mtctr	%r12
	bctr
FUNC_END(_start)

/* Firmware's stack stays in use for its own calls only; ours is init_stack from here on. */
boot_cpu_entry:
	mfspr	%r6, SPRN_TBRL
	LOAD_ADDR(%r1, init_stack_top - FRAME_MIN)
	li	%r0, 0
	std	%r0, 0(%r1)
	std	%r0, FRAME_LR(%r1)
	mtspr	SPRN_SPRG0, %r0
	LOAD_ADDR(%r2, .TOC.)
	LOAD_ADDR(%r13, paca)
	bl	early_setup		/* real mode: Open Firmware, page tables, vectors */
	nop
	bl	enter_virtual_mode
	bl	start_kernel
	nop
	trap
	.type	boot_cpu_entry, @function
	.size	boot_cpu_entry, . - boot_cpu_entry

/* RTAS start-cpu's target: r3 = logical CPU. Its idle thread's stack is a vmap address, so translation first. */
FUNC_START(secondary_entry)
	LOAD_ADDR(%r4, 1f)
	mtctr	%r4
	bctr
1:	LOAD_ADDR(%r2, .TOC.)
	LOAD_ADDR(%r13, paca)
	mulli	%r4, %r3, PACA_SIZE
	add	%r13, %r13, %r4
	ld	%r1, PACA_EMERGENCY_HI(%r13)
	addi	%r1, %r1, -FRAME_MIN
	li	%r0, 0
	std	%r0, 0(%r1)
	std	%r0, FRAME_LR(%r1)
	bl	secondary_early_setup	/* real mode, on the emergency stack */
	nop
	bl	enter_virtual_mode
	ld	%r3, PACA_CURRENT(%r13)
	ld	%r1, TASK_STACK_HI(%r3)
	addi	%r1, %r1, -FRAME_MIN
	li	%r0, 0
	std	%r0, 0(%r1)
	std	%r0, FRAME_LR(%r1)
	bl	start_secondary
	nop
	trap
FUNC_END(secondary_entry)

/* Turn translation on, and with it the machine-check and recoverable bits. rfid, because mtmsrd cannot set ME. */
enter_virtual_mode:
	mflr	%r3
	mtspr	SPRN_SRR0, %r3
	LOAD_ADDR(%r4, MSR_KERNEL)
	mtspr	SPRN_SRR1, %r4
	rfid
	.type	enter_virtual_mode, @function
	.size	enter_virtual_mode, . - enter_virtual_mode

/*
 * int prom_enter(struct prom_args *args, unsigned long entry)
 *
 * Call Open Firmware's client interface (IEEE 1275, 6.3.1) in 32-bit mode. It may change every register but r1
 * and the ones a 32-bit callee saves only the low halves of, so all that matter are kept on the stack.
 */
	.text
FUNC_START(prom_enter)
	mflr	%r0
	std	%r0, FRAME_LR(%r1)
	mfcr	%r0
	std	%r0, FRAME_CR(%r1)
	stdu	%r1, -(FRAME_MIN + 20 * 8)(%r1)
	std	%r2, (FRAME_MIN + 0)(%r1)
	.set	reg, 13
	.rept	19
	std	reg, (FRAME_MIN + (reg - 12) * 8)(%r1)
	.set	reg, reg + 1
	.endr
	mtspr	SPRN_SPRG1, %r1			/* 64 bits: the callee keeps 32 of them */
	rldicl	%r1, %r1, 0, 32			/* a 32-bit physical stack pointer */
	rldicl	%r3, %r3, 0, 32
	mfmsr	%r6
	rldicl	%r6, %r6, 0, 1			/* without SF */
	mtspr	SPRN_SRR1, %r6
	mtspr	SPRN_SRR0, %r4
	LOAD_ADDR(%r5, 1f)
	rldicl	%r5, %r5, 0, 32
	mtlr	%r5
	rfid
1:	li	%r6, 1				/* firmware returns here, in 32-bit mode */
	rldicr	%r6, %r6, 63, 0
	mfmsr	%r7
	or	%r6, %r6, %r7
	mtmsrd	%r6
	LOAD_ADDR(%r6, 2f)
	mtctr	%r6
	bctr
2:	mfspr	%r1, SPRN_SPRG1
	ld	%r2, (FRAME_MIN + 0)(%r1)
	.set	reg, 13
	.rept	19
	ld	reg, (FRAME_MIN + (reg - 12) * 8)(%r1)
	.set	reg, reg + 1
	.endr
	addi	%r1, %r1, FRAME_MIN + 20 * 8
	ld	%r0, FRAME_CR(%r1)
	mtcr	%r0
	ld	%r0, FRAME_LR(%r1)
	mtlr	%r0
	blr
FUNC_END(prom_enter)

	.section .bss..init_stack, "aw", @nobits
	.balign	16
	.globl	init_stack
init_stack:
	.space	16384
	.globl	init_stack_top
init_stack_top:
