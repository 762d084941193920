/* SPDX-License-Identifier: GPL-2.0 */
/* Non-local return within one thread's stack; the kernel's use of it is <stopgap/catch.h> and KUnit's asserts. */
#ifndef _ASM_SETJMP_H
#define _ASM_SETJMP_H

/*
 * r1, r2, LR, CR, r14..r31: what the ELFv2 ABI lets a callee rely on; and how much of the livepatch stack is used, as
 * whoever jumps may leave patched functions.
 */
struct kernel_jmp_buf {
	unsigned long reg[23];
};

int kernel_setjmp(struct kernel_jmp_buf *buf) __attribute__((__returns_twice__));
void kernel_longjmp(struct kernel_jmp_buf *buf, int val) __attribute__((__noreturn__));

#endif
