// SPDX-License-Identifier: GPL-2.0
/* Memory's start-up, and its figures in one place. */
#include <linux/init.h>
#include <linux/mm.h>
#include <linux/percpu.h>

#include "internal.h"

/**
 * mm_init() - make alloc_pages(), kmalloc() and vmap_alloc() work
 *
 * Context: boot CPU, once, after mmu_init() and with translation on.
 */
void __init mm_init(void)
{
	page_alloc_init();
	slab_init();
	vmap_init();
}

/**
 * mm_stat() - where the memory is, in pages and bytes
 * @s: filled
 *
 * Context: any; while others allocate, the figures are not of one moment.
 */
void mm_stat(struct mm_stat *s)
{
	s->total = totalram_pages();
	s->free = nr_free_pages();
	slab_stat(s);
	vmap_stat(s);
	s->percpu_bytes = percpu_allocated();
}
