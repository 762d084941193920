/* SPDX-License-Identifier: GPL-2.0 */
/* The kernel's radix tree, seen from outside arch/powerpc/mm: look things up, map and unmap in the vmap window. */
#ifndef _ASM_PGTABLE_H
#define _ASM_PGTABLE_H

#include <linux/types.h>
#include <stopgap/vmap.h>

typedef struct {
	u64 pte;
} pte_t;

/* Entries are looked at and changed by one access each, because walkers take no lock. */
#define pte_val(p)	((p).pte)

pte_t *lookup_address(unsigned long addr);
phys_addr_t virt_to_phys_walk(unsigned long addr);

/* For kernel/mm/vmap.c: one page of the window. None of them flushes; the caller batches tlb_shootdown(). */
void vmap_map_page(unsigned long addr, phys_addr_t pa, enum vmap_prot prot);
phys_addr_t vmap_unmap_page(unsigned long addr);
void vmap_set_page_prot(unsigned long addr, enum vmap_prot prot);

/* Linux's names for the protection of vmap pages. Return: 0, or -EINVAL if a page is not a mapped vmap page. */
int set_memory_ro(unsigned long addr, int numpages);
int set_memory_rw(unsigned long addr, int numpages);
int set_memory_x(unsigned long addr, int numpages);
int set_memory_nx(unsigned long addr, int numpages);

#endif
