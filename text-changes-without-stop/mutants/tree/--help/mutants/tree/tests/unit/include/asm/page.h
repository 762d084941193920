/* SPDX-License-Identifier: GPL-2.0 */
/* Host stand-in: RAM is an array of the test's, and the linear map is where that happens to be. */
#ifndef _ASM_PAGE_H
#define _ASM_PAGE_H

#include <linux/types.h>

#define PAGE_SHIFT	12
#define PAGE_SIZE	(1UL << PAGE_SHIFT)
#define PAGE_MASK	(~(PAGE_SIZE - 1))
#define PAGE_ALIGN(x)	(((x) + PAGE_SIZE - 1) & PAGE_MASK)

extern char *unit_ram;

#define PAGE_OFFSET	((unsigned long)unit_ram)
#define __pa(x)		((phys_addr_t)((unsigned long)(x) - PAGE_OFFSET))
#define __va(pa)	((void *)((unsigned long)(pa) + PAGE_OFFSET))

#endif
