// SPDX-License-Identifier: GPL-2.0
/* The buddy allocator: random blocks against a map of owners, and every wrong way to free. */
// LINK: kernel/mm/memblock.c kernel/mm/page_alloc.c kernel/mm/slab.c kernel/mm/util.c
// LINK: kernel/mm/vmap.c kernel/mm/vmap_area.c kernel/mm/init.c kernel/mm/percpu.c kernel/smp/cpumask.c tests/unit/mm_fakes.c
#include "mm_fakes.h"
#include "unit.h"

#define BLOCKS	400

struct block {
	struct page *page;
	unsigned int order;
};

static struct block blocks[BLOCKS];
static unsigned short owner[RAM_SIZE >> PAGE_SHIFT];

static bool is_reserved(unsigned long pfn)
{
	phys_addr_t pa = pfn << PAGE_SHIFT;

	return pa < LOW_RESERVED || (pa >= IMAGE_START && pa < IMAGE_END) ||
	       pfn_to_page(pfn)->state == PAGE_RESERVED;
}

static void claim(unsigned int i)
{
	unsigned long pfn = page_to_pfn(blocks[i].page), n = 1UL << blocks[i].order;

	CHECK_EQ(pfn % n, 0);
	for (unsigned long p = pfn; p < pfn + n; p++) {
		CHECK(!owner[p] && !is_reserved(p));
		owner[p] = i + 1;
	}
}

static void release(unsigned int i)
{
	unsigned long pfn = page_to_pfn(blocks[i].page), n = 1UL << blocks[i].order;

	for (unsigned long p = pfn; p < pfn + n; p++) {
		CHECK_EQ(owner[p], i + 1);
		owner[p] = 0;
	}
	__free_pages(blocks[i].page, blocks[i].order);
	blocks[i].page = NULL;
}

/* How many blocks of the largest size there are. */
static unsigned int count_largest(void)
{
	static struct page *largest[RAM_SIZE >> (PAGE_SHIFT + MAX_ORDER)];
	unsigned int n = 0;

	while ((largest[n] = alloc_pages(GFP_KERNEL, MAX_ORDER)))
		n++;
	for (unsigned int i = 0; i < n; i++)
		__free_pages(largest[i], MAX_ORDER);
	return n;
}

TEST(random_blocks_do_not_overlap_and_all_comes_back)
{
	unsigned long before;
	unsigned int largest;

	mm_boot();
	before = nr_free_pages();
	largest = count_largest();
	CHECK_EQ(before, totalram_pages());
	CHECK_EQ(largest, RAM_SIZE / (4 << 20) - 2);	/* but the low and the image's 4 MiB */
	for (int step = 0; step < 20000; step++) {
		unsigned int i = below(BLOCKS);

		if (blocks[i].page) {
			release(i);
			continue;
		}
		blocks[i].order = below(4) ? below(3) : below(MAX_ORDER + 1);
		blocks[i].page = alloc_pages(GFP_KERNEL, blocks[i].order);
		if (blocks[i].page)
			claim(i);
	}
	for (unsigned int i = 0; i < BLOCKS; i++)
		if (blocks[i].page)
			release(i);
	CHECK_EQ(nr_free_pages(), before);
	CHECK_EQ(count_largest(), largest);
	CHECK_EQ(take_warnings(), 0);
}

TEST(every_page_can_be_had_and_no_more)
{
	static unsigned long addr[RAM_SIZE >> PAGE_SHIFT];
	unsigned long n = 0, total;

	mm_boot();
	total = nr_free_pages();
	while ((addr[n] = __get_free_page(GFP_KERNEL)))
		n++;
	CHECK_EQ(n, total);
	CHECK_EQ(nr_free_pages(), 0);
	CHECK_PTR(alloc_pages(GFP_KERNEL, 3), NULL);
	CHECK_EQ(get_zeroed_page(GFP_KERNEL), 0);
	while (n)
		free_page(addr[--n]);
	CHECK_EQ(nr_free_pages(), total);
}

TEST(zeroed_pages_are_zero)
{
	unsigned long addr;

	mm_boot();
	addr = __get_free_pages(GFP_KERNEL, 2);
	memset((void *)addr, 0x5a, 4 * PAGE_SIZE);
	free_pages(addr, 2);
	CHECK_EQ(__get_free_pages(GFP_KERNEL | __GFP_ZERO, 2), addr);
	CHECK_PTR(memchr_inv((void *)addr, 0, 4 * PAGE_SIZE), NULL);
}

TEST(wrong_frees_are_reported_and_ignored)
{
	struct page *page;
	unsigned long before;

	mm_boot();
	before = nr_free_pages();
	page = alloc_pages(GFP_KERNEL, 2);
	__free_pages(page, 1);
	__free_pages(page + 1, 0);
	__free_pages(pfn_to_page(IMAGE_START >> PAGE_SHIFT), 0);
	free_pages((unsigned long)page_address(page) + 8, 2);
	free_pages((unsigned long)&before, 0);
	CHECK_EQ(take_warnings(), 5);
	CHECK_EQ(nr_free_pages(), before - 4);
	__free_pages(page, 2);
	CHECK_EQ(take_warnings(), 0);
	__free_pages(page, 2);
	CHECK_EQ(take_warnings(), 1);
	free_pages(0, 3);
	CHECK_EQ(take_warnings(), 0);
	CHECK_EQ(nr_free_pages(), before);
	CHECK_PTR(alloc_pages(GFP_KERNEL, MAX_ORDER + 1), NULL);
}

TEST(orders_of_sizes)
{
	CHECK_EQ(get_order(1), 0);
	CHECK_EQ(get_order(4096), 0);
	CHECK_EQ(get_order(4097), 1);
	CHECK_EQ(get_order(4UL << 20), MAX_ORDER);
	CHECK(get_order((4UL << 20) + 1) > MAX_ORDER);
	CHECK(get_order(~0UL) > MAX_ORDER);
}
