// SPDX-License-Identifier: GPL-2.0
/* The shadow state: what is reported before an access, against a byte map kept by hand. */
// LINK: kernel/hv/oracle/shadow.c tests/unit/model_fakes.c
#include <linux/poison.h>
#include <linux/prandom.h>

#include "model.h"
#include "unit.h"

#define BASE	0xc000000012340000UL

TEST(freed_memory_is_reported_with_who_freed_it)
{
	const struct shadow_record *r;

	shadow_reset();
	CHECK_PTR(shadow_check(BASE, 8), NULL);
	CHECK_PTR(shadow_free(BASE + 64, 64, "kmalloc", 3, 0x1234), NULL);
	CHECK_STR(shadow_check(BASE + 88, 8),
		  "use after free: 24 bytes inside 64 bytes of kmalloc, freed on CPU 3");
	CHECK_PTR(shadow_check(BASE + 56, 8), NULL);
	CHECK_PTR(shadow_check(BASE + 128, 8), NULL);
	r = shadow_find(BASE + 100);
	CHECK(r && r->addr == BASE + 64 && r->size == 64 && r->cpu == 3 && r->site.pc[0] == 0x1234);
	CHECK_PTR(shadow_find(BASE + 128), NULL);
}

TEST(an_access_that_reaches_into_freed_memory_is_reported)
{
	shadow_reset();
	shadow_free(BASE + 4096, 4096, "vmap", 0, 0);
	CHECK(shadow_check(BASE + 4092, 8));
	CHECK(shadow_check(BASE, 8192 + 1));
	CHECK(shadow_check(BASE + 8191, 1));
	CHECK_PTR(shadow_check(BASE, 4096), NULL);
	CHECK_PTR(shadow_check(BASE + 8192, 4096), NULL);
}

/* As per-CPU memory is: its units are no larger. */
TEST(eight_bytes_are_freed_and_not_their_neighbours)
{
	shadow_reset();
	shadow_free(BASE + 8, 8, "kmalloc", 0, 0);
	CHECK_PTR(shadow_check(BASE, 8), NULL);
	CHECK(shadow_check(BASE + 8, 1));
	CHECK(shadow_check(BASE + 12, 4));
	CHECK_PTR(shadow_check(BASE + 16, 8), NULL);
	CHECK_PTR(shadow_free(BASE, 8, "kmalloc", 0, 0), NULL);
	shadow_alloc(BASE + 8, 8);
	CHECK_PTR(shadow_check(BASE + 8, 8), NULL);
	CHECK(shadow_check(BASE, 8));
}

TEST(used_again_is_fine_again)
{
	shadow_reset();
	shadow_free(BASE, 3 * 4096, "vmap", 0, 0);
	shadow_alloc(BASE + 4096, 32);
	CHECK_PTR(shadow_check(BASE + 4096, 32), NULL);
	CHECK(shadow_check(BASE + 4096 + 32, 1));
	CHECK(shadow_check(BASE + 4095, 1));
	CHECK_PTR(shadow_free(BASE + 4096, 32, "kmalloc", 0, 0), NULL);
}

TEST(double_free)
{
	shadow_reset();
	CHECK_PTR(shadow_free(BASE, 32, "kmalloc", 1, 0), NULL);
	CHECK_STR(shadow_free(BASE, 32, "kmalloc", 2, 0),
		  "double free: 0 bytes inside 32 bytes of kmalloc, freed on CPU 1");
	CHECK(shadow_free(BASE + 16, 32, "kmalloc", 2, 0));
	CHECK_PTR(shadow_free(BASE + 32, 0, "kmalloc", 2, 0), NULL);
	CHECK_PTR(shadow_check(BASE + 32, 8), NULL);
}

TEST(poison_is_recognised)
{
	shadow_reset();
	CHECK(strstr(shadow_check((unsigned long)LIST_POISON1 + 8, 8), "list poison"));
	CHECK(strstr(shadow_check((unsigned long)LIST_POISON2, 8), "list poison"));
	CHECK(strstr(shadow_check(0x18, 8), "NULL"));
	CHECK(strstr(shadow_check(0x6b6b6b6b6b6b6b6bUL + 16, 8), "freed memory"));
	CHECK_PTR(shadow_check(0x6b6b6b6b6b6b6b6bUL + 8192, 8), NULL);
}

TEST(all_of_it_is_freed_or_not)
{
	shadow_reset();
	CHECK(!shadow_is_freed(BASE, 8192));
	shadow_free(BASE, 8192, "vmap", 0, 0);
	CHECK(shadow_is_freed(BASE, 8192));
	CHECK(shadow_is_freed(BASE + 4096, 16));
	CHECK(!shadow_is_freed(BASE, 8192 + 16));
	shadow_alloc(BASE + 4096 + 160, 16);
	CHECK(!shadow_is_freed(BASE, 8192));
	CHECK(shadow_is_freed(BASE, 4096 + 160));
}

/* Random allocation and freeing of neighbours, checked granule by granule. */
TEST(random_granules)
{
	static bool freed[1024];
	struct rnd_state rnd;

	shadow_reset();
	memset(freed, 0, sizeof(freed));
	prandom_seed_state(&rnd, 7);
	for (int i = 0; i < 20000; i++) {
		unsigned int at = prandom_u32_below(&rnd, 1024), n = 1 + prandom_u32_below(&rnd, 20);
		bool any = false;

		if (at + n > 1024)
			continue;
		for (unsigned int k = at; k < at + n; k++)
			any |= freed[k];
		CHECK_EQ(any, shadow_check(BASE + at * 16, n * 16) != NULL);
		if (i % 2)
			shadow_alloc(BASE + at * 16, n * 16);
		else if (any != (shadow_free(BASE + at * 16, n * 16, "kmalloc", 0, 0) != NULL))
			CHECK(false);
		for (unsigned int k = at; k < at + n && (i % 2 || !any); k++)
			freed[k] = i % 2 == 0;
	}
	CHECK_EQ(shadow_lost(), 0);
}

/* More pages than there is room for: some are forgotten, none is invented. */
TEST(too_many_pages_only_forget)
{
	unsigned int found = 0;

	shadow_reset();
	for (unsigned int i = 0; i < 8000; i++)
		shadow_free(BASE + i * 8192UL, 4096, "vmap", 0, 0);
	for (unsigned int i = 0; i < 8000; i++) {
		found += shadow_check(BASE + i * 8192UL, 8) != NULL;
		CHECK_PTR(shadow_check(BASE + i * 8192UL + 4096, 8), NULL);
	}
	CHECK_EQ(found + shadow_lost(), 8000);
	CHECK(found > 1500);
	shadow_reset();
	CHECK_PTR(shadow_check(BASE, 8), NULL);
}
