// SPDX-License-Identifier: GPL-2.0
/*
 * Memory: copying, filling and comparing. Words of eight bytes where alignment allows, as
 * page-sized blocks do.
 */
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/string.h>

/* The compiler must not turn these loops back into calls of the functions they implement. */
#define __memory_loop	__attribute__((__optimize__("no-tree-loop-distribute-patterns")))

#define WORD		sizeof(unsigned long)
#define BLOCK		(4 * WORD)

/* A word that may alias anything. */
typedef unsigned long __attribute__((__may_alias__)) word_t;

static inline bool words_align(const void *a, const void *b)
{
	return (((unsigned long)a ^ (unsigned long)b) & (WORD - 1)) == 0;
}

__memory_loop void *memcpy(void *dst, const void *src, size_t n)
{
	unsigned char *d = dst;
	const unsigned char *s = src;

	if (n >= 2 * WORD && words_align(d, s)) {
		for (; !IS_ALIGNED((unsigned long)d, WORD); n--)
			*d++ = *s++;
		for (; n >= BLOCK; n -= BLOCK, d += BLOCK, s += BLOCK) {
			word_t a = ((word_t *)s)[0], b = ((word_t *)s)[1];
			word_t c = ((word_t *)s)[2], e = ((word_t *)s)[3];

			((word_t *)d)[0] = a;
			((word_t *)d)[1] = b;
			((word_t *)d)[2] = c;
			((word_t *)d)[3] = e;
		}
		for (; n >= WORD; n -= WORD, d += WORD, s += WORD)
			*(word_t *)d = *(const word_t *)s;
	}
	while (n--)
		*d++ = *s++;
	return dst;
}
EXPORT_SYMBOL(memcpy);

__memory_loop static void copy_backwards(unsigned char *d, const unsigned char *s, size_t n)
{
	d += n;
	s += n;
	if (words_align(d, s)) {
		for (; n && !IS_ALIGNED((unsigned long)d, WORD); n--)
			*--d = *--s;
		for (; n >= WORD; n -= WORD) {
			d -= WORD;
			s -= WORD;
			*(word_t *)d = *(const word_t *)s;
		}
	}
	while (n--)
		*--d = *--s;
}

/*
 * A forward memcpy() reads each block before it writes it, so it is safe whenever @dst is below
 * @src.
 */
void *memmove(void *dst, const void *src, size_t n)
{
	if ((unsigned long)dst - (unsigned long)src >= n)
		return memcpy(dst, src, n);
	copy_backwards(dst, src, n);
	return dst;
}
EXPORT_SYMBOL(memmove);

__memory_loop void *memset(void *s, int c, size_t n)
{
	unsigned char *p = s;
	word_t fill = REPEAT_BYTE((unsigned char)c);

	for (; n && !IS_ALIGNED((unsigned long)p, WORD); n--)
		*p++ = (unsigned char)c;
	for (; n >= BLOCK; n -= BLOCK, p += BLOCK) {
		((word_t *)p)[0] = fill;
		((word_t *)p)[1] = fill;
		((word_t *)p)[2] = fill;
		((word_t *)p)[3] = fill;
	}
	for (; n >= WORD; n -= WORD, p += WORD)
		*(word_t *)p = fill;
	while (n--)
		*p++ = (unsigned char)c;
	return s;
}
EXPORT_SYMBOL(memset);

int memcmp(const void *a, const void *b, size_t n)
{
	const unsigned char *x = a, *y = b;

	if (words_align(x, y) && IS_ALIGNED((unsigned long)x, WORD)) {
		for (; n >= WORD && *(const word_t *)x == *(const word_t *)y; n -= WORD) {
			x += WORD;
			y += WORD;
		}
	}
	for (; n; n--, x++, y++)
		if (*x != *y)
			return *x - *y;
	return 0;
}
EXPORT_SYMBOL(memcmp);

void *memchr(const void *s, int c, size_t n)
{
	const unsigned char *p = s;

	for (; n; n--, p++)
		if (*p == (unsigned char)c)
			return (void *)p;
	return NULL;
}
EXPORT_SYMBOL(memchr);

void *memchr_inv(const void *s, int c, size_t n)
{
	const unsigned char *p = s;
	word_t all = REPEAT_BYTE((unsigned char)c);

	for (; n && !IS_ALIGNED((unsigned long)p, WORD); n--, p++)
		if (*p != (unsigned char)c)
			return (void *)p;
	for (; n >= WORD && *(const word_t *)p == all; n -= WORD)
		p += WORD;
	for (; n; n--, p++)
		if (*p != (unsigned char)c)
			return (void *)p;
	return NULL;
}
EXPORT_SYMBOL(memchr_inv);
