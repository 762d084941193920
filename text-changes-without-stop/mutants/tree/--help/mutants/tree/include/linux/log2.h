/* SPDX-License-Identifier: GPL-2.0 */
/* Powers of two. */
#ifndef _LINUX_LOG2_H
#define _LINUX_LOG2_H

#include <linux/bitops.h>
#include <linux/types.h>

/* Usable in constant expressions too, as GCC folds the builtin. @n must not be 0. */
#define ilog2(n)		(63 - __builtin_clzll(n))
#define is_power_of_2(n)	__is_power_of_2(n)
#define order_base_2(n)		__order_base_2(n)

static inline __attribute__((__const__)) bool __is_power_of_2(unsigned long n)
{
	return n != 0 && (n & (n - 1)) == 0;
}

/* The smallest k with 2^k >= @n. */
static inline __attribute__((__const__)) int __order_base_2(unsigned long n)
{
	return n > 1 ? ilog2(n - 1) + 1 : 0;
}

static inline unsigned long roundup_pow_of_two(unsigned long n)
{
	return 1UL << __order_base_2(n);
}

static inline unsigned long rounddown_pow_of_two(unsigned long n)
{
	return 1UL << ilog2(n);
}

#endif
