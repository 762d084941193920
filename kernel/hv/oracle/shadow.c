// SPDX-License-Identifier: GPL-2.0
/*
 * Which memory has been freed: one bit for 8 bytes, kept for those pages only that have a set
 * one, in a small hash table; and a ring of the latest frees, to say who did it. Asked before each
 * access, so a bad pointer is reported and not followed.
 */
#include <linux/kernel.h>
#include <linux/poison.h>
#include <linux/string.h>

#include "model.h"

#define GRANULE_SHIFT	3
#define PAGE_BITS	12
#define GRANULES	(1U << (PAGE_BITS - GRANULE_SHIFT))
#define TABLE_BITS	11
#define TABLE_SIZE	(1U << TABLE_BITS)
#define WINDOW		8	/* slots a page may be in */
#define RECORDS		256
#define POISON_NEAR	4096	/* offsets of members from a poisoned pointer */

/**
 * struct shadow_page - one page with freed memory in it
 * @addr: of the page; 0 = the slot was never used, so no page is in the rest of its window
 * @freed: a bit for each granule
 */
struct shadow_page {
	unsigned long addr;
	u64 freed[GRANULES / 64];
};

static struct shadow_page table[TABLE_SIZE];
static u16 used[TABLE_SIZE];	/* which slots of it are, in the order of their first use */
static unsigned int nr_used;
static struct shadow_record records[RECORDS];
static unsigned int nr_records;
static unsigned long lost;
static char complaint[128];
u64 shadow_pages;

static struct shadow_page *slot(unsigned long page, unsigned int i)
{
	unsigned int hash = (unsigned int)((page * 0x9e3779b97f4a7c15ULL) >> (64 - TABLE_BITS));

	return &table[(hash + i) % TABLE_SIZE];
}

static struct shadow_page *find_page(unsigned long page)
{
	for (unsigned int i = 0; i < WINDOW; i++) {
		struct shadow_page *p = slot(page, i);

		if (p->addr == page)
			return p;
		if (!p->addr)
			break;
	}
	return NULL;
}

static bool page_empty(const struct shadow_page *p)
{
	return !memchr_inv(p->freed, 0, sizeof(p->freed));
}

/*
 * The page's slot, a slot that has become free, or the first of its window at the cost of another
 * page.
 */
static struct shadow_page *make_page(unsigned long page)
{
	struct shadow_page *p = find_page(page);
	unsigned int i = 0;

	if (p)
		return p;
	while (i < WINDOW && !page_empty(slot(page, i)))
		i++;
	lost += i == WINDOW;
	p = slot(page, i % WINDOW);
	if (!p->addr)
		used[nr_used++] = (u16)(p - table);
	memset(p->freed, 0, sizeof(p->freed));
	p->addr = page;
	return p;
}

/* What is to be done with the granules [@from, @to) of a page; true stops. */
typedef bool (*page_fn)(unsigned long page, unsigned int from, unsigned int to);

static bool for_each_page(unsigned long addr, unsigned long size, page_fn fn)
{
	unsigned long granule = addr >> GRANULE_SHIFT;
	unsigned long end = (addr + size + (1UL << GRANULE_SHIFT) - 1) >> GRANULE_SHIFT;

	while (granule < end) {
		unsigned int from = granule % GRANULES;
		unsigned int to = (unsigned int)min_t(unsigned long, GRANULES, from + end - granule);

		if (fn(granule / GRANULES << PAGE_BITS, from, to))
			return true;
		granule += to - from;
	}
	return false;
}

/* The bits [@from, @to) of @word's share of a page's. */
static u64 part_of(unsigned int word, unsigned int from, unsigned int to)
{
	unsigned int first = max(from, word * 64), last = min(to, word * 64 + 64);

	return first >= last ? 0 : (~0ULL >> (64 - (last - first))) << (first % 64);
}

static bool mark_freed(unsigned long page, unsigned int from, unsigned int to)
{
	struct shadow_page *p = make_page(page);
	unsigned int i;

	for (i = from / 64; i <= (to - 1) / 64; i++)
		p->freed[i] |= part_of(i, from, to);
	shadow_pages |= 1ULL << ((page >> PAGE_BITS) % 64);
	return false;
}

static bool mark_used(unsigned long page, unsigned int from, unsigned int to)
{
	struct shadow_page *p = find_page(page);
	unsigned int i;

	for (i = from / 64; p && i <= (to - 1) / 64; i++)
		p->freed[i] &= ~part_of(i, from, to);
	return false;
}

static bool any_freed(unsigned long page, unsigned int from, unsigned int to)
{
	const struct shadow_page *p = find_page(page);
	unsigned int i;

	for (i = from / 64; p && i <= (to - 1) / 64; i++) {
		if (p->freed[i] & part_of(i, from, to))
			return true;
	}
	return false;
}

static bool any_used(unsigned long page, unsigned int from, unsigned int to)
{
	const struct shadow_page *p = find_page(page);
	unsigned int i;

	for (i = from / 64; p && i <= (to - 1) / 64; i++) {
		if (~p->freed[i] & part_of(i, from, to))
			return true;
	}
	return !p;
}

void shadow_reset(void)
{
	while (nr_used > 0)
		memset(&table[used[--nr_used]], 0, sizeof(table[0]));
	nr_records = 0;
	lost = 0;
	shadow_pages = 0;
}

unsigned long shadow_lost(void)
{
	return lost;
}

void shadow_alloc(unsigned long addr, unsigned long size)
{
	for_each_page(addr, size, mark_used);
}

static const char *describe_freed(const char *what, unsigned long addr)
{
	const struct shadow_record *r = shadow_find(addr);

	if (r)
		scnprintf(complaint, sizeof(complaint),
			  "%s: %lu bytes inside %lu bytes of %s, freed on CPU %u",
			  what, addr - r->addr, r->size, r->what, r->cpu);
	else
		scnprintf(complaint, sizeof(complaint), "%s", what);
	return complaint;
}

/* Where the freed memory that [@addr, ...) touches begins to be touched. */
static unsigned long first_freed(unsigned long addr)
{
	unsigned long next = (addr | ((1UL << GRANULE_SHIFT) - 1)) + 1;

	return for_each_page(addr, 1, any_freed) ? addr : next;
}

const char *shadow_free(unsigned long addr, unsigned long size, const char *what,
			unsigned int cpu, unsigned long pc)
{
	struct shadow_record *r;

	if (!size)
		return NULL;
	if (for_each_page(addr, size, any_freed))
		return describe_freed("double free", first_freed(addr));
	r = &records[nr_records++ % RECORDS];
	*r = (struct shadow_record){ .addr = addr, .size = size, .what = what, .cpu = cpu };
	model_site_here(&r->site, pc);
	for_each_page(addr, size, mark_freed);
	return NULL;
}

bool shadow_is_list_poison(unsigned long addr)
{
	unsigned long list = (unsigned long)LIST_POISON1;

	return addr - list < list;
}

/* A pointer nobody may follow, whatever is mapped there. */
static const char *poisoned(unsigned long addr)
{
	unsigned long heap = REPEAT_BYTE(POISON_FREE);

	if (shadow_is_list_poison(addr))
		return "list poison: the entry was deleted from its list";
	if (addr < POISON_NEAR)
		return "NULL pointer";
	if (addr - heap < POISON_NEAR)
		return "poison: the pointer was read from freed memory";
	return NULL;
}

bool shadow_is_freed(unsigned long addr, unsigned long size)
{
	return !for_each_page(addr, size, any_used);
}

const char *shadow_check(unsigned long addr, unsigned long size)
{
	const char *bad = poisoned(addr);

	if (bad || !for_each_page(addr, size, any_freed))
		return bad;
	return describe_freed("use after free", first_freed(addr));
}

const struct shadow_record *shadow_find(unsigned long addr)
{
	unsigned int n = min(nr_records, (unsigned int)RECORDS);

	for (unsigned int i = 1; i <= n; i++) {
		const struct shadow_record *r = &records[(nr_records - i) % RECORDS];

		if (addr - r->addr < r->size)
			return r;
	}
	return NULL;
}
