// SPDX-License-Identifier: GPL-2.0
/*
 * Formatting as compiled for this machine, with its varargs, and with the real symbol table behind
 * %pS.
 */
#include <kunit/test.h>
#include <linux/kallsyms.h>

#define EXPECT_FORMAT(test, want, ...) do {				\
		char __buf[128];					\
		int __len = snprintf(__buf, sizeof(__buf), __VA_ARGS__);	\
		KUNIT_EXPECT_STREQ(test, __buf, want);			\
		KUNIT_EXPECT_EQ(test, __len, (int)strlen(want));	\
	} while (0)

static void numbers(struct kunit *test)
{
	EXPECT_FORMAT(test, "-1 4294967295 ffffffff", "%d %u %x", -1, -1, -1);
	EXPECT_FORMAT(test, "-128 255 -1 65535", "%hhd %hhu %hd %hu", 128, 255, 65535, 65535);
	EXPECT_FORMAT(test, "-9223372036854775808", "%ld", -9223372036854775807L - 1);
	EXPECT_FORMAT(test, "18446744073709551615", "%llu", ~0ULL);
	EXPECT_FORMAT(test, "  +42|42   |00042|0x2a|052", "%+5d|%-5d|%05d|%#x|%#o",
		      42, 42, 42, 42, 42);
	EXPECT_FORMAT(test, "   007", "%*.*d", 6, 3, 7);
	EXPECT_FORMAT(test, "12 -3", "%zu %td", (size_t)12, (ptrdiff_t)-3);
}

/* More arguments than there are argument registers. */
static void many_arguments(struct kunit *test)
{
	EXPECT_FORMAT(test, "1 2 3 4 5 6 7 8 9 ten 11 c",
		      "%d %ld %d %lld %d %d %hd %d %lu %s %d %c", 1, 2L, 3, 4LL,
		      5, 6, 7, 8, 9UL, "ten", 11, 'c');
}

static void strings(struct kunit *test)
{
	EXPECT_FORMAT(test, "[  abc][abc  ][ab]", "[%5s][%-5s][%.2s]", "abc", "abc", "abc");
	EXPECT_FORMAT(test, "x%", "%c%%", 'x');
}

static void pointers(struct kunit *test)
{
	EXPECT_FORMAT(test, "0000000000001000", "%p", (void *)0x1000);
	EXPECT_FORMAT(test, "-EINVAL", "%pe", ERR_PTR(-EINVAL));
	EXPECT_FORMAT(test, "strlen", "%ps", (void *)strlen);
	KUNIT_EXPECT_EQ(test, kallsyms_lookup_name("strlen"), (unsigned long)strlen);
}

static void symbols_with_offsets(struct kunit *test)
{
	char buf[KSYM_SYMBOL_LEN];

	snprintf(buf, sizeof(buf), "%pS", (char *)strlen + 4);
	KUNIT_EXPECT_TRUE_MSG(test, strstarts(buf, "strlen+0x4/0x"), "got %s", buf);
	/* A return address belongs to the call before it. */
	snprintf(buf, sizeof(buf), "%pB", (char *)strlen + 4);
	KUNIT_EXPECT_TRUE_MSG(test, strstarts(buf, "strlen+0x4/0x"), "got %s", buf);
}

static void allocated(struct kunit *test)
{
	char *text = kasprintf(GFP_KERNEL, "%s=%d", "n", 2000);

	KUNIT_ASSERT_NOT_NULL(test, text);
	KUNIT_EXPECT_STREQ(test, text, "n=2000");
	kfree(text);
}

static struct kunit_case vsnprintf_cases[] = {
	KUNIT_CASE(numbers),
	KUNIT_CASE(many_arguments),
	KUNIT_CASE(strings),
	KUNIT_CASE(pointers),
	KUNIT_CASE(symbols_with_offsets),
	KUNIT_CASE(allocated),
	{}
};

static struct kunit_suite vsnprintf_suite = { .name = "vsnprintf", .test_cases = vsnprintf_cases };
kunit_test_suite(vsnprintf_suite);
