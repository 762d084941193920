// SPDX-License-Identifier: GPL-2.0
/*
 * Strings and memory as compiled for this machine: the word-wise loops depend on byte order and
 * alignment. Against libc they are tried in tests/unit.
 */
#include <kunit/test.h>
#include <linux/prandom.h>

#define SIZE	256

/* The same, one byte at a time, and volatile, so that the compiler cannot make a memcpy() of it. */
static void copy_bytes(volatile u8 *dst, const volatile u8 *src, size_t n)
{
	while (n--)
		*dst++ = *src++;
}

static void fill_random(struct rnd_state *rnd, u8 *buf)
{
	size_t i;

	for (i = 0; i < SIZE; i++)
		buf[i] = (u8)prandom_u32_state(rnd);
}

static void memcpy_at_all_alignments(struct kunit *test)
{
	u8 *a = kunit_kzalloc(test, SIZE, GFP_KERNEL), *b = kunit_kzalloc(test, SIZE, GFP_KERNEL);
	struct rnd_state rnd;
	size_t d, s, n;

	KUNIT_ASSERT_NOT_NULL(test, a);
	KUNIT_ASSERT_NOT_NULL(test, b);
	prandom_seed_state(&rnd, 1);
	for (d = 0; d < 8; d++) {
		for (s = 0; s < 8; s++) {
			n = prandom_u32_below(&rnd, 100);
			fill_random(&rnd, a);
			copy_bytes(b, a, SIZE);
			KUNIT_EXPECT_PTR_EQ(test, memcpy(a + d, a + 128 + s, n), (void *)(a + d));
			copy_bytes(b + d, b + 128 + s, n);
			KUNIT_ASSERT_TRUE_MSG(test, memcmp(a, b, SIZE) == 0,
					      "to %zu from %zu, %zu bytes", d, s, n);
		}
	}
}

static void memmove_overlapping(struct kunit *test)
{
	char up[] = "0123456789abcdefghijklmnopqrstuvwxyz";
	char down[] = "0123456789abcdefghijklmnopqrstuvwxyz";

	memmove(up + 1, up, 30);
	KUNIT_EXPECT_STREQ(test, up, "00123456789abcdefghijklmnopqrstvwxyz");
	memmove(down, down + 3, 30);
	KUNIT_EXPECT_STREQ(test, down, "3456789abcdefghijklmnopqrstuvwuvwxyz");
}

static void memcmp_orders_as_bytes(struct kunit *test)
{
	static const u8 low[16] __aligned(8) = { 1, 2, 3, 4, 5, 6, 7, 8, 9 };
	static const u8 high[16] __aligned(8) = { 1, 2, 3, 4, 0xff, 6, 7, 0 };

	KUNIT_EXPECT_LT(test, memcmp(low, high, 16), 0);
	KUNIT_EXPECT_GT(test, memcmp(high, low, 16), 0);
	KUNIT_EXPECT_EQ(test, memcmp(low, high, 4), 0);
}

static void memset_fills_exactly(struct kunit *test)
{
	u8 buf[80];
	size_t from, n;

	for (from = 0; from < 9; from++) {
		for (n = 0; n < 60; n++) {
			memset(buf, 0, sizeof(buf));
			memset(buf + from, 0x1a5, n);
			KUNIT_ASSERT_NULL(test, memchr_inv(buf, 0, from));
			KUNIT_ASSERT_NULL(test, memchr_inv(buf + from, 0xa5, n));
			KUNIT_ASSERT_NULL(test,
					  memchr_inv(buf + from + n, 0, sizeof(buf) - from - n));
		}
	}
}

static void strings_cut_and_compared(struct kunit *test)
{
	char buf[8], line[] = "  one two  ", *p;

	KUNIT_EXPECT_EQ(test, strscpy(buf, "12345678", sizeof(buf)), -E2BIG);
	KUNIT_EXPECT_STREQ(test, buf, "1234567");
	KUNIT_EXPECT_LT(test, strcmp("a", "\xff"), 0);
	KUNIT_EXPECT_EQ(test, strcasecmp("Module", "mODULE"), 0);
	p = strim(line);
	KUNIT_EXPECT_STREQ(test, strsep(&p, " "), "one");
	KUNIT_EXPECT_STREQ(test, p, "two");
}

static struct kunit_case string_cases[] = {
	KUNIT_CASE(memcpy_at_all_alignments),
	KUNIT_CASE(memmove_overlapping),
	KUNIT_CASE(memcmp_orders_as_bytes),
	KUNIT_CASE(memset_fills_exactly),
	KUNIT_CASE(strings_cut_and_compared),
	{}
};

static struct kunit_suite string_suite = { .name = "string", .test_cases = string_cases };
kunit_test_suite(string_suite);
