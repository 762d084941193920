// SPDX-License-Identifier: GPL-2.0
/* kmalloc: random objects that must keep their contents, wrong frees, and overflowing sizes. */
// LINK: kernel/mm/memblock.c kernel/mm/page_alloc.c kernel/mm/slab.c kernel/mm/util.c
// LINK: kernel/mm/vmap.c kernel/mm/vmap_area.c kernel/mm/init.c kernel/mm/percpu.c kernel/smp/cpumask.c tests/unit/mm_fakes.c
#include <linux/slab.h>

#include "mm_fakes.h"
#include "unit.h"

#define OBJECTS	3000

static struct {
	unsigned char *p;
	size_t size;
	unsigned char fill;
} objects[OBJECTS];

static size_t random_size(void)
{
	switch (below(8)) {
	case 0:
		return 1 + below(20000);
	case 1:
		return 1 + below(4096);
	default:
		return 1 + below(200);
	}
}

static void fill(unsigned int i, size_t from)
{
	memset(objects[i].p + from, objects[i].fill, objects[i].size - from);
}

static bool intact(unsigned int i)
{
	return !memchr_inv(objects[i].p, objects[i].fill, objects[i].size);
}

static void resize(unsigned int i)
{
	size_t old = objects[i].size, size = random_size();
	unsigned char *p = krealloc(objects[i].p, size, GFP_KERNEL);

	if (!p)
		return;
	objects[i].p = p;
	objects[i].size = size;
	if (size > old)
		fill(i, old);
}

static void step(unsigned int i)
{
	if (!objects[i].p) {
		objects[i].size = random_size();
		objects[i].fill = 1 + below(255);
		objects[i].p = kmalloc(objects[i].size, GFP_KERNEL);
		if (!CHECK(objects[i].p))
			return;
		CHECK_EQ((unsigned long)objects[i].p % 16, 0);
		CHECK(ksize(objects[i].p) >= objects[i].size);
		fill(i, 0);
	} else if (CHECK(intact(i)) && below(4) == 0) {
		resize(i);
	} else {
		kfree(objects[i].p);
		objects[i].p = NULL;
	}
}

TEST(random_objects_keep_their_contents_and_all_comes_back)
{
	struct mm_stat s;
	unsigned long before;

	mm_boot();
	before = nr_free_pages();
	for (int n = 0; n < 100000; n++)
		step(below(OBJECTS));
	mm_stat(&s);
	CHECK(s.kmalloc_objects > OBJECTS / 4 && s.slab + s.large == before - nr_free_pages());
	for (unsigned int i = 0; i < OBJECTS; i++) {
		CHECK(!objects[i].p || intact(i));
		kfree(objects[i].p);
		objects[i].p = NULL;
	}
	mm_stat(&s);
	CHECK_EQ(nr_free_pages(), before);
	CHECK_EQ(s.kmalloc_objects + s.kmalloc_bytes + s.slab + s.large, 0);
	CHECK_EQ(take_warnings(), 0);
}

/* All objects of one page of each class: disjoint, and the last kfree() gives the page back. */
TEST(slabs_fill_up_and_empty)
{
	static char *p[256];

	for (size_t size = 16; size <= 2048; size *= 2) {
		unsigned int n = 0, own = size == 16 ? 2 : size == 32 ? 1 : 0;
		unsigned long before;

		mm_boot();
		before = nr_free_pages();
		for (; n < PAGE_SIZE / size - own; n++) {
			p[n] = kmalloc(size, GFP_KERNEL);
			CHECK(n == 0 || p[n] == p[n - 1] + size);
		}
		CHECK_EQ(nr_free_pages(), before - 1);
		p[n] = kmalloc(size, GFP_KERNEL);
		CHECK_EQ(nr_free_pages(), before - 2);
		for (unsigned int i = 0; i <= n; i++)
			kfree(p[i]);
		CHECK_EQ(nr_free_pages(), before);
	}
}

TEST(wrong_frees_are_reported_and_ignored)
{
	char *small[3], *large, local;
	unsigned long before;

	mm_boot();
	for (int i = 0; i < 3; i++)
		small[i] = kmalloc(24, GFP_KERNEL);
	large = kmalloc(9000, GFP_KERNEL);
	before = nr_free_pages();
	memset(small[1], 0, 24);
	kfree(small[1]);
	memset(small[1], 0xff, 24);	/* a stale pointer's work */
	kfree(small[1]);
	kfree(small[0] + 8);
	kfree((void *)((unsigned long)small[0] & PAGE_MASK));
	kfree(large + 4096);
	kfree(large + 16);
	kfree(&local);
	kfree(__va(IMAGE_START));
	kfree(__va(RAM_SIZE));
	CHECK_EQ(take_warnings(), 8);
	CHECK_EQ(nr_free_pages(), before);
	kfree(large);
	kfree(small[0]);
	kfree(small[2]);
	CHECK_EQ(take_warnings(), 0);
	kfree(large);
	kfree(small[0]);	/* its page is the page allocator's again */
	CHECK_EQ(take_warnings(), 2);
	kfree(NULL);
	kfree(ZERO_SIZE_PTR);
	CHECK_EQ(take_warnings(), 0);
}

TEST(sizes_that_cannot_be)
{
	mm_boot();
	CHECK_PTR(kmalloc(0, GFP_KERNEL), ZERO_SIZE_PTR);
	CHECK_PTR(kmalloc(KMALLOC_MAX_SIZE + 1, GFP_KERNEL), NULL);
	CHECK_PTR(kmalloc(~0UL, GFP_KERNEL), NULL);
	CHECK_PTR(kmalloc_array(1UL << 62, 4, GFP_KERNEL), NULL);
	CHECK_PTR(kcalloc(~0UL, ~0UL, GFP_KERNEL), NULL);
	CHECK_EQ(ksize(NULL), 0);
	CHECK_EQ(ksize(ZERO_SIZE_PTR), 0);
	CHECK_EQ(ksize(&unit_ram), 0);
}

TEST(cleared_and_copied)
{
	char *p, *q;

	mm_boot();
	p = kmalloc(100, GFP_KERNEL);
	memset(p, 0x5a, 100);
	kfree(p);
	CHECK_PTR(kcalloc(10, 10, GFP_KERNEL), p);
	CHECK_PTR(memchr_inv(p, 0, 100), NULL);
	q = kstrdup("hello", GFP_KERNEL);
	CHECK_STR(q, "hello");
	CHECK_STR(kstrndup(q, 3, GFP_KERNEL), "hel");
	CHECK_STR(kstrndup(q, 30, GFP_KERNEL), "hello");
	CHECK_PTR(kstrdup(NULL, GFP_KERNEL), NULL);
	CHECK_MEM(kmemdup("a\0b", 3, GFP_KERNEL), "a\0b", 3);
	CHECK_PTR(krealloc(q, 0, GFP_KERNEL), ZERO_SIZE_PTR);
	q = krealloc(ZERO_SIZE_PTR, 10, GFP_KERNEL);
	CHECK(q && ksize(q) == 16);
	CHECK_PTR(krealloc(q, 16, GFP_KERNEL), q);
	CHECK_PTR(krealloc(q, ~0UL, GFP_KERNEL), NULL);
	CHECK_EQ(ksize(q), 16);
	CHECK_EQ(take_warnings(), 0);
}
