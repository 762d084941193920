/* SPDX-License-Identifier: GPL-2.0 */
/* Changing kernel and module text, which no mapping lets anyone write. */
#ifndef _ASM_PATCH_H
#define _ASM_PATCH_H

#include <linux/types.h>

#define PPC_INST_TRAP	0x7fe00008	/* tw 31,0,0 */
#define PPC_INST_NOP	0x60000000

/**
 * struct insn_patch - one instruction to change
 * @addr: where, 4-byte aligned, in the kernel or a module
 * @old: what must stand there
 * @insn: what will
 */
struct insn_patch {
	unsigned long addr;
	u32 old;
	u32 insn;
};

int patch_instruction(unsigned long addr, u32 insn);
int patch_instructions(const struct insn_patch *patches, unsigned int n);

#endif
