/* SPDX-License-Identifier: GPL-2.0 */
/* Memory at boot, and what it is used for afterwards. */
#ifndef _STOPGAP_MM_H
#define _STOPGAP_MM_H

#include <linux/types.h>

/* Early boot, in this order. mmu_init*() run in real mode, mm_init() with translation on. */
void mmu_init(void);
void mmu_init_secondary(void);
void mm_init(void);

/* Make every CPU forget its translations of [start, end). See arch/powerpc/mm/tlb.c. */
void tlb_shootdown(unsigned long start, unsigned long end);
/* This CPU's answer to a shootdown; for the hardware interrupt entry. */
void tlb_ack(void);

/**
 * struct mm_stat - where the memory is
 * @total: pages the page allocator manages
 * @free: of these, free
 * @slab: pages cut into kmalloc objects
 * @large: pages of kmalloc objects bigger than a page
 * @kmalloc_bytes: handed out by kmalloc, sizes rounded up to their class
 * @kmalloc_objects: how many objects that is
 * @vmap: pages mapped in the vmap window
 * @vmap_areas: in how many areas
 * @percpu_bytes: handed out by alloc_percpu(), and to modules' per-CPU variables, of each CPU's
 */
struct mm_stat {
	unsigned long total;
	unsigned long free;
	unsigned long slab;
	unsigned long large;
	unsigned long kmalloc_bytes;
	unsigned long kmalloc_objects;
	unsigned long vmap;
	unsigned long vmap_areas;
	unsigned long percpu_bytes;
};

void mm_stat(struct mm_stat *s);

#endif
