/* SPDX-License-Identifier: GPL-2.0 */
/* The kernel's radix tree, seen from outside arch/powerpc/mm. */
#ifndef _ASM_PGTABLE_H
#define _ASM_PGTABLE_H

#include <linux/types.h>
#include <stopgap/vmap.h>

typedef struct {
	u64 pte;
} pte_t;

#define pte_val(p)	((p).pte)

pte_t *lookup_address(unsigned long addr);
phys_addr_t virt_to_phys_walk(unsigned long addr);

#define PHYS_ADDR_NONE	(~(phys_addr_t)0)	/* virt_to_phys_walk(): not mapped */

/* For kernel/mm/vmap.c: one page of the window. The caller does one tlb_shootdown() for all. */
void vmap_map_page(unsigned long addr, phys_addr_t pa, enum vmap_prot prot);
phys_addr_t vmap_unmap_page(unsigned long addr);
void vmap_set_page_prot(unsigned long addr, enum vmap_prot prot);

#endif
