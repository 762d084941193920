/* SPDX-License-Identifier: GPL-2.0 */
/* From addresses to pages and back, and how much memory there is. */
#ifndef _LINUX_MM_H
#define _LINUX_MM_H

#include <asm/page.h>
#include <linux/gfp.h>
#include <linux/mm_types.h>

extern struct page *mem_map;
extern unsigned long max_pfn;	/* mem_map's length */

#define page_to_pfn(page)	((unsigned long)((page) - mem_map))
#define pfn_to_page(pfn)	(mem_map + (pfn))
#define page_to_phys(page)	((phys_addr_t)page_to_pfn(page) << PAGE_SHIFT)
#define phys_to_page(pa)	pfn_to_page((pa) >> PAGE_SHIFT)
#define page_address(page)	__va(page_to_phys(page))
#define virt_to_page(addr)	phys_to_page(__pa(addr))
#define virt_to_phys(addr)	__pa(addr)
#define phys_to_virt(pa)	__va(pa)
#define offset_in_page(p)	((unsigned long)(p) & ~PAGE_MASK)

/* Whether @addr lies in the linear map of RAM, so that virt_to_page() has an answer. */
static inline bool virt_addr_valid(const void *addr)
{
	return (unsigned long)addr >= (unsigned long)__va(0) && __pa(addr) >> PAGE_SHIFT < max_pfn;
}

unsigned long totalram_pages(void);
unsigned long nr_free_pages(void);

#endif
