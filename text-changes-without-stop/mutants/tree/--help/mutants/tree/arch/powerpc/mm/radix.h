/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The radix tree's format: Power ISA 3.0B, book III, 5.7.10 ("Radix Tree Translation"). One
 * geometry only, the one for 4 KiB pages: 13 + 9 + 9 + 9 + 12 = 52 bits.
 */
#ifndef _MM_RADIX_H
#define _MM_RADIX_H

#include <asm/page.h>
#include <linux/types.h>

#define RADIX_ROOT_SHIFT	39
#define RADIX_ROOT_BITS		13
#define RADIX_DIR_BITS		9
#define RADIX_PMD_SHIFT		21	/* a leaf here maps 2 MiB */
#define PMD_SIZE		(1UL << RADIX_PMD_SHIFT)

/* Every entry. */
#define RADIX_VALID		0x8000000000000000UL
#define RADIX_LEAF		0x4000000000000000UL

/* A directory entry: the next table's address, and the log2 of its number of entries. */
#define RADIX_NEXT_TABLE	0x0fffffffffffff00UL

/*
 * A leaf. Reference and change bits come preset: the hardware would write them with a store that
 * could undo a concurrent change of the entry.
 */
#define RADIX_RPN		0x01fffffffffff000UL
#define RADIX_REF		0x100UL
#define RADIX_CHANGED		0x080UL
#define RADIX_PRIV		0x008UL
#define RADIX_READ		0x004UL
#define RADIX_WRITE		0x002UL
#define RADIX_EXEC		0x001UL
#define RADIX_PROT		(RADIX_READ | RADIX_WRITE | RADIX_EXEC)
#define RADIX_KERNEL_LEAF	(RADIX_VALID | RADIX_LEAF | RADIX_REF | RADIX_CHANGED | RADIX_PRIV)

/* A process table entry: a 52-bit space, the root's address, the log2 of its number of entries. */
#define PRTB_RTS_52BIT		0x40000000000000a0UL

/* The effective address bits a tree translates, and what stands above them for the kernel's. */
#define RADIX_EA_BITS		52
#define RADIX_QUADRANT3		(0xc000000000000000UL >> RADIX_EA_BITS)

/* The index of @ea in a table whose entries map 1 << @shift bytes. */
static inline unsigned long radix_index(unsigned long ea, unsigned int shift)
{
	unsigned int bits = shift == RADIX_ROOT_SHIFT ? RADIX_ROOT_BITS : RADIX_DIR_BITS;

	return (ea >> shift) & ((1UL << bits) - 1);
}

static inline u64 *radix_next_table(u64 entry)
{
	return __va(entry & RADIX_NEXT_TABLE);
}

/* The kernel's tree, and the entries of all pages of the vmap window, in order. */
extern u64 *radix_root;
extern u64 *radix_vmap_ptes;

u64 *radix_entry(unsigned long ea, unsigned int shift, void *(*alloc)(size_t size));

#endif
