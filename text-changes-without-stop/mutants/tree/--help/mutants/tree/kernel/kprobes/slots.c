// SPDX-License-Identifier: GPL-2.0
/*
 * Slots: executable memory in which copies of probed instructions are stepped. A slot holds one instruction, the
 * longest of which is two words and does not cross a 64-byte line there. Pages of slots are kept: there are never more
 * than the most probes of one moment needed.
 */
#include <asm/page.h>
#include <linux/bitmap.h>
#include <linux/bitops.h>
#include <linux/slab.h>
#include <stopgap/vmap.h>

#include "internal.h"

#define SLOT_WORDS	KPROBE_INSN_WORDS
#define SLOTS_PER_PAGE	(PAGE_SIZE / (SLOT_WORDS * sizeof(u32)))

struct slot_page {
	struct list_head list;
	u32 *mem;
	DECLARE_BITMAP(used, SLOTS_PER_PAGE);
};

static LIST_HEAD(slot_pages);

static struct slot_page *new_page(void)
{
	struct slot_page *page = kzalloc(sizeof(*page), GFP_KERNEL);

	if (!page)
		return NULL;
	page->mem = vmap_alloc(PAGE_SIZE, PAGE_SIZE, VMAP_RX, "kprobe slots");
	if (!page->mem) {
		kfree(page);
		return NULL;
	}
	list_add(&page->list, &slot_pages);
	return page;
}

static u32 *take_from(struct slot_page *page)
{
	unsigned long i = find_first_zero_bit(page->used, SLOTS_PER_PAGE);

	if (i >= SLOTS_PER_PAGE)
		return NULL;
	__set_bit(i, page->used);
	return page->mem + i * SLOT_WORDS;
}

u32 *kprobe_slot_get(void)
{
	struct slot_page *page;
	u32 *slot;

	list_for_each_entry(page, &slot_pages, list) {
		slot = take_from(page);
		if (slot)
			return slot;
	}
	page = new_page();
	return page ? take_from(page) : NULL;
}

void kprobe_slot_put(u32 *slot)
{
	struct slot_page *page;

	list_for_each_entry(page, &slot_pages, list)
		if ((unsigned long)slot - (unsigned long)page->mem < PAGE_SIZE)
			__clear_bit((slot - page->mem) / SLOT_WORDS, page->used);
}

unsigned int kprobe_slots_used(void)
{
	struct slot_page *page;
	unsigned int n = 0;

	list_for_each_entry(page, &slot_pages, list)
		n += bitmap_weight(page->used, SLOTS_PER_PAGE);
	return n;
}
