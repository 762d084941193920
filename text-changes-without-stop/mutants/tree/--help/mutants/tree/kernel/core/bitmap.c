// SPDX-License-Identifier: GPL-2.0
/*
 * Arrays of bits: see <linux/bitmap.h>. Bits past the end of a map are never looked at, and may be
 * anything.
 */
#include <linux/bitmap.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/string.h>

/* Find a bit that is set in map ^ @invert. */
static unsigned long find_next(const unsigned long *map, unsigned long size, unsigned long start,
			       unsigned long invert)
{
	unsigned long i, word;

	if (start >= size)
		return size;
	i = BIT_WORD(start);
	word = (map[i] ^ invert) & (~0UL << (start % BITS_PER_LONG));
	while (!word) {
		if (++i * BITS_PER_LONG >= size)
			return size;
		word = map[i] ^ invert;
	}
	return min(i * BITS_PER_LONG + __ffs(word), size);
}

unsigned long find_next_bit(const unsigned long *map, unsigned long size, unsigned long start)
{
	return find_next(map, size, start, 0);
}
EXPORT_SYMBOL(find_next_bit);

unsigned long find_next_zero_bit(const unsigned long *map, unsigned long size, unsigned long start)
{
	return find_next(map, size, start, ~0UL);
}
EXPORT_SYMBOL(find_next_zero_bit);

/* The bits of word @i that belong to a map of @size bits. */
static unsigned long word_mask(unsigned long i, unsigned long size)
{
	unsigned long left = size - i * BITS_PER_LONG;

	return left < BITS_PER_LONG ? (1UL << left) - 1 : ~0UL;
}

unsigned long find_last_bit(const unsigned long *map, unsigned long size)
{
	unsigned long i, word;

	for (i = BITS_TO_LONGS(size); i--; ) {
		word = map[i] & word_mask(i, size);
		if (word)
			return i * BITS_PER_LONG + __fls(word);
	}
	return size;
}
EXPORT_SYMBOL(find_last_bit);

/* The bits of word @i that lie in [@start, @end), for a word that the range touches. */
static unsigned long range_mask(unsigned long i, unsigned int start, unsigned int end)
{
	unsigned long mask = word_mask(i, end);

	return BIT_WORD(start) == i ? mask & (~0UL << (start % BITS_PER_LONG)) : mask;
}

void bitmap_set(unsigned long *map, unsigned int start, unsigned int n)
{
	unsigned long i;

	for (i = BIT_WORD(start); i < BITS_TO_LONGS(start + n) && n; i++)
		map[i] |= range_mask(i, start, start + n);
}
EXPORT_SYMBOL(bitmap_set);

void bitmap_clear(unsigned long *map, unsigned int start, unsigned int n)
{
	unsigned long i;

	for (i = BIT_WORD(start); i < BITS_TO_LONGS(start + n) && n; i++)
		map[i] &= ~range_mask(i, start, start + n);
}
EXPORT_SYMBOL(bitmap_clear);

void bitmap_zero(unsigned long *map, unsigned int nbits)
{
	memset(map, 0, BITS_TO_LONGS(nbits) * sizeof(long));
}
EXPORT_SYMBOL(bitmap_zero);

void bitmap_fill(unsigned long *map, unsigned int nbits)
{
	memset(map, 0xff, BITS_TO_LONGS(nbits) * sizeof(long));
}
EXPORT_SYMBOL(bitmap_fill);

void bitmap_copy(unsigned long *dst, const unsigned long *src, unsigned int nbits)
{
	memcpy(dst, src, BITS_TO_LONGS(nbits) * sizeof(long));
}
EXPORT_SYMBOL(bitmap_copy);

bool bitmap_empty(const unsigned long *map, unsigned int nbits)
{
	return find_first_bit(map, nbits) == nbits;
}
EXPORT_SYMBOL(bitmap_empty);

bool bitmap_full(const unsigned long *map, unsigned int nbits)
{
	return find_first_zero_bit(map, nbits) == nbits;
}
EXPORT_SYMBOL(bitmap_full);

bool bitmap_equal(const unsigned long *a, const unsigned long *b, unsigned int nbits)
{
	unsigned long i;

	for (i = 0; i < BITS_TO_LONGS(nbits); i++)
		if ((a[i] ^ b[i]) & word_mask(i, nbits))
			return false;
	return true;
}
EXPORT_SYMBOL(bitmap_equal);

unsigned int bitmap_weight(const unsigned long *map, unsigned int nbits)
{
	unsigned int weight = 0;
	unsigned long i;

	for (i = 0; i < BITS_TO_LONGS(nbits); i++)
		weight += hweight_long(map[i] & word_mask(i, nbits));
	return weight;
}
EXPORT_SYMBOL(bitmap_weight);

unsigned long bitmap_find_next_zero_area(unsigned long *map, unsigned long size,
					 unsigned long start, unsigned int n,
					 unsigned long align_mask)
{
	unsigned long end, next;

	for (;;) {
		start = find_next_zero_bit(map, size, start);
		start = __ALIGN_MASK(start, align_mask);
		end = start + n;
		if (end > size)
			return end;
		next = find_next_bit(map, end, start);
		if (next == end)
			return start;
		start = next + 1;
	}
}
EXPORT_SYMBOL(bitmap_find_next_zero_area);
