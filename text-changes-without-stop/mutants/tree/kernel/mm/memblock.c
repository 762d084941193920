// SPDX-License-Identifier: GPL-2.0
/*
 * Boot-time memory: see linux/memblock.h. Called by one CPU, in real mode, before printk and locks
 * are of use.
 *
 * Invariant: reserved[] is sorted, its regions neither overlap nor touch, and all lie inside [0,
 * ram_end).
 */
#include <linux/bug.h>
#include <linux/memblock.h>

#define MEMBLOCK_REGIONS	32

struct region {
	phys_addr_t start, end;
};

static phys_addr_t ram_start, ram_end;
static struct region reserved[MEMBLOCK_REGIONS];
static unsigned int nr_reserved;

/**
 * memblock_add() - say where RAM is
 * @base: first byte
 * @size: number of bytes
 *
 * There is one range. Forgets all reservations.
 * Context: boot CPU, once.
 */
void memblock_add(phys_addr_t base, phys_addr_t size)
{
	ram_start = base;
	ram_end = base + size;
	nr_reserved = 0;
}

/**
 * memblock_end_of_DRAM() - the address past the last byte of RAM
 *
 * Context: any.
 */
phys_addr_t memblock_end_of_DRAM(void)
{
	return ram_end;
}

static void remove_region(unsigned int i)
{
	for (nr_reserved--; i < nr_reserved; i++)
		reserved[i] = reserved[i + 1];
}

static void insert_region(unsigned int at, struct region r)
{
	BUG_ON(nr_reserved == MEMBLOCK_REGIONS);
	for (unsigned int i = nr_reserved++; i > at; i--)
		reserved[i] = reserved[i - 1];
	reserved[at] = r;
}

/**
 * memblock_reserve() - take a range away from the free memory
 * @base: first byte
 * @size: number of bytes; 0 is fine
 *
 * May overlap earlier reservations.
 * Context: boot CPU, before mm_init().
 */
void memblock_reserve(phys_addr_t base, phys_addr_t size)
{
	struct region r = { base, base + size };
	unsigned int i = 0;

	if (!size)
		return;
	while (i < nr_reserved && reserved[i].end < r.start)
		i++;
	while (i < nr_reserved && reserved[i].start <= r.end) {
		if (reserved[i].start < r.start)
			r.start = reserved[i].start;
		if (reserved[i].end > r.end)
			r.end = reserved[i].end;
		remove_region(i);
	}
	insert_region(i, r);
}

/**
 * memblock_next_free() - walk the free ranges
 * @start: start of the range found
 * @end: in: where to look from; out: end of the range found
 *
 * Context: boot CPU.
 * Return: true and a range, lowest first; false if there is none at or after *@end.
 */
bool memblock_next_free(phys_addr_t *start, phys_addr_t *end)
{
	phys_addr_t from = *end < ram_start ? ram_start : *end;

	for (unsigned int i = 0; i < nr_reserved && reserved[i].start <= from; i++)
		if (reserved[i].end > from)
			from = reserved[i].end;
	*start = from;
	*end = ram_end;
	for (unsigned int i = 0; i < nr_reserved; i++)
		if (reserved[i].start > from && reserved[i].start < *end)
			*end = reserved[i].start;
	return *start < *end;
}

/**
 * memblock_phys_alloc() - reserve the lowest free range that fits
 * @size: number of bytes
 * @align: a power of two
 *
 * Context: boot CPU, before mm_init().
 * Return: its physical address, not cleared; 0 if nothing fits (the caller keeps physical 0
 * reserved).
 */
phys_addr_t memblock_phys_alloc(phys_addr_t size, phys_addr_t align)
{
	phys_addr_t start, end = 0, base;

	while (memblock_next_free(&start, &end)) {
		base = (start + align - 1) & ~(align - 1);
		if (base >= start && base < end && size <= end - base) {
			memblock_reserve(base, size);
			return base;
		}
	}
	return 0;
}
