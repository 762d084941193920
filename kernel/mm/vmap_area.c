// SPDX-License-Identifier: GPL-2.0
/*
 * Addresses of the vmap window. Next fit: the search starts where the last one ended, so that freed
 * addresses stay unused, and fault, until all of the window has been handed out once.
 *
 * Areas live in a static table. A slot is never given back to anybody, so that vmap_describe() may
 * look at all of them from an oops, without a lock: the worst it can see is a name that is just
 * changing. The slot that came free last is used first, so that there are few to look at.
 *
 * Every area owns the guard below it, and the window's last page is never given out: so there is at
 * least one unmapped page on both sides of each area.
 */
#include <asm/page.h>
#include <linux/fault-inject.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/percpu.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <stopgap/hooks.h>
#include <stopgap/vmap.h>

#include "internal.h"
#include "vmap_area.h"

#define MAX_AREAS	1024
#define MAX_FREED	64	/* a power of two */
#define WINDOW_END	(VMAP_END - PAGE_SIZE)
/*
 * Loading a module takes a stack and the module's area, again and again: all modules would lie at the same distance,
 * a power of two, and those who walk over them find one and the same entry of a TLB in use by the one before. (QEMU's
 * has 256 entries, found by the page number's low bits.) So areas start up to so many pages on.
 */
#define COLOURS		7

struct freed_area {
	unsigned long start;
	unsigned long end;
	char what[VMAP_NAME_LEN];
};

static DEFINE_SPINLOCK(area_lock);
static struct vmap_area areas[MAX_AREAS];
static LIST_HEAD(used_areas);		/* by address */
static LIST_HEAD(unused_areas);		/* the one that came free last first */
static unsigned int nr_slots;		/* of areas[], ever used: the first ones */
static unsigned long nr_areas, nr_pages;
static unsigned long cursor;		/* the next search starts here, or COLOURS pages on */
static unsigned int nr_placed;		/* ever */
static struct freed_area freed[MAX_FREED];
static unsigned int nr_freed;		/* ever; the next one goes to nr_freed % MAX_FREED */

static DEFINE_PER_CPU(char[96], describe_buf);

/* The lowest start that suits @shape when everything below @pos is taken. */
static unsigned long fit(const struct vmap_shape *shape, unsigned long pos)
{
	return ALIGN(pos + shape->guard - shape->phase, shape->align) + shape->phase;
}

/*
 * Find room at or above @pos. Return: the start, and in *next the list entry to insert before; 0 if
 * there is none.
 */
static unsigned long find_gap(const struct vmap_shape *shape, unsigned long pos,
			      struct list_head **next)
{
	struct vmap_area *a;
	unsigned long start;

	list_for_each_entry(a, &used_areas, list) {
		start = fit(shape, pos);
		if (a->end > pos && start + shape->size <= a->start - a->guard) {
			*next = &a->list;
			return start;
		}
		pos = max(pos, a->end);
	}
	start = fit(shape, pos);
	*next = &used_areas;
	return start + shape->size <= WINDOW_END ? start : 0;
}

static unsigned long colour(void)
{
	return nr_placed++ % COLOURS * PAGE_SIZE;
}

static struct vmap_area *place_area(const struct vmap_shape *shape, const char *what)
{
	struct list_head *next;
	struct vmap_area *a;
	unsigned long start = find_gap(shape, cursor + colour(), &next);

	if (!start)
		start = find_gap(shape, VMAP_START, &next);
	if (!start || list_empty(&unused_areas))
		return NULL;
	a = list_first_entry(&unused_areas, struct vmap_area, list);
	list_del(&a->list);
	WRITE_ONCE(nr_slots, max(nr_slots, (unsigned int)(a - areas) + 1));
	a->start = start;
	a->end = start + shape->size;
	a->guard = shape->guard;
	strscpy(a->what, what, sizeof(a->what));
	list_add_tail(&a->list, next);
	smp_store_release(&a->state, VMAP_LIVE);
	nr_areas++;
	nr_pages += shape->size >> PAGE_SHIFT;
	cursor = a->end;
	return a;
}

/**
 * vmap_area_alloc() - reserve addresses
 * @shape: size, guard and alignment; must be sane
 * @what: the owner's name, for vmap_describe(); cut to 31 characters
 *
 * Context: any but the system reset handler.
 * Return: the area, live and not mapped; NULL if the window or the table is full.
 */
struct vmap_area *vmap_area_alloc(const struct vmap_shape *shape, const char *what)
{
	struct vmap_area *a;
	unsigned long flags;

	if (should_fail_alloc())
		return NULL;
	hook_leaf_begin(&area_lock);
	spin_lock_irqsave(&area_lock, flags);
	a = place_area(shape, what);
	spin_unlock_irqrestore(&area_lock, flags);
	hook_leaf_end();
	return a;
}

static struct vmap_area *find_live(unsigned long addr)
{
	struct vmap_area *a;

	list_for_each_entry(a, &used_areas, list)
		if (addr >= a->start && addr < a->end)
			return a->state == VMAP_LIVE ? a : NULL;
	return NULL;
}

/**
 * vmap_area_find() - the live area @addr lies in
 * @addr: any address
 *
 * Context: any but the system reset handler.
 * Return: the area, valid as long as its owner does not free it; NULL if there is none.
 */
struct vmap_area *vmap_area_find(unsigned long addr)
{
	struct vmap_area *a;
	unsigned long flags;

	hook_leaf_begin(&area_lock);
	spin_lock_irqsave(&area_lock, flags);
	a = find_live(addr);
	spin_unlock_irqrestore(&area_lock, flags);
	hook_leaf_end();
	return a;
}

/* Remember an area's name after its end. */
static void record_freed(const struct vmap_area *a)
{
	struct freed_area *f = &freed[nr_freed % MAX_FREED];

	WRITE_ONCE(f->end, 0);
	strscpy(f->what, a->what, sizeof(f->what));
	WRITE_ONCE(f->start, a->start);
	smp_store_release(&f->end, a->end);
	WRITE_ONCE(nr_freed, nr_freed + 1);
}

/**
 * vmap_area_kill() - take a live area away from its owner
 * @start: its start
 *
 * From here on vmap_describe() calls it freed, and a second vmap_area_kill() fails; the addresses
 * stay taken until vmap_area_release().
 * Context: any but the system reset handler.
 * Return: the area, or NULL if no live area starts at @start.
 */
struct vmap_area *vmap_area_kill(unsigned long start)
{
	struct vmap_area *a;
	unsigned long flags;

	hook_leaf_begin(&area_lock);
	spin_lock_irqsave(&area_lock, flags);
	a = find_live(start);
	if (a && a->start == start) {
		record_freed(a);
		WRITE_ONCE(a->state, VMAP_DYING);
	} else {
		a = NULL;
	}
	spin_unlock_irqrestore(&area_lock, flags);
	hook_leaf_end();
	return a;
}

/**
 * vmap_area_release() - make the addresses of a killed area free for reuse
 * @a: from vmap_area_kill(), unmapped on every CPU
 *
 * Context: any but the system reset handler.
 */
void vmap_area_release(struct vmap_area *a)
{
	unsigned long flags;

	hook_leaf_begin(&area_lock);
	spin_lock_irqsave(&area_lock, flags);
	WRITE_ONCE(a->state, VMAP_UNUSED);
	list_move(&a->list, &unused_areas);
	nr_areas--;
	nr_pages -= (a->end - a->start) >> PAGE_SHIFT;
	spin_unlock_irqrestore(&area_lock, flags);
	hook_leaf_end();
}

/**
 * vmap_area_cut() - make the last addresses of a live area free for reuse
 * @a: the area
 * @end: where it is to end; unmapped from there on, on every CPU
 *
 * Context: any but the system reset handler.
 */
void vmap_area_cut(struct vmap_area *a, unsigned long end)
{
	unsigned long flags;

	spin_lock_irqsave(&area_lock, flags);
	nr_pages -= (a->end - end) >> PAGE_SHIFT;
	WRITE_ONCE(a->end, end);
	spin_unlock_irqrestore(&area_lock, flags);
}

/** vmap_stat() - add the window's figures to @s. Context: any. */
void vmap_stat(struct mm_stat *s)
{
	s->vmap = READ_ONCE(nr_pages);
	s->vmap_areas = READ_ONCE(nr_areas);
}

static const struct vmap_area *describe_live(unsigned long addr, bool guard)
{
	unsigned int n = READ_ONCE(nr_slots);

	for (unsigned int i = 0; i < n; i++) {
		const struct vmap_area *a = &areas[i];

		if (smp_load_acquire(&a->state) != VMAP_LIVE)
			continue;
		if (guard ? addr < a->start && addr >= a->start - a->guard
			  : addr >= a->start && addr < a->end)
			return a;
	}
	return NULL;
}

static const struct freed_area *describe_freed(unsigned long addr)
{
	unsigned int n = READ_ONCE(nr_freed);

	for (unsigned int i = 1; i <= MAX_FREED && i <= n; i++) {
		const struct freed_area *f = &freed[(n - i) % MAX_FREED];

		if (addr < smp_load_acquire(&f->end) && addr >= READ_ONCE(f->start))
			return f;
	}
	return NULL;
}

static const char *describe(const char *kind, const char *what)
{
	char *buf = *this_cpu_ptr(&describe_buf);

	snprintf(buf, sizeof(describe_buf), "%s%s", kind, what);
	return buf;
}

/**
 * vmap_describe() - say what an address of the vmap window is, or was
 * @addr: any address
 *
 * Tells the owner of a live area, then of a guard, then the last owner of freed addresses (as far
 * as the last 64 go). Takes no lock: what is changing at this moment on another CPU may be named
 * wrongly.
 * Context: any, an oops included.
 * Return: a string that stays valid until the next call on this CPU; NULL if @addr is not in the
 * window.
 */
const char *vmap_describe(unsigned long addr)
{
	const struct vmap_area *a;
	const struct freed_area *f;

	if (addr < VMAP_START || addr >= VMAP_END)
		return NULL;
	a = describe_live(addr, false);
	if (a)
		return describe("", a->what);
	a = describe_live(addr, true);
	if (a)
		return describe("guard of ", a->what);
	f = describe_freed(addr);
	return f ? describe("freed: ", f->what) : "unmapped";
}

/** vmap_init() - start with an empty window. Context: boot CPU, once, after page_alloc_init(). */
void vmap_init(void)
{
	INIT_LIST_HEAD(&used_areas);
	INIT_LIST_HEAD(&unused_areas);
	for (unsigned int i = 0; i < MAX_AREAS; i++) {
		areas[i].state = VMAP_UNUSED;
		list_add_tail(&areas[i].list, &unused_areas);
	}
	nr_areas = nr_pages = nr_freed = nr_slots = 0;
	cursor = VMAP_START;
}
