/* SPDX-License-Identifier: GPL-2.0 */
/* For the tests of kernel/mm: RAM, freshly booted for each test, and a page table on paper. */
#ifndef _MM_FAKES_H
#define _MM_FAKES_H

#include <asm/pgtable.h>
#include <linux/mm.h>
#include <stopgap/mm.h>
#include <stopgap/vmap.h>

#define RAM_SIZE	(64UL << 20)
#define LOW_RESERVED	0x10000UL
#define IMAGE_START	0x400000UL	/* reserved, as the kernel's image would be */
#define IMAGE_END	0x523000UL

/* Forget everything, and start with RAM_SIZE bytes of RAM. */
void mm_boot(void);

/* A page of the vmap window as the fake page table has it. */
struct fake_pte {
	phys_addr_t pa;		/* 0 = not mapped */
	enum vmap_prot prot;
	bool stale;		/* unmapped, and not shot down yet */
};

struct fake_pte *fake_pte(unsigned long addr);

/* How many pages the window has mapped. */
unsigned long fake_mapped(void);

/* How many WARNs there were since the last call. */
unsigned int take_warnings(void);

/* A random number below @n. */
unsigned int below(unsigned int n);

#endif
