// SPDX-License-Identifier: GPL-2.0
/*
 * The allocators in the running kernel: what is freed is free again, to the page, and mappings lead
 * where they say. (The allocators' logic is on trial in tests/unit.)
 */
#include <asm/pgtable.h>
#include <kunit/test.h>
#include <linux/mm.h>
#include <linux/vmalloc.h>
#include <stopgap/mm.h>
#include <stopgap/vmap.h>

extern char _stext[];

static void pages_come_back(struct kunit *test)
{
	unsigned long before = nr_free_pages(), addr;

	for (unsigned int order = 0; order <= MAX_ORDER; order++) {
		addr = __get_free_pages(GFP_KERNEL, order);
		KUNIT_ASSERT_NE(test, addr, 0UL);
		KUNIT_EXPECT_EQ(test, nr_free_pages(), before - (1UL << order));
		memset((void *)addr, 0xa5, PAGE_SIZE << order);
		free_pages(addr, order);
	}
	KUNIT_EXPECT_EQ(test, nr_free_pages(), before);
}

static void kmalloc_comes_back(struct kunit *test)
{
	unsigned long before = nr_free_pages();
	struct mm_stat s, t;
	void *p[200];

	mm_stat(&s);
	for (unsigned int i = 0; i < ARRAY_SIZE(p); i++) {
		p[i] = kmalloc(1 + i * i, GFP_KERNEL);
		KUNIT_ASSERT_NOT_NULL(test, p[i]);
		memset(p[i], i, 1 + i * i);
	}
	for (unsigned int i = 0; i < ARRAY_SIZE(p); i++) {
		KUNIT_EXPECT_NULL(test, memchr_inv(p[i], i, 1 + i * i));
		kfree(p[i]);
	}
	mm_stat(&t);
	KUNIT_EXPECT_EQ(test, nr_free_pages(), before);
	KUNIT_EXPECT_EQ(test, s.kmalloc_objects, t.kmalloc_objects);
	KUNIT_EXPECT_EQ(test, s.kmalloc_bytes, t.kmalloc_bytes);
}

static void vmap_comes_back(struct kunit *test)
{
	unsigned long before = nr_free_pages(), used = ((1 << 20) + THREAD_SIZE) / PAGE_SIZE;
	void *p, *stack;

	p = vmalloc(1 << 20);
	stack = alloc_thread_stack();
	KUNIT_ASSERT_NOT_NULL(test, p);
	KUNIT_ASSERT_NOT_NULL(test, stack);
	KUNIT_EXPECT_EQ(test, nr_free_pages(), before - used);
	memset(p, 0x5a, 1 << 20);
	memset(stack, 0x5a, THREAD_SIZE);
	vfree(p);
	free_thread_stack(stack);
	KUNIT_EXPECT_EQ(test, nr_free_pages(), before);
}

static void too_much_fails_and_leaves_nothing_behind(struct kunit *test)
{
	unsigned long before = nr_free_pages();

	KUNIT_EXPECT_NULL(test, vmalloc(VMAP_SIZE));
	KUNIT_EXPECT_NULL(test, kmalloc(KMALLOC_MAX_SIZE + 1, GFP_KERNEL));
	KUNIT_EXPECT_EQ(test, nr_free_pages(), before);
}

static void vmap_memory_comes_zeroed(struct kunit *test)
{
	char *p = vmalloc(10 * PAGE_SIZE);

	KUNIT_ASSERT_NOT_NULL(test, p);
	KUNIT_EXPECT_NULL(test, memchr_inv(p, 0, 10 * PAGE_SIZE));
	memset(p, 0xff, 10 * PAGE_SIZE);
	vfree(p);
	p = vmalloc(10 * PAGE_SIZE);
	KUNIT_ASSERT_NOT_NULL(test, p);
	KUNIT_EXPECT_NULL(test, memchr_inv(p, 0, 10 * PAGE_SIZE));
	vfree(p);
}

static void walks_find_physical_addresses(struct kunit *test)
{
	char *p = vmalloc(2 * PAGE_SIZE), *q = kunit_kmalloc(test, 64, GFP_KERNEL);
	phys_addr_t pa;

	KUNIT_ASSERT_NOT_NULL(test, p);
	KUNIT_ASSERT_NOT_NULL(test, q);
	p[PAGE_SIZE + 5] = 42;
	pa = virt_to_phys_walk((unsigned long)&p[PAGE_SIZE + 5]);
	KUNIT_EXPECT_EQ(test, *(char *)__va(pa), 42);
	KUNIT_EXPECT_EQ(test, virt_to_phys_walk((unsigned long)q + 3), __pa(q) + 3);
	KUNIT_EXPECT_EQ(test, virt_to_phys_walk((unsigned long)_stext + 4), __pa(_stext) + 4);
	vfree(p);
	KUNIT_EXPECT_EQ(test, virt_to_phys_walk((unsigned long)p), PHYS_ADDR_NONE);
	KUNIT_EXPECT_EQ(test, virt_to_phys_walk(8), PHYS_ADDR_NONE);
	KUNIT_EXPECT_EQ(test, virt_to_phys_walk(VMAP_END), PHYS_ADDR_NONE);
	KUNIT_EXPECT_EQ(test, virt_to_phys_walk(0x8000000000000000), PHYS_ADDR_NONE);
	KUNIT_EXPECT_NULL(test, lookup_address((unsigned long)p));
	KUNIT_EXPECT_NOT_NULL(test, lookup_address((unsigned long)test));
}

static struct kunit_case mm_cases[] = {
	KUNIT_CASE(pages_come_back),
	KUNIT_CASE(kmalloc_comes_back),
	KUNIT_CASE(vmap_comes_back),
	KUNIT_CASE(too_much_fails_and_leaves_nothing_behind),
	KUNIT_CASE(vmap_memory_comes_zeroed),
	KUNIT_CASE(walks_find_physical_addresses),
	{}
};

static struct kunit_suite mm_suite = { .name = "mm", .test_cases = mm_cases };
kunit_test_suite(mm_suite);
