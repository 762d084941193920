// SPDX-License-Identifier: GPL-2.0
/* memblock against a map with one byte per page. */
// LINK: kernel/mm/memblock.c
#include <linux/memblock.h>

#include "unit.h"

#define PAGES	512
#define PAGE	4096UL

static bool taken[PAGES];

static unsigned int below(unsigned int n)
{
	return (unsigned int)rand() % n;
}

static void take(unsigned int first, unsigned int n)
{
	for (unsigned int i = first; i < first + n; i++)
		taken[i] = true;
}

/* The free ranges are exactly the map's, and maximal. */
static void check_free_ranges(void)
{
	phys_addr_t start, end = 0;
	unsigned int page = 0;

	while (memblock_next_free(&start, &end)) {
		for (; page < start / PAGE; page++)
			CHECK(taken[page]);
		for (; page < end / PAGE; page++)
			CHECK(!taken[page]);
		CHECK(page == PAGES || taken[page]);
	}
	for (; page < PAGES; page++)
		CHECK(taken[page]);
}

static void start(void)
{
	memset(taken, 0, sizeof(taken));
	memblock_add(0, PAGES * PAGE);
	memblock_reserve(0, PAGE);
	take(0, 1);
}

TEST(reservations_may_overlap_and_touch)
{
	for (int round = 0; round < 300; round++) {
		start();
		for (int i = 0; i < 15; i++) {
			unsigned int first = below(PAGES), n = below(PAGES - first) / 4;

			memblock_reserve(first * PAGE, n * PAGE);
			take(first, n);
			check_free_ranges();
		}
	}
}

TEST(touching_reservations_become_one)
{
	start();
	for (unsigned int i = 0; i < 100; i++) {
		memblock_reserve((100 + i) * PAGE, PAGE);
		memblock_reserve((400 - i) * PAGE, PAGE);
	}
	take(100, 100);
	take(301, 100);
	check_free_ranges();
}

TEST(allocations_are_aligned_and_disjoint)
{
	for (int round = 0; round < 300; round++) {
		start();
		memblock_reserve(200 * PAGE, 30 * PAGE);
		take(200, 30);
		for (int i = 0; i < 20; i++) {
			unsigned int n = 1 + below(20), align = 1U << below(5);
			phys_addr_t pa = memblock_phys_alloc(n * PAGE, align * PAGE);

			if (!CHECK(pa && pa % (align * PAGE) == 0))
				return;
			for (unsigned int p = pa / PAGE; p < pa / PAGE + n; p++)
				CHECK(!taken[p]);
			take(pa / PAGE, n);
			check_free_ranges();
		}
	}
}

TEST(what_does_not_fit_is_refused)
{
	start();
	CHECK_EQ(memblock_phys_alloc(PAGES * PAGE, PAGE), 0);
	CHECK_EQ(memblock_phys_alloc(~0ULL, PAGE), 0);
	CHECK_EQ(memblock_phys_alloc(PAGE, PAGES * PAGE), 0);
	CHECK_EQ(memblock_phys_alloc((PAGES - 1) * PAGE, PAGE), PAGE);
	CHECK_EQ(memblock_phys_alloc(1, 1), 0);
	CHECK_EQ(memblock_end_of_DRAM(), PAGES * PAGE);
}
