/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Bits in arrays of unsigned long. Bit n is bit n % 64, counted from the least significant, of word
 * n / 64. set_bit(), clear_bit() and change_bit() are atomic and unordered; the test_and_ forms are
 * atomic and fully ordered; names that start with __ are neither.
 */
#ifndef _ASM_BITOPS_H
#define _ASM_BITOPS_H

#include <asm/cmpxchg.h>
#include <linux/types.h>

#define BITS_PER_LONG		64
#define BIT_MASK(nr)		(1UL << ((nr) % BITS_PER_LONG))
#define BIT_WORD(nr)		((nr) / BITS_PER_LONG)

static inline void set_bit(unsigned long nr, volatile unsigned long *addr)
{
	__atomic_fetch_or(addr + BIT_WORD(nr), BIT_MASK(nr), __ATOMIC_RELAXED);
}

static inline void clear_bit(unsigned long nr, volatile unsigned long *addr)
{
	__atomic_fetch_and(addr + BIT_WORD(nr), ~BIT_MASK(nr), __ATOMIC_RELAXED);
}

static inline void change_bit(unsigned long nr, volatile unsigned long *addr)
{
	__atomic_fetch_xor(addr + BIT_WORD(nr), BIT_MASK(nr), __ATOMIC_RELAXED);
}

static inline bool test_bit(unsigned long nr, const volatile unsigned long *addr)
{
	return (addr[BIT_WORD(nr)] >> (nr % BITS_PER_LONG)) & 1;
}

static inline bool test_and_set_bit(unsigned long nr, volatile unsigned long *addr)
{
	volatile unsigned long *p = addr + BIT_WORD(nr);
	unsigned long mask = BIT_MASK(nr);

	return __fully_ordered(__atomic_fetch_or(p, mask, __ATOMIC_RELAXED)) & mask;
}

static inline bool test_and_clear_bit(unsigned long nr, volatile unsigned long *addr)
{
	volatile unsigned long *p = addr + BIT_WORD(nr);
	unsigned long mask = BIT_MASK(nr);

	return __fully_ordered(__atomic_fetch_and(p, ~mask, __ATOMIC_RELAXED)) & mask;
}

static inline bool test_and_change_bit(unsigned long nr, volatile unsigned long *addr)
{
	volatile unsigned long *p = addr + BIT_WORD(nr);
	unsigned long mask = BIT_MASK(nr);

	return __fully_ordered(__atomic_fetch_xor(p, mask, __ATOMIC_RELAXED)) & mask;
}

/* As a lock bit: the _lock form acquires, clear_bit_unlock() releases. */
static inline bool test_and_set_bit_lock(unsigned long nr, volatile unsigned long *addr)
{
	unsigned long mask = BIT_MASK(nr);

	return __atomic_fetch_or(addr + BIT_WORD(nr), mask, __ATOMIC_ACQUIRE) & mask;
}

static inline void clear_bit_unlock(unsigned long nr, volatile unsigned long *addr)
{
	__atomic_fetch_and(addr + BIT_WORD(nr), ~BIT_MASK(nr), __ATOMIC_RELEASE);
}

static inline void __set_bit(unsigned long nr, volatile unsigned long *addr)
{
	addr[BIT_WORD(nr)] |= BIT_MASK(nr);
}

static inline void __clear_bit(unsigned long nr, volatile unsigned long *addr)
{
	addr[BIT_WORD(nr)] &= ~BIT_MASK(nr);
}

static inline bool __test_and_set_bit(unsigned long nr, volatile unsigned long *addr)
{
	bool old = test_bit(nr, addr);

	__set_bit(nr, addr);
	return old;
}

static inline bool __test_and_clear_bit(unsigned long nr, volatile unsigned long *addr)
{
	bool old = test_bit(nr, addr);

	__clear_bit(nr, addr);
	return old;
}

/* The number of the lowest set bit; undefined for 0. */
static inline unsigned long __ffs(unsigned long word)
{
	return __builtin_ctzl(word);
}

/* The number of the highest set bit; undefined for 0. */
static inline unsigned long __fls(unsigned long word)
{
	return BITS_PER_LONG - 1 - __builtin_clzl(word);
}

/* The number of the lowest clear bit; undefined for ~0. */
static inline unsigned long ffz(unsigned long word)
{
	return __ffs(~word);
}

/* Counted from 1, and 0 if no bit is set. */
static inline int ffs(int x)
{
	return __builtin_ffs(x);
}

static inline int fls(unsigned int x)
{
	return x ? 32 - __builtin_clz(x) : 0;
}

static inline int fls64(u64 x)
{
	return x ? 64 - __builtin_clzll(x) : 0;
}

#endif
