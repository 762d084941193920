/* SPDX-License-Identifier: GPL-2.0 */
/* Pages and the linear map: all RAM at PAGE_OFFSET, a constant away from its physical address. */
#ifndef _ASM_PAGE_H
#define _ASM_PAGE_H

#define PAGE_SHIFT	12

#ifdef __ASSEMBLY__
#define PAGE_SIZE	(1 << PAGE_SHIFT)
#else
#include <linux/types.h>

#define PAGE_SIZE	(1UL << PAGE_SHIFT)
#define PAGE_MASK	(~(PAGE_SIZE - 1))
#define PAGE_ALIGN(x)	(((x) + PAGE_SIZE - 1) & PAGE_MASK)

#define PAGE_OFFSET	0xc000000000000000UL

#define __pa(x)		((phys_addr_t)((unsigned long)(x) - PAGE_OFFSET))
#define __va(pa)	((void *)((unsigned long)(pa) + PAGE_OFFSET))
#endif

#endif
