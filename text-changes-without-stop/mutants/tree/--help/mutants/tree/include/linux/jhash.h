/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Hashes for tables: Bob Jenkins's lookup3 (burtleburtle.net/bob/c/lookup3.c), with the starting values Linux gives it,
 * so that the results are Linux's on a machine of this byte order.
 */
#ifndef _LINUX_JHASH_H
#define _LINUX_JHASH_H

#include <linux/bitops.h>
#include <linux/string.h>
#include <linux/types.h>

#define JHASH_INITVAL	0xdeadbeef

/* Three words in which all that was added so far has left its mark. */
struct jhash_state {
	u32 a, b, c;
};

static inline struct jhash_state __jhash_start(u32 initval)
{
	return (struct jhash_state) { initval, initval, initval };
}

static inline void __jhash_mix(struct jhash_state *s)
{
	static const u8 turns[] = { 4, 6, 8, 16, 19, 4 };
	u32 a = s->a, b = s->b, c = s->c, next;

	for (unsigned int i = 0; i < sizeof(turns); i++) {
		next = (a - c) ^ rol32(c, turns[i]);
		c += b;
		/* What was b is the next to be changed. */
		a = b;
		b = c;
		c = next;
	}
	s->a = a;
	s->b = b;
	s->c = c;
}

static inline u32 __jhash_final(struct jhash_state s)
{
	u32 a = s.a, b = s.b, c = s.c;

	c = (c ^ b) - rol32(b, 14);
	a = (a ^ c) - rol32(c, 11);
	b = (b ^ a) - rol32(a, 25);
	c = (c ^ b) - rol32(b, 16);
	a = (a ^ c) - rol32(c, 4);
	b = (b ^ a) - rol32(a, 14);
	return (c ^ b) - rol32(b, 24);
}

/* Of up to 12 bytes at @p: those that are missing are 0. */
static inline u32 __jhash_word(const u8 *p, u32 length, u32 at)
{
	u32 word = 0;

	for (u32 i = 0; i < 4 && at + i < length; i++)
		word |= (u32)p[at + i] << 8 * i;
	return word;
}

/* Of @length bytes. */
static inline u32 jhash(const void *key, u32 length, u32 initval)
{
	struct jhash_state s = __jhash_start(JHASH_INITVAL + length + initval);
	const u8 *p = key;
	u32 words[3];

	for (; length > 12; length -= 12, p += 12) {
		memcpy(words, p, sizeof(words));
		s.a += words[0];
		s.b += words[1];
		s.c += words[2];
		__jhash_mix(&s);
	}
	if (!length)
		return s.c;
	s.a += __jhash_word(p, length, 0);
	s.b += __jhash_word(p, length, 4);
	s.c += __jhash_word(p, length, 8);
	return __jhash_final(s);
}

/* Of @length words. */
static inline u32 jhash2(const u32 *k, u32 length, u32 initval)
{
	struct jhash_state s = __jhash_start(JHASH_INITVAL + (length << 2) + initval);

	for (; length > 3; length -= 3, k += 3) {
		s.a += k[0];
		s.b += k[1];
		s.c += k[2];
		__jhash_mix(&s);
	}
	if (!length)
		return s.c;
	s.a += k[0];
	s.b += length > 1 ? k[1] : 0;
	s.c += length > 2 ? k[2] : 0;
	return __jhash_final(s);
}

static inline u32 __jhash_nwords(u32 a, u32 b, u32 c, u32 initval)
{
	return __jhash_final((struct jhash_state) { a + initval, b + initval, c + initval });
}

static inline u32 jhash_3words(u32 a, u32 b, u32 c, u32 initval)
{
	return __jhash_nwords(a, b, c, initval + JHASH_INITVAL + (3 << 2));
}

static inline u32 jhash_2words(u32 a, u32 b, u32 initval)
{
	return __jhash_nwords(a, b, 0, initval + JHASH_INITVAL + (2 << 2));
}

static inline u32 jhash_1word(u32 a, u32 initval)
{
	return __jhash_nwords(a, 0, 0, initval + JHASH_INITVAL + (1 << 2));
}

#endif
