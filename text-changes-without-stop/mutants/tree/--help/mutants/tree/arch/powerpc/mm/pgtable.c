// SPDX-License-Identifier: GPL-2.0
/*
 * Looking into the page tables, and changing them in the vmap window.
 *
 * Lookups take no lock and may run in an oops: tables are never freed, and each entry is read once.
 */
#include <asm/pgtable.h>
#include <linux/bug.h>
#include <stopgap/hooks.h>

#include "radix.h"

/* The leaf that maps @addr, and in *shift the log2 of how much it maps; NULL if there is none. */
static u64 *find_leaf(unsigned long addr, unsigned int *shift)
{
	u64 *table = radix_root;

	if (addr >> RADIX_EA_BITS != RADIX_QUADRANT3)
		return NULL;
	for (*shift = RADIX_ROOT_SHIFT;; *shift -= RADIX_DIR_BITS) {
		u64 *entry = &table[radix_index(addr, *shift)];
		u64 e = READ_ONCE(*entry);

		if (!(e & RADIX_VALID))
			return NULL;
		if (e & RADIX_LEAF)
			return entry;
		table = radix_next_table(e);
	}
}

/**
 * lookup_address() - the page table entry that maps an address
 * @addr: any address
 *
 * Context: any, an oops included; translation on or off.
 * Return: the entry, a 2 MiB one in most of the linear map; NULL if @addr is not mapped.
 */
pte_t *lookup_address(unsigned long addr)
{
	unsigned int shift;

	return (pte_t *)find_leaf(addr, &shift);
}

/**
 * virt_to_phys_walk() - the physical address behind an address of the linear map or vmap window
 * @addr: any address
 *
 * Context: as lookup_address(). The answer lasts as long as the mapping does.
 * Return: the physical address, or PHYS_ADDR_NONE.
 */
phys_addr_t virt_to_phys_walk(unsigned long addr)
{
	unsigned int shift;
	u64 *leaf = find_leaf(addr, &shift);
	u64 e = leaf ? READ_ONCE(*leaf) : 0;

	if (!(e & RADIX_VALID))
		return PHYS_ADDR_NONE;
	return (e & RADIX_RPN) | (addr & ((1UL << shift) - 1));
}

static u64 *vmap_pte(unsigned long addr)
{
	BUG_ON(addr < VMAP_START || addr >= VMAP_END || addr & ~PAGE_MASK);
	return &radix_vmap_ptes[(addr - VMAP_START) >> PAGE_SHIFT];
}

static u64 vmap_prot_bits(enum vmap_prot prot)
{
	static const u64 bits[] = {
		[VMAP_R] = RADIX_READ,
		[VMAP_RW] = RADIX_READ | RADIX_WRITE,
		[VMAP_RX] = RADIX_READ | RADIX_EXEC,
	};

	return bits[prot];
}

/**
 * vmap_map_page() - map one page of the vmap window
 * @addr: page-aligned, not mapped
 * @pa: the page
 * @prot: its protection
 *
 * Usable at once: an invalid entry is never cached, and the ptesync orders the entry before later
 * accesses.
 * Context: any.
 */
void vmap_map_page(unsigned long addr, phys_addr_t pa, enum vmap_prot prot)
{
	u64 *pte = vmap_pte(addr);

	BUG_ON(*pte);
	hook_map(addr);
	WRITE_ONCE(*pte, RADIX_KERNEL_LEAF | pa | vmap_prot_bits(prot));
	__asm__ __volatile__("ptesync" : : : "memory");
}

/**
 * vmap_unmap_page() - unmap one page of the vmap window
 * @addr: page-aligned, mapped
 *
 * CPUs may go on using the old translation until tlb_shootdown().
 * Context: any.
 * Return: the page's physical address.
 */
phys_addr_t vmap_unmap_page(unsigned long addr)
{
	u64 *pte = vmap_pte(addr);
	u64 old = *pte;

	BUG_ON(!old);
	WRITE_ONCE(*pte, 0);
	hook_unmap(addr, old & RADIX_EXEC);
	return old & RADIX_RPN;
}

/**
 * vmap_set_page_prot() - change the protection of one page of the vmap window
 * @addr: page-aligned, mapped
 * @prot: its new protection
 *
 * CPUs may go on using the old protection until tlb_shootdown().
 * Context: any.
 */
void vmap_set_page_prot(unsigned long addr, enum vmap_prot prot)
{
	u64 *pte = vmap_pte(addr);

	BUG_ON(!*pte);
	hook_map(addr);
	WRITE_ONCE(*pte, (*pte & ~RADIX_PROT) | vmap_prot_bits(prot));
}
