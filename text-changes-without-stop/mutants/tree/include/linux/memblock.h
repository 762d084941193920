/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Memory before the page allocator: one range of RAM, and the list of what is taken. Page tables
 * and mem_map come from here; what is left goes to the page allocator, and this one is over.
 */
#ifndef _LINUX_MEMBLOCK_H
#define _LINUX_MEMBLOCK_H

#include <linux/types.h>

void memblock_add(phys_addr_t base, phys_addr_t size);
void memblock_reserve(phys_addr_t base, phys_addr_t size);
phys_addr_t memblock_phys_alloc(phys_addr_t size, phys_addr_t align);
bool memblock_next_free(phys_addr_t *start, phys_addr_t *end);
phys_addr_t memblock_end_of_DRAM(void);

#endif
