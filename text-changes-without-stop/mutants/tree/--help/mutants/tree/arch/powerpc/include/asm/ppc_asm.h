/* SPDX-License-Identifier: GPL-2.0 */
/* Assembly helpers: function frames for the symbol table, and the few macros every .S file needs. */
#ifndef _ASM_PPC_ASM_H
#define _ASM_PPC_ASM_H

#ifdef __ASSEMBLY__

/* A function called from C. It must not need r2: the TOC is the kernel's own everywhere in vmlinux. */
#define FUNC_START(name)	\
	.globl name;		\
	.type name, @function;	\
	.balign 4;		\
name:

#define FUNC_END(name)		\
	.size name, . - name

/* Load the 64-bit address of a kernel symbol. */
#define LOAD_ADDR(reg, sym)		\
	lis	reg, sym@highest;	\
	ori	reg, reg, sym@higher;	\
	rldicr	reg, reg, 32, 31;	\
	oris	reg, reg, sym@high;	\
	ori	reg, reg, sym@l

/* The smallest frame the ELFv2 ABI allows (section 2.2.2): back chain, CR, LR, TOC. */
#define FRAME_MIN	32
#define FRAME_CR	8
#define FRAME_LR	16
#define FRAME_TOC	24

#endif
#endif
