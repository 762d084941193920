// SPDX-License-Identifier: GPL-2.0
/*
 * Pages behind the addresses of the vmap window: module sections, thread stacks, vmalloc.
 *
 * The order of freeing is the point of this file: the area is taken from its owner, every page
 * unmapped, every CPU made to forget the translations, and only then do pages and addresses become
 * anybody else's. A stale pointer therefore faults; it never reads somebody else's data.
 */
#include <asm/pgtable.h>
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include <stopgap/hooks.h>
#include <stopgap/mm.h>
#include <stopgap/vmap.h>

#include "vmap_area.h"

#define STACK_SLOT	(2 * THREAD_SIZE)

/* Unmap [start, end) everywhere, then free the pages. While a page is allocated, lru is ours. */
static void drop_pages(unsigned long start, unsigned long end)
{
	struct page *page, *next;
	LIST_HEAD(pages);

	for (unsigned long addr = start; addr < end; addr += PAGE_SIZE)
		list_add(&phys_to_page(vmap_unmap_page(addr))->lru, &pages);
	if (start < end)
		tlb_shootdown(start, end);
	list_for_each_entry_safe(page, next, &pages, lru)
		__free_page(page);
}

/* Map zeroed pages at [start, end). Return: 0, or -ENOMEM with nothing mapped. */
static int fill_pages(unsigned long start, unsigned long end, enum vmap_prot prot)
{
	for (unsigned long addr = start; addr < end; addr += PAGE_SIZE) {
		struct page *page = alloc_page(GFP_KERNEL | __GFP_ZERO);

		if (!page) {
			drop_pages(start, addr);
			return -ENOMEM;
		}
		hook_quiet_begin();	/* whether it takes a new page table depends on the past */
		vmap_map_page(addr, page_to_phys(page), prot);
		hook_quiet_end();
	}
	return 0;
}

static void *map_area(const struct vmap_shape *shape, enum vmap_prot prot, const char *what)
{
	struct vmap_area *a = vmap_area_alloc(shape, what);

	if (!a)
		return NULL;
	if (fill_pages(a->start, a->end, prot)) {
		vmap_area_kill(a->start);
		vmap_area_release(a);
		return NULL;
	}
	hook_alloc((void *)a->start, a->end - a->start);
	return (void *)a->start;
}

/**
 * vmap_alloc() - allocate zeroed pages in the vmap window
 * @size: bytes; rounded up to pages
 * @align: alignment of the address, a power of two; anything up to a page means a page
 * @prot: VMAP_R, VMAP_RW or VMAP_RX
 * @what: a name, for vmap_describe(); copied
 *
 * There is an unmapped page on both sides at least.
 * Context: any but the system reset handler; never sleeps.
 * Return: the address, or NULL.
 */
void *vmap_alloc(size_t size, size_t align, enum vmap_prot prot, const char *what)
{
	struct vmap_shape shape = { .guard = PAGE_SIZE };

	if (!size || size > VMAP_SIZE || align > VMAP_SIZE || (align & (align - 1)))
		return NULL;
	shape.size = PAGE_ALIGN(size);
	shape.align = max(align, PAGE_SIZE);
	return map_area(&shape, prot, what);
}

/**
 * vmap_free() - unmap and free what vmap_alloc() returned
 * @addr: its start; NULL is ignored
 *
 * When this returns, no CPU can reach the pages through @addr any more. Anything but the start of a
 * live area is reported and ignored.
 * Context: any in which hardware interrupts are on (soft-masked is fine), because all other CPUs
 * must answer; not with a lock held that somebody takes with MSR[EE] off.
 */
void vmap_free(const void *addr)
{
	struct vmap_area *a;

	if (!addr)
		return;
	a = vmap_area_kill((unsigned long)addr);
	if (WARN(!a, "vmap_free: no area starts at %lx\n", (unsigned long)addr))
		return;
	hook_free(addr, a->end - a->start);
	drop_pages(a->start, a->end);
	vmap_area_release(a);
}

/**
 * vmap_protect_parts() - change the protections of pages in a row
 * @addr: page-aligned, in an area
 * @parts: the first starts at @addr, each next one where the one before it ends
 * @num: how many; together they must not leave the area
 *
 * When this returns, every CPU sees the new protections. That takes one shootdown.
 * Context: as vmap_free().
 * Return: 0, or -EINVAL with nothing changed.
 */
int vmap_protect_parts(const void *addr, const struct vmap_part *parts, unsigned int num)
{
	unsigned long start = (unsigned long)addr, end = start, at = start;
	struct vmap_area *a = vmap_area_find(start);

	for (unsigned int i = 0; i < num; i++) {
		if (!a || offset_in_page(end | parts[i].size) || parts[i].size > a->end - end)
			return -EINVAL;
		end += parts[i].size;
	}
	for (unsigned int i = 0; i < num; i++)
		for (unsigned long left = parts[i].size; left; left -= PAGE_SIZE, at += PAGE_SIZE)
			vmap_set_page_prot(at, parts[i].prot);
	if (start < end)
		tlb_shootdown(start, end);
	return 0;
}

/**
 * vmap_protect() - change the protection of pages
 * @addr: page-aligned, in an area
 * @size: bytes, rounded up to pages; must not leave the area
 * @prot: the new protection
 *
 * When this returns, every CPU sees the new protection.
 * Context: as vmap_free().
 * Return: 0, or -EINVAL with nothing changed.
 */
int vmap_protect(const void *addr, size_t size, enum vmap_prot prot)
{
	const struct vmap_part part = { PAGE_ALIGN(size), prot };

	return part.size < size ? -EINVAL : vmap_protect_parts(addr, &part, 1);
}

/**
 * vmap_shrink() - unmap and free the end of an area
 * @addr: its start
 * @size: bytes to keep: whole pages, more than none, at most what there is
 *
 * As vmap_free() for the rest of it.
 * Context: as vmap_free().
 */
void vmap_shrink(const void *addr, size_t size)
{
	unsigned long start = (unsigned long)addr;
	struct vmap_area *a = vmap_area_find(start);

	if (WARN(!a || a->start != start || !size || offset_in_page(size) || size > a->end - start,
		 "vmap_shrink: %lx to %zu bytes\n", start, size))
		return;
	drop_pages(start + size, a->end);
	vmap_area_cut(a, start + size);
}

/**
 * vmap_set_name() - rename an area, for vmap_describe()
 * @addr: in the area
 * @what: the new name; copied
 *
 * Context: any but the system reset handler.
 */
void vmap_set_name(const void *addr, const char *what)
{
	struct vmap_area *a = vmap_area_find((unsigned long)addr);

	if (a)
		strscpy(a->what, what, sizeof(a->what));
}

/**
 * alloc_thread_stack() - a zeroed stack of THREAD_SIZE bytes
 *
 * It is the upper half of an aligned slot of twice its size; the lower half is guard, so that an
 * overflow faults even if it skips pages.
 * Context: any but the system reset handler.
 * Return: its lowest address, or NULL. name_thread_stack() says whose it is.
 */
void *alloc_thread_stack(void)
{
	static const struct vmap_shape stack = {
		.size = THREAD_SIZE, .guard = STACK_SLOT - THREAD_SIZE,
		.align = STACK_SLOT, .phase = STACK_SLOT - THREAD_SIZE,
	};

	return map_area(&stack, VMAP_RW, "stack");
}

/**
 * name_thread_stack() - say whose stack it is, for vmap_describe()
 * @stack: from alloc_thread_stack()
 * @comm: the thread's name; copied
 *
 * Context: any but the system reset handler.
 */
void name_thread_stack(void *stack, const char *comm)
{
	char what[VMAP_NAME_LEN];

	snprintf(what, sizeof(what), "stack of %s", comm);
	vmap_set_name(stack, what);
}

/**
 * free_thread_stack() - free what alloc_thread_stack() returned
 * @stack: its lowest address; not the stack this runs on
 *
 * Context: as vmap_free().
 */
void free_thread_stack(void *stack)
{
	vmap_free(stack);
}

/**
 * vzalloc() - zeroed memory in the vmap window
 * @size: bytes
 *
 * Context: as vmap_alloc(). Return: the address, or NULL.
 */
void *vzalloc(unsigned long size)
{
	return vmap_alloc(size, PAGE_SIZE, VMAP_RW, "vmalloc");
}
EXPORT_SYMBOL(vzalloc);

/**
 * vmalloc() - memory in the vmap window; here it comes zeroed as well
 * @size: bytes
 *
 * Context: as vmap_alloc(). Return: the address, or NULL.
 */
void *vmalloc(unsigned long size)
{
	return vzalloc(size);
}
EXPORT_SYMBOL(vmalloc);

/**
 * vfree() - free what vmalloc() returned
 * @addr: its start; NULL is ignored
 *
 * Context: as vmap_free().
 */
void vfree(const void *addr)
{
	vmap_free(addr);
}
EXPORT_SYMBOL(vfree);

/** is_vmalloc_addr() - whether @addr lies in the vmap window, mapped or not. Context: any. */
bool is_vmalloc_addr(const void *addr)
{
	return (unsigned long)addr >= VMAP_START && (unsigned long)addr < VMAP_END;
}
EXPORT_SYMBOL(is_vmalloc_addr);
