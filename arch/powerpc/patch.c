// SPDX-License-Identifier: GPL-2.0
/*
 * Text patching. Text is mapped read-only, so the store is made with data translation off.
 *
 * This QEMU lets another, freely running CPU execute the old instruction for a while, whatever barriers either side
 * uses. A caller that cannot live with that patches while the other CPUs are stopped.
 */
#include <asm/patch.h>
#include <asm/pgtable.h>
#include <linux/errno.h>
#include <linux/irqflags.h>

void real_mode_store32(phys_addr_t pa, u32 val);

/**
 * patch_instruction() - replace one instruction
 * @addr: its address, 4-byte aligned, in the kernel or a module
 * @insn: the new one
 *
 * Context: any. Return: 0; -EINVAL if @addr is not aligned or not mapped.
 */
int patch_instruction(unsigned long addr, u32 insn)
{
	phys_addr_t pa = virt_to_phys_walk(addr);

	if (addr & 3 || pa == PHYS_ADDR_NONE)
		return -EINVAL;
	real_mode_store32(pa, insn);
	__asm__ __volatile__("icbi 0,%0; sync; isync" : : "r" (addr) : "memory");
	return 0;
}
