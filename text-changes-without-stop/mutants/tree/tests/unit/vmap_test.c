// SPDX-License-Identifier: GPL-2.0
/* The vmap window: where areas may lie, when addresses come back, what vmap_describe() says. */
// LINK: kernel/mm/memblock.c kernel/mm/page_alloc.c kernel/mm/slab.c kernel/mm/util.c
// LINK: kernel/mm/vmap.c kernel/mm/vmap_area.c kernel/mm/init.c kernel/mm/percpu.c kernel/smp/cpumask.c tests/unit/mm_fakes.c
#include <linux/sched.h>
#include <linux/vmalloc.h>

#include "mm_fakes.h"
#include "unit.h"

#define AREAS	200

static struct {
	unsigned long addr;
	size_t size;
	size_t guard;
	enum vmap_prot prot;
} areas[AREAS];

static bool mapped(unsigned long addr)
{
	return fake_pte(addr)->pa != 0;
}

static void check_area(unsigned int i)
{
	unsigned long start = areas[i].addr, end = start + PAGE_ALIGN(areas[i].size);

	for (unsigned long a = start; a < end; a += PAGE_SIZE)
		CHECK(mapped(a) && !fake_pte(a)->stale && fake_pte(a)->prot == areas[i].prot);
	for (unsigned long a = start - areas[i].guard; a < start; a += PAGE_SIZE)
		CHECK(!mapped(a));
	CHECK(!mapped(end));
}

static void make_area(unsigned int i)
{
	size_t align = 1UL << below(17);

	areas[i].size = 1 + below(100000);
	areas[i].guard = PAGE_SIZE;
	areas[i].prot = below(3);
	areas[i].addr = (unsigned long)vmap_alloc(areas[i].size, align, areas[i].prot, "area");
	if (CHECK(areas[i].addr))
		CHECK_EQ(areas[i].addr % align, 0);
}

static void make_stack(unsigned int i)
{
	areas[i].size = areas[i].guard = THREAD_SIZE;
	areas[i].prot = VMAP_RW;
	areas[i].addr = (unsigned long)alloc_thread_stack();
	CHECK(areas[i].addr);
}

static void step(unsigned int i)
{
	if (areas[i].addr) {
		check_area(i);
		vmap_free((void *)areas[i].addr);
		areas[i].addr = 0;
	} else if (below(3)) {
		make_stack(i);
	} else {
		make_area(i);
	}
}

TEST(random_areas_are_guarded_and_all_comes_back)
{
	struct mm_stat s;
	unsigned long before;

	mm_boot();
	before = nr_free_pages();
	for (int n = 0; n < 60000; n++)
		step(below(AREAS));
	for (unsigned int i = 0; i < AREAS; i++)
		if (areas[i].addr)
			step(i);
	mm_stat(&s);
	CHECK_EQ(nr_free_pages(), before);
	CHECK_EQ(fake_mapped() + s.vmap + s.vmap_areas, 0);
	CHECK_EQ(take_warnings(), 0);
}

/* Allocate and free until addresses start again from below; the first such one. */
static char *first_after_wrap(size_t size, int *rounds)
{
	char *p = NULL, *last;

	*rounds = 0;
	do {
		last = p;
		p = vmalloc(size);
		vfree(p);
		++*rounds;
	} while (p > last);
	return p;
}

TEST(addresses_come_back_only_after_a_wrap)
{
	char *first;
	int rounds;

	mm_boot();
	first = vmalloc(8 * PAGE_SIZE);
	vfree(first);
	CHECK_PTR(first_after_wrap(8 * PAGE_SIZE, &rounds), first);
	/* One page of guard, and up to six to spread areas. */
	CHECK(rounds > (int)(VMAP_SIZE / (13 * PAGE_SIZE)));
}

TEST(a_window_with_holes_is_found_full_and_usable)
{
	void *wall = NULL, *p;

	mm_boot();
	/* March to the far end of the window, leave a wall there, and go on from the start. */
	for (int i = 0; i < 3; i++) {
		vfree(wall);
		wall = vmap_alloc(40 << 20, 64 << 20, VMAP_RW, "wall");
		CHECK(wall);
	}
	CHECK_PTR(vmap_alloc(40 << 20, 256 << 20, VMAP_RW, "no memory"), NULL);
	p = vmap_alloc(PAGE_SIZE, 128 << 20, VMAP_RW, "behind");
	CHECK(p && p != wall);
	vmap_free(p);
	vmap_free(wall);
	CHECK_EQ(take_warnings(), 0);
}

TEST(stacks_lie_above_their_guard)
{
	char *stack[20];

	mm_boot();
	for (int i = 0; i < 20; i++) {
		unsigned long lo;

		if (i % 3 == 0)
			vmalloc(1);
		stack[i] = alloc_thread_stack();
		lo = (unsigned long)stack[i];
		CHECK_EQ(lo % (2 * THREAD_SIZE), THREAD_SIZE);
		for (unsigned long a = lo; a < lo + THREAD_SIZE; a += PAGE_SIZE)
			CHECK(mapped(a));
	}
	for (int i = 0; i < 20; i++)
		for (unsigned long off = PAGE_SIZE; off <= THREAD_SIZE; off += PAGE_SIZE)
			CHECK(!mapped((unsigned long)stack[i] - off));
	for (int i = 0; i < 20; i++)
		free_thread_stack(stack[i]);
	CHECK_EQ(take_warnings(), 0);
}

TEST(a_hole_below_a_stack_ends_at_its_guard)
{
	char *hole, *stack;
	size_t room;
	int rounds;

	mm_boot();
	hole = vmalloc(10 * PAGE_SIZE);
	stack = alloc_thread_stack();
	vfree(hole);
	hole = (char *)VMAP_START + PAGE_SIZE;
	room = stack - THREAD_SIZE - hole;
	CHECK(first_after_wrap(room + PAGE_SIZE, &rounds) > stack);
	CHECK_PTR(first_after_wrap(room, &rounds), hole);
}

/* As modules are loaded: each by a thread of its own. A TLB of 256 entries goes by the page number's low bits. */
TEST(areas_that_come_in_turn_with_stacks_are_spread)
{
	unsigned int used[256] = { 0 }, entries = 0;

	mm_boot();
	for (int i = 0; i < 64; i++) {
		void *stack = alloc_thread_stack();

		used[(unsigned long)vmalloc(3 * PAGE_SIZE) / PAGE_SIZE % 256]++;
		free_thread_stack(stack);
	}
	for (int i = 0; i < 256; i++)
		entries += used[i] != 0;
	CHECK(entries > 40);
	CHECK_EQ(take_warnings(), 0);
}

TEST(running_out_of_pages_leaves_nothing_behind)
{
	unsigned long before;
	struct mm_stat s;

	mm_boot();
	before = nr_free_pages();
	CHECK_PTR(vmalloc(RAM_SIZE), NULL);
	CHECK_EQ(nr_free_pages(), before);
	mm_stat(&s);
	CHECK_EQ(fake_mapped() + s.vmap_areas + s.vmap, 0);
	for (int i = 0; i < 1024; i++)
		CHECK(vmalloc(1));
	CHECK_PTR(vmalloc(1), NULL);
	CHECK_EQ(nr_free_pages(), before - 1024);
}

TEST(sizes_that_cannot_be)
{
	mm_boot();
	CHECK_PTR(vmap_alloc(0, 0, VMAP_RW, "x"), NULL);
	CHECK_PTR(vmap_alloc(~0UL, 0, VMAP_RW, "x"), NULL);
	CHECK_PTR(vmap_alloc(VMAP_SIZE, 0, VMAP_RW, "x"), NULL);
	CHECK_PTR(vmap_alloc(1, 3, VMAP_RW, "x"), NULL);
	CHECK_PTR(vmap_alloc(1, ~0UL, VMAP_RW, "x"), NULL);
	CHECK_PTR(vmap_alloc(1, 1UL << 63, VMAP_RW, "x"), NULL);
}

TEST(wrong_frees_are_reported_and_ignored)
{
	char *p;

	mm_boot();
	p = vmalloc(3 * PAGE_SIZE);
	vfree(p + PAGE_SIZE);
	vfree(p - PAGE_SIZE);
	vfree(&p);
	CHECK_EQ(take_warnings(), 3);
	vfree(p);
	CHECK_EQ(take_warnings(), 0);
	vfree(p);
	CHECK_EQ(take_warnings(), 1);
	vfree(NULL);
	CHECK_EQ(take_warnings(), 0);
}

TEST(protection_changes_whole_pages_inside_an_area)
{
	char *p;

	mm_boot();
	p = vmap_alloc(4 * PAGE_SIZE, 0, VMAP_RW, "module");
	CHECK_EQ(vmap_protect(p + PAGE_SIZE, PAGE_SIZE + 1, VMAP_RX), 0);
	CHECK_EQ(fake_pte((unsigned long)p)->prot, VMAP_RW);
	CHECK_EQ(fake_pte((unsigned long)p + PAGE_SIZE)->prot, VMAP_RX);
	CHECK_EQ(fake_pte((unsigned long)p + 2 * PAGE_SIZE)->prot, VMAP_RX);
	CHECK_EQ(fake_pte((unsigned long)p + 3 * PAGE_SIZE)->prot, VMAP_RW);
	CHECK_EQ(vmap_protect(p, 4 * PAGE_SIZE + 1, VMAP_R), -EINVAL);
	CHECK_EQ(vmap_protect(p + 1, 1, VMAP_R), -EINVAL);
	CHECK_EQ(vmap_protect(p, ~0UL, VMAP_R), -EINVAL);
	CHECK_EQ(vmap_protect(p - PAGE_SIZE, PAGE_SIZE, VMAP_R), -EINVAL);
	CHECK_EQ(vmap_protect(p, 0, VMAP_R), 0);
	vmap_set_name(p + PAGE_SIZE, "renamed");
	CHECK_STR(vmap_describe((unsigned long)p), "renamed");
	CHECK_EQ(fake_pte((unsigned long)p)->prot, VMAP_RW);
}

TEST(addresses_have_names_also_afterwards)
{
	unsigned long text, stack;

	mm_boot();
	text = (unsigned long)vmap_alloc(2 * PAGE_SIZE, 0, VMAP_RX, "hello .text");
	stack = (unsigned long)alloc_thread_stack();
	name_thread_stack((void *)stack, "kthread/3");
	CHECK_STR(vmap_describe(text), "hello .text");
	CHECK_STR(vmap_describe(text + 2 * PAGE_SIZE - 1), "hello .text");
	CHECK_STR(vmap_describe(text - 1), "guard of hello .text");
	CHECK_STR(vmap_describe(stack - THREAD_SIZE), "guard of stack of kthread/3");
	CHECK_STR(vmap_describe(stack + THREAD_SIZE - 1), "stack of kthread/3");
	CHECK_STR(vmap_describe(stack + THREAD_SIZE), "unmapped");
	CHECK_PTR(vmap_describe(VMAP_START - 1), NULL);
	CHECK_PTR(vmap_describe(VMAP_END), NULL);
	CHECK_PTR(vmap_describe(8), NULL);
	vmap_free((void *)text);
	CHECK_STR(vmap_describe(text + 4), "freed: hello .text");
	for (int i = 0; i < 63; i++)
		vfree(vmalloc(1));
	CHECK_STR(vmap_describe(text + 4), "freed: hello .text");
	vfree(vmalloc(1));
	CHECK_STR(vmap_describe(text + 4), "unmapped");
	text = (unsigned long)vmap_alloc(1, 0, VMAP_R, "a name longer than thirty-one characters");
	CHECK_STR(vmap_describe(text), "a name longer than thirty-one c");
}
