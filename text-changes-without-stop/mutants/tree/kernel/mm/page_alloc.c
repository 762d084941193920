// SPDX-License-Identifier: GPL-2.0
/*
 * The page allocator: a binary buddy system over all RAM that memblock has left.
 *
 * Invariants, under buddy_lock:
 * - a block of order n starts at a pfn that is a multiple of 1 << n; its first page has state
 *   PAGE_FREE (and is on free_list[n]) or an allocated state; its other pages are PAGE_TAIL;
 * - two free buddies never stay apart: freeing merges them. So once everything allocated since some
 *   moment is freed, the free lists describe the same memory as before, in as few blocks.
 */
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/fault-inject.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/memblock.h>
#include <linux/mm.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <stopgap/hooks.h>

#include "internal.h"

struct page *mem_map;
unsigned long max_pfn;

static DEFINE_SPINLOCK(buddy_lock);
static struct list_head free_list[MAX_ORDER + 1];
static unsigned long nr_free, nr_total;

static void insert_block(struct page *page, unsigned int order)
{
	page->state = PAGE_FREE;
	page->order = order;
	list_add(&page->lru, &free_list[order]);
}

static void remove_block(struct page *page)
{
	list_del(&page->lru);
	page->state = PAGE_TAIL;
}

/* The buddy of a block, if it is free as a whole; else NULL. */
static struct page *free_buddy(struct page *page, unsigned int order)
{
	unsigned long pfn = page_to_pfn(page) ^ (1UL << order);
	struct page *buddy = pfn_to_page(pfn);

	if (pfn >= max_pfn || buddy->state != PAGE_FREE || buddy->order != order)
		return NULL;
	return buddy;
}

static void free_block(struct page *page, unsigned int order)
{
	struct page *buddy;

	nr_free += 1UL << order;
	while (order < MAX_ORDER && (buddy = free_buddy(page, order))) {
		remove_block(buddy);
		page->state = PAGE_TAIL;
		page = min(page, buddy);
		order++;
	}
	insert_block(page, order);
}

static struct page *take_block(unsigned int order)
{
	struct page *page;
	unsigned int o = order;

	while (list_empty(&free_list[o]))
		if (++o > MAX_ORDER)
			return NULL;
	page = list_first_entry(&free_list[o], struct page, lru);
	remove_block(page);
	while (o > order) {
		o--;
		insert_block(page + (1UL << o), o);
	}
	page->state = PAGE_ALLOCATED;
	page->order = order;
	nr_free -= 1UL << order;
	return page;
}

/**
 * alloc_pages() - allocate 1 << @order contiguous pages
 * @gfp: __GFP_ZERO clears them; otherwise they hold what they held
 * @order: 0 to MAX_ORDER
 *
 * The block is aligned to its size.
 * Context: any but the system reset handler; never sleeps.
 * Return: the first page, or NULL if no block is left or @order is too large.
 */
struct page *alloc_pages(gfp_t gfp, unsigned int order)
{
	struct page *page;
	unsigned long flags;

	if (order > MAX_ORDER || should_fail_alloc())
		return NULL;
	hook_leaf_begin(&buddy_lock);
	spin_lock_irqsave(&buddy_lock, flags);
	page = take_block(order);
	spin_unlock_irqrestore(&buddy_lock, flags);
	hook_leaf_end();
	if (!page)
		return NULL;
	/* Pages that kmalloc() has given back come out again here. */
	hook_alloc(page_address(page), PAGE_SIZE << order);
	if (gfp & __GFP_ZERO)
		memset(page_address(page), 0, PAGE_SIZE << order);
	return page;
}
EXPORT_SYMBOL(alloc_pages);

/* Why a block cannot be freed; NULL if it can. */
static const char *free_complaint(const struct page *page, unsigned int order)
{
	switch (page->state) {
	case PAGE_ALLOCATED:
		return page->order == order ? NULL : "wrong order";
	case PAGE_FREE:
		return "double free";
	case PAGE_TAIL:
		return "not the start of an allocation, or double free";
	case PAGE_RESERVED:
		return "not the page allocator's";
	default:
		return "kmalloc's";
	}
}

/**
 * __free_pages() - give back what alloc_pages() returned
 * @page: the first page
 * @order: as it was allocated
 *
 * A block that is not allocated with that order is reported and left alone.
 * Context: any but the system reset handler.
 */
void __free_pages(struct page *page, unsigned int order)
{
	const char *complaint;
	unsigned long flags;

	hook_leaf_begin(&buddy_lock);
	spin_lock_irqsave(&buddy_lock, flags);
	complaint = free_complaint(page, order);
	if (!complaint)
		free_block(page, order);
	spin_unlock_irqrestore(&buddy_lock, flags);
	hook_leaf_end();
	WARN(complaint, "free_pages: pfn %lx order %u: %s\n", page_to_pfn(page), order, complaint);
}
EXPORT_SYMBOL(__free_pages);

/**
 * __get_free_pages() - alloc_pages() by address
 * @gfp: see alloc_pages()
 * @order: see alloc_pages()
 *
 * Context: as alloc_pages().
 * Return: the address in the linear map, or 0.
 */
unsigned long __get_free_pages(gfp_t gfp, unsigned int order)
{
	struct page *page = alloc_pages(gfp, order);

	return page ? (unsigned long)page_address(page) : 0;
}
EXPORT_SYMBOL(__get_free_pages);

/**
 * get_zeroed_page() - one page full of zeroes
 * @gfp: see alloc_pages()
 *
 * Context: as alloc_pages().
 * Return: the address in the linear map, or 0.
 */
unsigned long get_zeroed_page(gfp_t gfp)
{
	return __get_free_pages(gfp | __GFP_ZERO, 0);
}
EXPORT_SYMBOL(get_zeroed_page);

/**
 * free_pages() - give back what __get_free_pages() returned
 * @addr: the address; 0 is ignored
 * @order: as it was allocated
 *
 * Context: as __free_pages().
 */
void free_pages(unsigned long addr, unsigned int order)
{
	if (!addr)
		return;
	if (WARN(!virt_addr_valid((void *)addr) || offset_in_page(addr),
		 "free_pages: %lx is not a page of RAM\n", addr))
		return;
	__free_pages(virt_to_page(addr), order);
}
EXPORT_SYMBOL(free_pages);

/**
 * get_order() - the smallest block that holds @size bytes
 * @size: bytes
 *
 * Return: the order; more than MAX_ORDER if there is no such block.
 */
unsigned int get_order(unsigned long size)
{
	unsigned long pages = size / PAGE_SIZE + !!(size % PAGE_SIZE);
	unsigned int order = 0;

	while (order <= MAX_ORDER && 1UL << order < pages)
		order++;
	return order;
}
EXPORT_SYMBOL(get_order);

/** nr_free_pages() - how many pages are free at this moment. Context: any. */
unsigned long nr_free_pages(void)
{
	return READ_ONCE(nr_free);
}

/** totalram_pages() - how many pages the page allocator was given. Context: any. */
unsigned long totalram_pages(void)
{
	return nr_total;
}

static void add_free_range(unsigned long pfn, unsigned long end)
{
	nr_total += end - pfn;
	while (pfn < end) {
		unsigned int order = 0;

		while (order < MAX_ORDER && !(pfn & (1UL << order)) && pfn + (2UL << order) <= end)
			order++;
		free_block(pfn_to_page(pfn), order);
		pfn += 1UL << order;
	}
}

static void reserve_range(unsigned long pfn, unsigned long end)
{
	for (; pfn < end; pfn++)
		pfn_to_page(pfn)->state = PAGE_RESERVED;
}

/**
 * page_alloc_init() - take over from memblock
 *
 * Pages that are only partly free in memblock's eyes stay reserved.
 * Context: boot CPU, translation on, once.
 */
void page_alloc_init(void)
{
	phys_addr_t start, end = 0;
	unsigned long pfn = 0;
	size_t size;

	max_pfn = memblock_end_of_DRAM() >> PAGE_SHIFT;
	size = max_pfn * sizeof(struct page);
	mem_map = __va(memblock_phys_alloc(PAGE_ALIGN(size), PAGE_SIZE));
	memset(mem_map, 0, size);
	nr_free = nr_total = 0;
	for (unsigned int order = 0; order <= MAX_ORDER; order++)
		INIT_LIST_HEAD(&free_list[order]);

	while (memblock_next_free(&start, &end)) {
		unsigned long first = PAGE_ALIGN(start) >> PAGE_SHIFT, last = end >> PAGE_SHIFT;

		if (first >= last)
			continue;
		reserve_range(pfn, first);
		add_free_range(first, last);
		pfn = last;
	}
	reserve_range(pfn, max_pfn);
}
