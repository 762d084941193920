// SPDX-License-Identifier: GPL-2.0
/* Bitmaps and single bits as compiled for this machine, across word boundaries. */
#include <kunit/test.h>
#include <linux/bitmap.h>

#define BITS	150

static void searches_cross_words(struct kunit *test)
{
	DECLARE_BITMAP(map, BITS) = { 0 };

	bitmap_set(map, 60, 10);
	KUNIT_EXPECT_EQ(test, bitmap_weight(map, BITS), 10U);
	KUNIT_EXPECT_EQ(test, find_first_bit(map, BITS), 60UL);
	KUNIT_EXPECT_EQ(test, find_next_zero_bit(map, BITS, 60), 70UL);
	KUNIT_EXPECT_EQ(test, find_next_bit(map, BITS, 70), (unsigned long)BITS);
	KUNIT_EXPECT_EQ(test, find_last_bit(map, BITS), 69UL);
	bitmap_clear(map, 60, 10);
	KUNIT_EXPECT_TRUE(test, bitmap_empty(map, BITS));
}

static void areas_are_found(struct kunit *test)
{
	DECLARE_BITMAP(map, BITS) = { 0 };

	bitmap_set(map, 3, 1);
	KUNIT_EXPECT_EQ(test, bitmap_find_next_zero_area(map, BITS, 0, 3, 0), 0UL);
	KUNIT_EXPECT_EQ(test, bitmap_find_next_zero_area(map, BITS, 0, 4, 0), 4UL);
	KUNIT_EXPECT_EQ(test, bitmap_find_next_zero_area(map, BITS, 0, 4, 7), 8UL);
	KUNIT_EXPECT_GT(test, bitmap_find_next_zero_area(map, BITS, 0, 147, 0), BITS - 147UL);
}

static void bits_count_from_the_low_end(struct kunit *test)
{
	unsigned long word = 0;

	set_bit(0, &word);
	KUNIT_EXPECT_EQ(test, word, 1UL);
	KUNIT_EXPECT_FALSE(test, test_and_set_bit(63, &word));
	KUNIT_EXPECT_TRUE(test, test_and_clear_bit(0, &word));
	KUNIT_EXPECT_EQ(test, word, 1UL << 63);
	KUNIT_EXPECT_EQ(test, __ffs(word), 63UL);
	KUNIT_EXPECT_EQ(test, hweight64(word | 0xff), 9U);
}

static struct kunit_case bitmap_cases[] = {
	KUNIT_CASE(searches_cross_words),
	KUNIT_CASE(areas_are_found),
	KUNIT_CASE(bits_count_from_the_low_end),
	{}
};

static struct kunit_suite bitmap_suite = { .name = "bitmap", .test_cases = bitmap_cases };
kunit_test_suite(bitmap_suite);
