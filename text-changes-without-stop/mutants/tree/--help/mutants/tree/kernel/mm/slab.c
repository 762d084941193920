// SPDX-License-Identifier: GPL-2.0
/*
 * kmalloc. Objects up to 2 KiB come from slabs: single pages cut into objects of one power of two.
 * Larger ones are blocks of the page allocator.
 *
 * A slab keeps one bit per object: set means free. There is no free list inside the objects, so
 * that nothing a stale pointer writes can mislead the allocator, and every wrong or double kfree()
 * is noticed, whatever was written. A page that becomes empty goes back at once, so that the number
 * of free pages tells about leaks.
 *
 * Locks: a class's lock is never held while the page allocator is called.
 */
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/fault-inject.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <stopgap/hooks.h>
#include <stopgap/reclaim.h>
#include <stopgap/usecount.h>

#include "internal.h"

#define MIN_SHIFT	4	/* 16 bytes */
#define MAX_SHIFT	11	/* 2 KiB: two to a page */
#define NR_CLASSES	(MAX_SHIFT - MIN_SHIFT + 1)

/**
 * struct kmalloc_class - all slabs of one object size
 * @lock: over all fields here, and inuse, lru, and the free map of this class's slabs
 * @partial: slabs with at least one object free and one in use
 * @nr_slabs: pages this class has
 * @nr_objects: objects handed out
 */
struct kmalloc_class {
	spinlock_t lock;
	struct list_head partial;
	unsigned long nr_slabs;
	unsigned long nr_objects;
};

static struct kmalloc_class classes[NR_CLASSES];

/* Over the two figures, and over a page's step from PAGE_LARGE to PAGE_ALLOCATED. */
static DEFINE_SPINLOCK(large_lock);
static unsigned long large_pages, large_objects;

static unsigned int class_of(size_t size)
{
	unsigned int c = 0;

	while ((1UL << (c + MIN_SHIFT)) < size)
		c++;
	return c;
}

static unsigned int objects_per_slab(unsigned int c)
{
	return PAGE_SIZE >> (c + MIN_SHIFT);
}

/* The free map: in struct page where 64 bits do, else in the first objects of the slab itself. */
static u64 *free_map(struct page *page)
{
	return objects_per_slab(page->class) > 64 ? page_address(page) : &page->free_map;
}

/* How many objects the slab's own free map occupies. */
static unsigned int map_objects(unsigned int c)
{
	unsigned int bytes = objects_per_slab(c) / 8, size = 1U << (c + MIN_SHIFT);

	return objects_per_slab(c) > 64 ? (bytes + size - 1) / size : 0;
}

static bool slab_full(const struct page *page)
{
	return page->inuse == objects_per_slab(page->class) - map_objects(page->class);
}

static struct page *new_slab(unsigned int c, gfp_t gfp)
{
	struct page *page = alloc_pages(gfp & ~__GFP_ZERO, 0);
	u64 *map;

	if (!page)
		return NULL;
	page->class = c;
	page->inuse = 0;
	map = free_map(page);
	for (unsigned int i = 0; i < objects_per_slab(c); i++) {
		if (i % 64 == 0)
			map[i / 64] = 0;
		if (i >= map_objects(c))
			map[i / 64] |= 1ULL << (i % 64);
	}
	page->state = PAGE_SLAB;
	return page;
}

/* Hand out the slab's lowest free object. */
static void *take_object(struct page *page)
{
	u64 *map = free_map(page);
	unsigned int word = 0, bit;

	while (!map[word])
		word++;
	bit = __builtin_ctzll(map[word]);
	map[word] &= ~(1ULL << bit);
	page->inuse++;
	return page_address(page) + ((word * 64UL + bit) << (page->class + MIN_SHIFT));
}

static void *slab_alloc(unsigned int c, gfp_t gfp)
{
	struct kmalloc_class *class = &classes[c];
	struct page *page;
	unsigned long flags;
	void *p;

	spin_lock_irqsave(&class->lock, flags);
	if (list_empty(&class->partial)) {
		spin_unlock_irqrestore(&class->lock, flags);
		page = new_slab(c, gfp);
		if (!page)
			return NULL;
		spin_lock_irqsave(&class->lock, flags);
		list_add(&page->lru, &class->partial);
		class->nr_slabs++;
	} else {
		page = list_first_entry(&class->partial, struct page, lru);
	}
	p = take_object(page);
	if (slab_full(page))
		list_del_init(&page->lru);
	class->nr_objects++;
	spin_unlock_irqrestore(&class->lock, flags);
	return p;
}

static void *small_alloc(unsigned int c, gfp_t gfp)
{
	void *p;

	hook_leaf_begin(&classes[c].lock);
	p = slab_alloc(c, gfp);
	hook_leaf_end();
	return p;
}

/* Why @p cannot be an object of slab @page that is in use; NULL if it is one. */
static const char *object_complaint(struct page *page, unsigned int c, const void *p)
{
	unsigned long offset = offset_in_page(p);
	unsigned int i = offset >> (c + MIN_SHIFT);

	if (page->state != PAGE_SLAB || page->class != c)
		return "double free";
	if (offset & ((1UL << (c + MIN_SHIFT)) - 1) || i < map_objects(c))
		return "not the start of an object";
	if (free_map(page)[i / 64] & (1ULL << (i % 64)))
		return "double free";
	return NULL;
}

/* Put the object back. Return: true if the slab is empty now, and the caller's to free. */
static bool put_object(struct kmalloc_class *class, struct page *page, const void *p)
{
	unsigned int i = offset_in_page(p) >> (page->class + MIN_SHIFT);

	class->nr_objects--;
	if (slab_full(page))
		list_add(&page->lru, &class->partial);
	free_map(page)[i / 64] |= 1ULL << (i % 64);
	if (--page->inuse)
		return false;
	list_del(&page->lru);
	class->nr_slabs--;
	page->state = PAGE_ALLOCATED;
	return true;
}

/* Return: what is wrong with @p, or NULL once it is freed. */
static const char *slab_free(struct page *page, const void *p)
{
	unsigned int c = READ_ONCE(page->class);
	struct kmalloc_class *class = &classes[c];
	const char *complaint;
	bool empty = false;
	unsigned long flags;

	hook_leaf_begin(&class->lock);
	spin_lock_irqsave(&class->lock, flags);
	complaint = object_complaint(page, c, p);
	if (!complaint)
		empty = put_object(class, page, p);
	spin_unlock_irqrestore(&class->lock, flags);
	if (empty)
		__free_pages(page, 0);
	hook_leaf_end();
	return complaint;
}

static void large_account(struct page *page, enum page_state state, long objects)
{
	page->state = state;
	large_objects += objects;
	large_pages += objects * (1L << page->order);
}

static void *large_alloc(size_t size, gfp_t gfp)
{
	struct page *page = alloc_pages(gfp & ~__GFP_ZERO, get_order(size));
	unsigned long flags;

	if (!page)
		return NULL;
	spin_lock_irqsave(&large_lock, flags);
	large_account(page, PAGE_LARGE, 1);
	spin_unlock_irqrestore(&large_lock, flags);
	return page_address(page);
}

/* Return: what is wrong with @p, or NULL once it is freed. */
static const char *large_free(struct page *page, const void *p)
{
	const char *complaint = NULL;
	unsigned long flags;

	spin_lock_irqsave(&large_lock, flags);
	if (page->state != PAGE_LARGE)
		complaint = "double free";
	else if (offset_in_page(p))
		complaint = "not the start of an object";
	else
		large_account(page, PAGE_ALLOCATED, -1);
	spin_unlock_irqrestore(&large_lock, flags);
	if (!complaint)
		__free_pages(page, page->order);
	return complaint;
}

/**
 * kmalloc() - allocate @size bytes, contiguous in the linear map
 * @size: bytes; 0 gives ZERO_SIZE_PTR
 * @gfp: __GFP_ZERO clears them; otherwise they hold what they held
 *
 * Sizes are rounded up to a power of two, from 16 bytes to KMALLOC_MAX_SIZE, and objects are
 * aligned to it.
 * Context: any but the system reset handler; with GFP_KERNEL it may sleep.
 * Return: the object, or NULL.
 */
void *kmalloc(size_t size, gfp_t gfp)
{
	void *p;

	if (!size)
		return ZERO_SIZE_PTR;
	if (gfp & GFP_KERNEL)
		usecount_may_sleep((unsigned long)kmalloc);
	reclaim_wait(gfp);
	if (should_fail_alloc())
		return NULL;
	p = size > 1UL << MAX_SHIFT ? large_alloc(size, gfp) : small_alloc(class_of(size), gfp);
	/* All of it: that is what kfree() gives back. */
	if (p)
		hook_alloc(p, ksize(p));
	if (p && (gfp & __GFP_ZERO))
		memset(p, 0, size);
	return p;
}
EXPORT_SYMBOL(kmalloc);

/**
 * kfree() - give an object back
 * @p: what kmalloc() returned; NULL and ZERO_SIZE_PTR are fine
 *
 * Anything else, and an object already freed, is reported and left alone.
 * Context: any but the system reset handler.
 */
void kfree(const void *p)
{
	const char *complaint = "not kmalloc's, or already freed";
	struct page *page;

	if (ZERO_OR_NULL_PTR(p))
		return;
	if (virt_addr_valid(p)) {
		page = virt_to_page(p);
		hook_free(p, ksize(p));
		if (page->state == PAGE_SLAB)
			complaint = slab_free(page, p);
		else if (page->state == PAGE_LARGE)
			complaint = large_free(page, p);
	}
	WARN(complaint, "kfree: %lx: %s\n", (unsigned long)p, complaint);
}
EXPORT_SYMBOL(kfree);

/**
 * ksize() - how large an object really is
 * @p: what kmalloc() returned
 *
 * Context: any.
 * Return: usable bytes, at least what was asked for; 0 for NULL, ZERO_SIZE_PTR, and what is not
 * kmalloc's.
 */
size_t ksize(const void *p)
{
	struct page *page;

	if (ZERO_OR_NULL_PTR(p) || !virt_addr_valid(p))
		return 0;
	page = virt_to_page(p);
	if (page->state == PAGE_SLAB)
		return 1UL << (page->class + MIN_SHIFT);
	return page->state == PAGE_LARGE ? PAGE_SIZE << page->order : 0;
}
EXPORT_SYMBOL(ksize);

/** slab_init() - make the size classes usable. Context: boot CPU, once, after page_alloc_init(). */
void slab_init(void)
{
	for (unsigned int c = 0; c < NR_CLASSES; c++) {
		spin_lock_init(&classes[c].lock);
		INIT_LIST_HEAD(&classes[c].partial);
		classes[c].nr_slabs = classes[c].nr_objects = 0;
	}
	large_pages = large_objects = 0;
}

/** slab_stat() - add kmalloc's figures to @s, each class as it is when read. Context: any. */
void slab_stat(struct mm_stat *s)
{
	s->large = READ_ONCE(large_pages);
	s->kmalloc_bytes = s->large << PAGE_SHIFT;
	s->kmalloc_objects = READ_ONCE(large_objects);
	s->slab = 0;
	for (unsigned int c = 0; c < NR_CLASSES; c++) {
		s->slab += READ_ONCE(classes[c].nr_slabs);
		s->kmalloc_objects += READ_ONCE(classes[c].nr_objects);
		s->kmalloc_bytes += READ_ONCE(classes[c].nr_objects) << (c + MIN_SHIFT);
	}
}
