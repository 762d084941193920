// SPDX-License-Identifier: GPL-2.0
/*
 * Strict number parsing: Linux's answers by table, and round trips of random values through every
 * type.
 */
#include <linux/errno.h>
#include <linux/kstrtox.h>
#include <linux/limits.h>
#include <linux/sprintf.h>

#include "unit.h"

static unsigned long long random_bits(void)
{
	return (unsigned long long)rand() << 34 ^ (unsigned long long)rand() << 10 ^ rand();
}

static const struct {
	const char *text;
	unsigned int base;
	int err;
	unsigned long long val;
} unsigned_cases[] = {
	{ "0", 0, 0, 0 },
	{ "10", 0, 0, 10 },
	{ "010", 0, 0, 8 },
	{ "010", 10, 0, 10 },
	{ "0x1f", 0, 0, 0x1f },
	{ "0X1F", 16, 0, 0x1f },
	{ "1f", 16, 0, 0x1f },
	{ "+5", 10, 0, 5 },
	{ "5\n", 10, 0, 5 },
	{ "18446744073709551615", 10, 0, ULLONG_MAX },
	{ "0xffffffffffffffff", 0, 0, ULLONG_MAX },
	{ "18446744073709551616", 10, -ERANGE, 0 },
	{ "0x10000000000000000", 0, -ERANGE, 0 },
	{ "", 10, -EINVAL, 0 },
	{ "\n", 10, -EINVAL, 0 },
	{ "+", 10, -EINVAL, 0 },
	{ "-1", 10, -EINVAL, 0 },
	{ "+-1", 10, -EINVAL, 0 },
	{ " 1", 10, -EINVAL, 0 },
	{ "1 ", 10, -EINVAL, 0 },
	{ "1\n\n", 10, -EINVAL, 0 },
	{ "0x", 0, -EINVAL, 0 },
	{ "0x", 16, -EINVAL, 0 },
	{ "08", 0, -EINVAL, 0 },
	{ "12a", 10, -EINVAL, 0 },
	{ "0x1g", 0, -EINVAL, 0 },
};

TEST(unsigned_table)
{
	size_t i;

	for (i = 0; i < sizeof(unsigned_cases) / sizeof(unsigned_cases[0]); i++) {
		unsigned long long val = 0;
		int err = kstrtoull(unsigned_cases[i].text, unsigned_cases[i].base, &val);

		if (!CHECK_EQ(err, unsigned_cases[i].err) || !CHECK_EQ(val, unsigned_cases[i].val))
			fprintf(stderr, "\ttext \"%s\" base %u\n", unsigned_cases[i].text,
				unsigned_cases[i].base);
	}
}

#define CHECK_RANGE(fn, type, text, want_err, want) do {	\
		type val = 42;					\
		CHECK_EQ(fn(text, 0, &val), want_err);		\
		CHECK_EQ(val, (want_err) ? 42 : (want));	\
	} while (0)

TEST(ranges)
{
	CHECK_RANGE(kstrtoll, long long, "9223372036854775807", 0, LLONG_MAX);
	CHECK_RANGE(kstrtoll, long long, "-9223372036854775808", 0, LLONG_MIN);
	CHECK_RANGE(kstrtoll, long long, "9223372036854775808", -ERANGE, 0);
	CHECK_RANGE(kstrtoll, long long, "-9223372036854775809", -ERANGE, 0);
	CHECK_RANGE(kstrtoll, long long, "--1", -EINVAL, 0);
	CHECK_RANGE(kstrtoll, long long, "-+1", -EINVAL, 0);
	CHECK_RANGE(kstrtol, long, "-0x10", 0, -16);
	CHECK_RANGE(kstrtoint, int, "2147483647", 0, INT_MAX);
	CHECK_RANGE(kstrtoint, int, "2147483648", -ERANGE, 0);
	CHECK_RANGE(kstrtoint, int, "-2147483648", 0, INT_MIN);
	CHECK_RANGE(kstrtouint, unsigned int, "4294967295", 0, UINT_MAX);
	CHECK_RANGE(kstrtouint, unsigned int, "4294967296", -ERANGE, 0);
	CHECK_RANGE(kstrtou16, u16, "65535", 0, 65535);
	CHECK_RANGE(kstrtou16, u16, "65536", -ERANGE, 0);
	CHECK_RANGE(kstrtos16, s16, "-32768", 0, -32768);
	CHECK_RANGE(kstrtos16, s16, "32768", -ERANGE, 0);
	CHECK_RANGE(kstrtou8, u8, "255", 0, 255);
	CHECK_RANGE(kstrtou8, u8, "256", -ERANGE, 0);
	CHECK_RANGE(kstrtos8, s8, "-128", 0, -128);
	CHECK_RANGE(kstrtos8, s8, "-129", -ERANGE, 0);
}

TEST(round_trips)
{
	char text[32];
	int i;

	srand(1);
	for (i = 0; i < 20000; i++) {
		long long val = (long long)random_bits() >> rand() % 64;
		unsigned long long uval = 0;
		long long sval = 0;

		sprintf(text, "%lld", val);
		CHECK_EQ(kstrtoll(text, 10, &sval), 0);
		CHECK_EQ(sval, val);
		sprintf(text, i % 2 ? "%#llx" : "%#llo", val);
		CHECK_EQ(kstrtoull(text, 0, &uval), 0);
		if (!CHECK_EQ(uval, val))
			break;
	}
}

TEST(booleans)
{
	static const char *const yes[] = { "y", "Y", "yes", "t", "1", "on", "ON", "1\n" };
	static const char *const no[] = { "n", "N", "no", "f", "0", "of", "off" };
	static const char *const neither[] = { "", "x", "o", "ox", "2", NULL };
	bool val;
	size_t i;

	for (i = 0; i < 8; i++) {
		val = false;
		CHECK_EQ(kstrtobool(yes[i], &val), 0);
		CHECK(val);
	}
	for (i = 0; i < 7; i++) {
		val = true;
		CHECK_EQ(kstrtobool(no[i], &val), 0);
		CHECK(!val);
	}
	for (i = 0; i < 6; i++)
		CHECK_EQ(kstrtobool(neither[i], &val), -EINVAL);
}

TEST(lax_numbers)
{
	char *end;

	CHECK_EQ(simple_strtoul("12abc", &end, 10), 12);
	CHECK_STR(end, "abc");
	CHECK_EQ(simple_strtoul("0x1Fz", &end, 0), 0x1f);
	CHECK_STR(end, "z");
	CHECK_EQ(simple_strtol("-7,", &end, 0), -7);
	CHECK_STR(end, ",");
	CHECK_EQ(simple_strtoul("none", &end, 10), 0);
	CHECK_STR(end, "none");
}
