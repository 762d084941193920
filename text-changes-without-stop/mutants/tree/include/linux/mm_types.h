/* SPDX-License-Identifier: GPL-2.0 */
/* struct page: what the allocators know about one page of RAM. */
#ifndef _LINUX_MM_TYPES_H
#define _LINUX_MM_TYPES_H

#include <linux/types.h>

/*
 * Only the first page of a block says what the block is; all its other pages are PAGE_TAIL, free or
 * not. So a block changes hands by one write, and freeing anything but the start of an allocated
 * block is noticed.
 */
enum page_state {
	PAGE_TAIL,		/* zero: what a cleared mem_map says */
	PAGE_RESERVED,		/* never the allocator's: image, page tables, ramdisk */
	PAGE_FREE,
	PAGE_ALLOCATED,
	PAGE_SLAB,		/* allocated, and cut into kmalloc objects */
	PAGE_LARGE,		/* allocated, and one kmalloc object */
};

/**
 * struct page - one page of RAM; mem_map[pfn]
 * @state: enum page_state
 * @order: of the block this is the first page of
 * @class: PAGE_SLAB: index of the kmalloc size class
 * @inuse: PAGE_SLAB: number of objects handed out
 * @lru: PAGE_FREE: free list of that order; PAGE_SLAB: list of slabs with room
 * @free_map: PAGE_SLAB with up to 64 objects: a set bit is a free object
 */
struct page {
	u8 state;
	u8 order;
	u8 class;
	u16 inuse;
	struct list_head lru;
	u64 free_map;
};

#endif
