// SPDX-License-Identifier: GPL-2.0
/*
 * Bitmaps against an array of bools; sorting against order itself; random numbers against their
 * published values.
 */
#include <linux/bitmap.h>
#include <linux/list_sort.h>
#include <linux/log2.h>
#include <linux/prandom.h>
#include <linux/sort.h>

#include "unit.h"

#define BITS	200

static DECLARE_BITMAP(map, BITS);
static bool model[BITS];

static unsigned long model_next(bool want, unsigned long size, unsigned long start)
{
	while (start < size && model[start] != want)
		start++;
	return start < size ? start : size;
}

static unsigned long model_area(unsigned long size, unsigned long start, unsigned int n,
				unsigned long mask)
{
	for (start = (start + mask) & ~mask; start + n <= size; start += mask + 1)
		if (model_next(true, start + n, start) == start + n)
			return start;
	return size;
}

static bool searches_agree(unsigned long size, unsigned long start)
{
	unsigned long mask = (1ul << rand() % 4) - 1, last = size, i, area;
	unsigned int n = 1 + rand() % 20, weight = 0;

	for (i = 0; i < size; i++) {
		weight += model[i];
		last = model[i] ? i : last;
	}
	area = bitmap_find_next_zero_area(map, size, start, n, mask);
	return CHECK_EQ(find_next_bit(map, size, start), model_next(true, size, start)) &&
	       CHECK_EQ(find_next_zero_bit(map, size, start), model_next(false, size, start)) &&
	       CHECK_EQ(find_last_bit(map, size), last) &&
	       CHECK_EQ(bitmap_weight(map, size), weight) &&
	       CHECK_EQ(bitmap_empty(map, size), weight == 0) &&
	       CHECK_EQ(bitmap_full(map, size), weight == size) &&
	       CHECK_EQ(area + n > size ? size : area, model_area(size, start, n, mask));
}

TEST(bits_as_in_an_array_of_bools)
{
	int i;

	srand(1);
	for (i = 0; i < 50000; i++) {
		unsigned int start = rand() % BITS, n = rand() % (BITS - start + 1);
		bool set = rand() % 2;

		if (rand() % 3)
			n = n % 12;
		if (set)
			bitmap_set(map, start, n);
		else
			bitmap_clear(map, start, n);
		memset(model + start, set, n);
		if (!searches_agree(rand() % (BITS + 1), rand() % BITS))
			break;
	}
}

TEST(whole_maps)
{
	DECLARE_BITMAP(other, BITS);

	bitmap_zero(map, BITS);
	CHECK(bitmap_empty(map, BITS));
	bitmap_fill(map, BITS);
	CHECK(bitmap_full(map, BITS));
	bitmap_copy(other, map, BITS);
	__clear_bit(3, other);
	CHECK(!bitmap_equal(map, other, BITS));
	CHECK(bitmap_equal(map, other, 3));
	CHECK(__test_and_set_bit(3, other) == false);
	CHECK(bitmap_equal(map, other, BITS));
}

TEST(powers_of_two)
{
	CHECK_EQ(ilog2(1ul), 0);
	CHECK_EQ(ilog2(4097ul), 12);
	CHECK_EQ(order_base_2(1), 0);
	CHECK_EQ(order_base_2(4096), 12);
	CHECK_EQ(order_base_2(4097), 13);
	CHECK(is_power_of_2(64) && !is_power_of_2(0) && !is_power_of_2(65));
	CHECK_EQ(roundup_pow_of_two(33), 64);
	CHECK_EQ(rounddown_pow_of_two(33), 32);
	CHECK_EQ(hweight8(0x1ff), 8);
	CHECK_EQ(fls(0x100), 9);
	CHECK_EQ(__ffs(0x100), 8);
	CHECK_EQ(rol32(0x80000001, 1), 3);
	CHECK_EQ(sign_extend64(0xff, 7), -1);
}

static int compare_ints(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

TEST(sorted_and_found)
{
	int a[100], sum, round;
	size_t i, n;

	srand(2);
	for (round = 0; round < 500; round++) {
		n = rand() % 100;
		for (i = 0, sum = 0; i < n; i++)
			sum += a[i] = rand() % 50 * 2;
		sort(a, n, sizeof(a[0]), compare_ints, NULL);
		for (i = 0; i < n; i++) {
			int *found = bsearch(&a[i], a, n, sizeof(a[0]), compare_ints);
			int odd = a[i] + 1;

			sum -= a[i];
			CHECK(i == 0 || a[i - 1] <= a[i]);
			CHECK(found && *found == a[i]);
			CHECK(!bsearch(&odd, a, n, sizeof(a[0]), compare_ints));
		}
		CHECK_EQ(sum, 0);
	}
}

struct item {
	int key, seq;
	struct list_head list;
};

static int compare_items(void *priv, const struct list_head *a, const struct list_head *b)
{
	return list_entry(a, struct item, list)->key - list_entry(b, struct item, list)->key;
}

TEST(lists_sort_stably)
{
	struct item items[300], *pos;
	int n, i, round;

	srand(3);
	for (round = 0; round < 200; round++) {
		LIST_HEAD(head);
		const struct item *prev = NULL;

		n = rand() % 300;
		for (i = 0; i < n; i++) {
			items[i] = (struct item){ .key = rand() % 20, .seq = i };
			list_add_tail(&items[i].list, &head);
		}
		list_sort(NULL, &head, compare_items);
		list_for_each_entry(pos, &head, list) {
			CHECK(!prev || prev->key < pos->key ||
			      (prev->key == pos->key && prev->seq < pos->seq));
			CHECK(pos->list.next->prev == &pos->list);
			prev = pos;
			n--;
		}
		CHECK_EQ(n, 0);
	}
}

/*
 * The first values of splitmix64 for the seed 1234567, as its authors' reference program prints
 * them.
 */
TEST(random_numbers_are_splitmix64)
{
	static const u64 want[] = {
		6457827717110365317ull, 3203168211198807973ull, 9817491932198370423ull
	};
	struct rnd_state rnd;
	size_t i;

	prandom_seed_state(&rnd, 1234567);
	for (i = 0; i < 3; i++)
		CHECK_EQ(prandom_u64_state(&rnd), want[i]);
	for (i = 0; i < 1000; i++)
		CHECK(prandom_u32_below(&rnd, 7) < 7);
}
