/* SPDX-License-Identifier: GPL-2.0 */
/* What kprobes know about instructions: which can be executed elsewhere, which are emulated, which are refused. */
#ifndef _ARCH_KPROBES_INSN_H
#define _ARCH_KPROBES_INSN_H

#include <linux/types.h>

struct pt_regs;

/**
 * enum insn_kind - how to get past an instruction that has a breakpoint in its place
 * @INSN_STEP: execute a copy of it in a slot, by a single step: it does the same there
 * @INSN_EMULATE: it depends on where it stands, or would see that it is stepped: do in software what it does
 * @INSN_REFUSE: it cannot be probed
 */
enum insn_kind {
	INSN_STEP,
	INSN_EMULATE,
	INSN_REFUSE,
};

/* Classify @insn; @suffix is the word behind it, which counts if @insn is a prefix. */
enum insn_kind insn_classify(u32 insn, u32 suffix);

/* Is @insn the first word of an instruction of two? (Power ISA 3.1, 1.6.3: primary opcode 1) */
static inline bool insn_is_prefix(u32 insn)
{
	return insn >> 26 == 1;
}

/* lbarx ... lqarx: reserves an address. */
bool insn_is_larx(u32 insn);
/* stbcx. ... stqcx.: stores if the reservation holds. */
bool insn_is_stcx(u32 insn);

/*
 * Do what @insn does, an INSN_EMULATE at regs->nip; regs->nip is where it goes on afterwards. Context: any.
 */
void insn_emulate(struct pt_regs *regs, u32 insn);

#endif
