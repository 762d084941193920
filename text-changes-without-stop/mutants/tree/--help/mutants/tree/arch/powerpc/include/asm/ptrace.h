/* SPDX-License-Identifier: GPL-2.0 */
/* The frame every trap leaves on the stack; laid out by asm-offsets, filled by trap/vectors.S. */
#ifndef _ASM_PTRACE_H
#define _ASM_PTRACE_H

#ifndef __ASSEMBLY__
#include <linux/types.h>

struct pt_regs {
	unsigned long gpr[32];
	unsigned long nip;
	unsigned long msr;
	unsigned long ctr;
	unsigned long link;
	unsigned long xer;
	unsigned long ccr;
	unsigned long dar;
	unsigned long dsisr;
	unsigned long trap;	/* vector: 0x300, 0x700, ... */
	unsigned long softe;	/* the soft mask as the trap found it: 0 = interrupts on */
	unsigned long stack_lo;	/* the stack bounds as the trap found them */
	unsigned long stack_hi;
};

static inline unsigned long instruction_pointer(const struct pt_regs *regs)
{
	return regs->nip;
}

static inline void instruction_pointer_set(struct pt_regs *regs, unsigned long nip)
{
	regs->nip = nip;
}

static inline unsigned long kernel_stack_pointer(const struct pt_regs *regs)
{
	return regs->gpr[1];
}

/* At the return of a function: the value it returns. */
static inline unsigned long regs_return_value(const struct pt_regs *regs)
{
	return regs->gpr[3];
}

/* At the entry of a function: its @n-th argument, 0 from the ninth on, which are on the stack. */
static inline unsigned long regs_get_kernel_argument(const struct pt_regs *regs, unsigned int n)
{
	return n < 8 ? regs->gpr[3 + n] : 0;
}
#endif

/* "regshere" in ASCII: marks a frame that holds a pt_regs, so that a stack walk can step through a trap. */
#define STACK_FRAME_REGS_MARKER	0x7265677368657265

#endif
