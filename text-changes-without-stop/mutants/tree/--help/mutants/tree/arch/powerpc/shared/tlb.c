// SPDX-License-Identifier: GPL-2.0
/*
 * Translations that change without anybody noticing: between two explored runs the page table entries of the vmap
 * window get back what they held. What an entry did not map before cannot be cached; what it mapped otherwise must go.
 */
#include <asm/lcpu.h>
#include <asm/pgtable.h>
#include <stopgap/boot_info.h>

#include "../mm/radix.h"

#define TLBIE_RB_PID		(1UL << 10)	/* IS = 1: all of the process (Power ISA 3.0B, book III, 5.9.3.3) */
#define TLBIE_RS_KERNEL		0UL		/* PID 0 */

bool vcpu_is_translation(const u64 *p)
{
	return p >= radix_vmap_ptes && p < radix_vmap_ptes + (VMAP_SIZE >> PAGE_SHIFT);
}

void *vcpu_linear(unsigned long addr)
{
	unsigned long page = (addr - VMAP_START) >> PAGE_SHIFT;
	u64 pte;

	if (addr - PAGE_OFFSET < boot_info.mem_size)
		return (void *)addr;
	pte = page < VMAP_SIZE >> PAGE_SHIFT ? radix_vmap_ptes[page] : 0;
	return pte ? __va((pte & RADIX_RPN) | (addr & ~PAGE_MASK)) : NULL;
}

void vcpu_forget_translations(void)
{
	__asm__ __volatile__("ptesync; tlbie %0,%1,2,1,1; eieio; tlbsync; ptesync"
			     : : "r" (TLBIE_RB_PID), "r" (TLBIE_RS_KERNEL) : "memory");
}
