// SPDX-License-Identifier: GPL-2.0
/*
 * Memory and string functions against libc's, on random contents, lengths and alignments; and those
 * libc lacks.
 */
#include <linux/errno.h>

#include "unit.h"

#define ROUNDS	20000
#define SIZE	300

static unsigned char ours[SIZE], theirs[SIZE];

/* Few different bytes, so that searches and comparisons find something. */
static void fill_random(void)
{
	int i;

	for (i = 0; i < SIZE; i++)
		ours[i] = theirs[i] = rand() % 4 ? 'a' + rand() % 3 : rand();
}

static int sign(int x)
{
	return (x > 0) - (x < 0);
}

TEST(memory_as_in_libc)
{
	int i;

	srand(1);
	for (i = 0; i < ROUNDS; i++) {
		size_t n = rand() % 128, d = rand() % 64, s = 192 - rand() % 64;
		int c = rand();

		fill_random();
		if (rand() % 2) {
			CHECK(memcpy(ours + d, ours + s - 64, n) == ours + d || n > 64);
			libc_memmove(theirs, ours, SIZE);
		}
		memset(ours + s, c, n % 64);
		libc_memset(theirs + s, c, n % 64);
		if (!CHECK_MEM(ours, theirs, SIZE))
			break;
		memmove(ours + d, ours + s % 80, n);
		libc_memmove(theirs + d, theirs + s % 80, n);
		if (!CHECK_MEM(ours, theirs, SIZE))
			break;
	}
}

TEST(memcpy_copies_exactly)
{
	size_t d, s, n;

	srand(2);
	for (d = 0; d < 9; d++) {
		for (s = 150; s < 159; s++) {
			for (n = 0; n < 120; n++) {
				fill_random();
				memcpy(ours + d, ours + s, n);
				libc_memcpy(theirs + d, theirs + s, n);
				if (!CHECK_MEM(ours, theirs, SIZE))
					return;
			}
		}
	}
}

TEST(memory_searches_as_in_libc)
{
	int i;

	srand(3);
	for (i = 0; i < ROUNDS; i++) {
		size_t a = rand() % 20, b = 100 + rand() % 20, n = rand() % 100;
		int c = "abcx"[rand() % 4];

		fill_random();
		if (rand() % 2)
			libc_memcpy(ours + b, ours + a, rand() % 80);
		CHECK_EQ(sign(memcmp(ours + a, ours + b, n)),
			 sign(libc_memcmp(ours + a, ours + b, n)));
		CHECK_PTR(memchr(ours + a, c, n), libc_memchr(ours + a, c, n));
	}
}

TEST(memchr_inv_finds_the_odd_byte)
{
	size_t at, from;

	for (from = 0; from < 9; from++) {
		for (at = from; at < 60; at++) {
			libc_memset(ours, 0x6b, 60);
			CHECK_PTR(memchr_inv(ours + from, 0x6b, 60 - from), NULL);
			ours[at] = 0x6a;
			CHECK_PTR(memchr_inv(ours + from, 0x6b, 60 - from), ours + at);
		}
	}
}

/* A random string in a block of exactly its size, so that reading past it is seen. */
static char *random_string(int max)
{
	int i, n = rand() % max;
	char *s = malloc(n + 1);

	for (i = 0; i < n; i++)
		s[i] = rand() % 8 ? 'a' + rand() % 3 : 'A' + rand() % 3;
	s[n] = '\0';
	return s;
}

static void compare_searches(const char *a, const char *b, size_t n)
{
	CHECK_EQ(strlen(a), libc_strlen(a));
	CHECK_EQ(strnlen(a, n), libc_strnlen(a, n));
	CHECK_EQ(sign(strcmp(a, b)), sign(libc_strcmp(a, b)));
	CHECK_EQ(sign(strncmp(a, b, n)), sign(libc_strncmp(a, b, n)));
	CHECK_EQ(sign(strcasecmp(a, b)), sign(libc_strcasecmp(a, b)));
	CHECK_PTR(strchr(a, 'b'), libc_strchr(a, 'b'));
	CHECK_PTR(strchr(a, 0), libc_strchr(a, 0));
	CHECK_PTR(strrchr(a, 'b'), libc_strrchr(a, 'b'));
	CHECK_PTR(strrchr(a, 0), libc_strrchr(a, 0));
	CHECK_PTR(strstr(a, b), libc_strstr(a, b));
	CHECK_EQ(strspn(a, b), libc_strspn(a, b));
	CHECK_EQ(strcspn(a, b), libc_strcspn(a, b));
	CHECK_PTR(strpbrk(a, b), libc_strpbrk(a, b));
}

TEST(string_searches_as_in_libc)
{
	int i;

	srand(4);
	for (i = 0; i < ROUNDS; i++) {
		char *a = random_string(40), *b = random_string(rand() % 2 ? 4 : 40);

		if (rand() % 2)
			libc_strcpy(b, a + libc_strlen(a) - (libc_strlen(a) < libc_strlen(b) ?
							     libc_strlen(a) : libc_strlen(b)));
		compare_searches(a, b, rand() % 50);
		free(a);
		free(b);
	}
}

TEST(string_copies_as_in_libc)
{
	int i;

	srand(5);
	for (i = 0; i < ROUNDS; i++) {
		char *a = random_string(40);
		size_t n = rand() % 50;

		fill_random();
		strncpy((char *)ours, a, n);
		libc_strncpy((char *)theirs, a, n);
		CHECK_MEM(ours, theirs, SIZE);
		ours[20] = theirs[20] = '\0';
		strncat((char *)ours, a, n);
		libc_strncat((char *)theirs, a, n);
		CHECK_MEM(ours, theirs, SIZE);
		free(a);
	}
}

TEST(bounded_copies)
{
	char buf[8] = "xxxxxxx";

	CHECK_EQ(strscpy(buf, "abc", sizeof(buf)), 3);
	CHECK_STR(buf, "abc");
	CHECK_EQ(strscpy(buf, "0123456", sizeof(buf)), 7);
	CHECK_EQ(strscpy(buf, "01234567", sizeof(buf)), -E2BIG);
	CHECK_STR(buf, "0123456");
	CHECK_EQ(strscpy(buf, "x", 0), -E2BIG);
	CHECK_STR(buf, "0123456");
	CHECK_EQ(strlcpy(buf, "0123456789", 4), 10);
	CHECK_STR(buf, "012");
	CHECK_EQ(strlcat(buf, "abcdefg", sizeof(buf)), 10);
	CHECK_STR(buf, "012abcd");
}

TEST(words_and_blanks)
{
	char line[] = "a,,b;c", spaced[] = " \t two words \n";
	char *p = line;

	CHECK_STR(strsep(&p, ",;"), "a");
	CHECK_STR(strsep(&p, ",;"), "");
	CHECK_STR(strsep(&p, ",;"), "b");
	CHECK_STR(strsep(&p, ",;"), "c");
	CHECK(strsep(&p, ",;") == NULL);
	CHECK_STR(strim(spaced), "two words");
	CHECK_STR(skip_spaces("  x "), "x ");
	CHECK(strstarts("module.ko", "mod"));
	CHECK(!strstarts("mo", "mod"));
	CHECK_STR(kbasename("a/b/c.ko"), "c.ko");
	CHECK_STR(kbasename("c.ko"), "c.ko");
	CHECK(sysfs_streq("on\n", "on"));
	CHECK(!sysfs_streq("on\n", "one"));
}

TEST(globs)
{
	CHECK(glob_match("", ""));
	CHECK(glob_match("*", ""));
	CHECK(glob_match("*", "anything"));
	CHECK(glob_match("a*c", "abcabc"));
	CHECK(glob_match("a?c", "abc"));
	CHECK(glob_match("*.k?", "hello.ko"));
	CHECK(glob_match("*a*b*", "xxaxxbxx"));
	CHECK(glob_match("*b", "bb"));
	CHECK(glob_match("*ab*ab", "aababaab"));
	CHECK(!glob_match("*ab", "aba"));
	CHECK(!glob_match("a*c", "abcab"));
	CHECK(!glob_match("a?c", "ac"));
	CHECK(!glob_match("", "a"));
	CHECK(!glob_match("abc", "ab"));
}

TEST(error_names)
{
	CHECK_STR(errname(-ENOENT), "-ENOENT");
	CHECK_STR(errname(ENOENT), "-ENOENT");
	CHECK_STR(errname(-ENOTSUPP), "-ENOTSUPP");
	CHECK(errname(0) == NULL);
	CHECK(errname(-41) == NULL);
	CHECK(errname(-100000) == NULL);
}
