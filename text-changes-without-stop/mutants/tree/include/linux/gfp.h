/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Whole pages, from the buddy allocator, which never sleeps. What may is kmalloc(GFP_KERNEL): see
 * <stopgap/reclaim.h>.
 */
#ifndef _LINUX_GFP_H
#define _LINUX_GFP_H

#include <linux/types.h>

struct page;

#define GFP_KERNEL	0x001u
#define GFP_ATOMIC	0x002u
#define GFP_NOWAIT	0x004u
#define __GFP_NOWARN	0x010u
#define __GFP_ZERO	0x100u

#define MAX_ORDER	10	/* the largest block is 1 << MAX_ORDER pages: 4 MiB */

struct page *alloc_pages(gfp_t gfp, unsigned int order);
void __free_pages(struct page *page, unsigned int order);
unsigned long __get_free_pages(gfp_t gfp, unsigned int order);
unsigned long get_zeroed_page(gfp_t gfp);
void free_pages(unsigned long addr, unsigned int order);
unsigned int get_order(unsigned long size);

#define alloc_page(gfp)		alloc_pages((gfp), 0)
#define __free_page(page)	__free_pages((page), 0)
#define __get_free_page(gfp)	__get_free_pages((gfp), 0)
#define free_page(addr)		free_pages((addr), 0)

#endif
