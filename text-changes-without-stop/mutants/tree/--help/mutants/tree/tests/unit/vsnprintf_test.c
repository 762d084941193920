// SPDX-License-Identifier: GPL-2.0
/*
 * The formatter against libc's, on random formats; and the conversions libc does not have, by
 * table.
 */
#include <limits.h>
#include <linux/err.h>
#include <linux/sprintf.h>

#include "unit.h"

static const char *const lengths[] = { "", "hh", "h", "l", "ll", "z", "t", "j" };

static unsigned long long random_bits(void)
{
	return (unsigned long long)rand() << 40 ^ (unsigned long long)rand() << 20 ^ rand();
}

static long long random_value(void)
{
	static const long long special[] = {
		0, 1, -1, 7, 8, 9, 10, 255, 256, INT_MAX, INT_MIN, LLONG_MAX, LLONG_MIN
	};

	if (rand() % 2)
		return special[rand() % (sizeof(special) / sizeof(special[0]))];
	return (long long)random_bits() >> rand() % 64;
}

static int append_flags(char *fmt, const char *flags)
{
	int n = 0;

	for (; *flags; flags++)
		if (rand() % 3 == 0)
			fmt[n++] = *flags;
	return n;
}

/* Build "%[flags][width][.precision]" in @fmt. Return: its length. */
static int random_head(char *fmt, const char *flags)
{
	int n = 1;

	fmt[0] = '%';
	n += append_flags(fmt + n, flags);
	if (rand() % 2)
		n += libc_snprintf(fmt + n, 8, "%d", 1 + rand() % 30);
	if (rand() % 3 == 0)
		n += libc_snprintf(fmt + n, 8, ".%d", rand() % 30);
	return n;
}

/* The flags that C defines for a conversion. */
static const char *flags_for(char conv)
{
	if (conv == 'd' || conv == 'i')
		return "-+ 0";
	return conv == 'u' ? "-0" : "-#0";
}

static bool same_number(const char *fmt, const char *length, long long val, size_t size)
{
	char ours[128], theirs[128];
	int a, b;

	memset(ours, 'x', sizeof(ours));
	memset(theirs, 'x', sizeof(theirs));
	if (libc_strcmp(length, "") == 0 || length[0] == 'h') {
		a = snprintf(ours, size, fmt, (int)val);
		b = libc_snprintf(theirs, size, fmt, (int)val);
	} else {
		a = snprintf(ours, size, fmt, val);
		b = libc_snprintf(theirs, size, fmt, val);
	}
	if (CHECK_EQ(a, b) && CHECK_MEM(ours, theirs, sizeof(ours)))
		return true;
	fprintf(stderr, "\tformat <%s> value %lld size %zu\n\tours <%s> libc <%s>\n", fmt, val,
		size, ours, theirs);
	return false;
}

TEST(numbers_as_in_libc)
{
	char fmt[64];
	int i, n;

	srand(1);
	for (i = 0; i < 200000; i++) {
		const char *length = lengths[rand() % 8];
		char conv = "diuxXo"[rand() % 6];

		n = random_head(fmt, flags_for(conv));
		libc_snprintf(fmt + n, sizeof(fmt) - n, "%s%c|", length, conv);
		if (!same_number(fmt, length, random_value(), rand() % 4 ? 128 : rand() % 40))
			break;
	}
}

TEST(strings_as_in_libc)
{
	static const char *const words[] = { "", "a", "stop", "a longer string, longer than most" };
	char fmt[64], ours[128], theirs[128];
	int i, n;

	srand(2);
	for (i = 0; i < 20000; i++) {
		const char *word = words[rand() % 4];
		int width = rand() % 40 - 20, precision = rand() % 40 - 10;

		n = random_head(fmt, "-");
		libc_strcpy(fmt + n, "s%c[%*.*s]%%");
		if (!CHECK_EQ(snprintf(ours, 128, fmt, word, 'c', width, precision, word),
			      libc_snprintf(theirs, 128, fmt, word, 'c', width, precision, word)) ||
		    !CHECK_STR(ours, theirs))
			break;
	}
}

#define CHECK_FMT(want, ...) do {					\
		char buf[256];						\
		int len = snprintf(buf, sizeof(buf), __VA_ARGS__);	\
		CHECK_STR(buf, want);					\
		CHECK_EQ(len, libc_strlen(want));			\
	} while (0)

/* The compiler's idea of %p knows nothing of ours. */
#pragma GCC diagnostic ignored "-Wformat"
#pragma GCC diagnostic ignored "-Wformat-overflow"
#pragma GCC diagnostic ignored "-Wformat-zero-length"
TEST(pointers)
{
	u8 bytes[] = { 0x00, 0x1f, 0xab };

	CHECK_FMT("c000000000400000", "%p", (void *)0xc000000000400000);
	CHECK_FMT("0000000000000010", "%px", (void *)0x10);
	CHECK_FMT("0x0000000000000010", "%#p", (void *)0x10);
	CHECK_FMT("fake+0x34/0x100.", "%pS.", (void *)0x1234);
	CHECK_FMT("[fake]", "[%ps]", (void *)0x1234);
	CHECK_FMT("fake+0x34/0x100", "%pB", (void *)0x1234);
	CHECK_FMT("fake+0x34/0x100", "%pSb", (void *)0x1234);
	CHECK_FMT("    fake", "%8ps", (void *)0x1234);
	CHECK_FMT("fake    |", "%-8ps|", (void *)0x1234);
	CHECK_FMT("-ENOENT", "%pe", ERR_PTR(-ENOENT));
	CHECK_FMT("-4000", "%pe", ERR_PTR(-4000));
	CHECK_FMT("0000000000001000", "%pe", (void *)0x1000);
	CHECK_FMT("00 1f ab", "%*ph", 3, bytes);
	CHECK_FMT("00:1f:ab", "%3phC", bytes);
	CHECK_FMT("001fab", "%3phN", bytes);
}

TEST(odd_formats)
{
	CHECK_FMT("(null)", "%s", NULL);
	CHECK_FMT("100%", "%d%%", 100);
	CHECK_FMT("%y", "%y");
	CHECK_FMT("a%", "a%");
	CHECK_FMT("", "");
}

TEST(return_values)
{
	char buf[8];

	CHECK_EQ(snprintf(buf, sizeof(buf), "%s", "0123456789"), 10);
	CHECK_STR(buf, "0123456");
	CHECK_EQ(scnprintf(buf, sizeof(buf), "%s", "0123456789"), 7);
	CHECK_EQ(scnprintf(buf, sizeof(buf), "%s", "01"), 2);
	CHECK_EQ(scnprintf(buf, 0, "%s", "01"), 0);
	CHECK_EQ(snprintf(NULL, 0, "%d", 12345), 5);
	CHECK_EQ(sprintf(buf, "%d", 12), 2);
}
