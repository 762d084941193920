/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Random numbers from the kernel's own source, seeded by the clock: different in each boot, except
 * with -icount, and good enough for anything but secrets. Context: any.
 */
#ifndef _LINUX_RANDOM_H
#define _LINUX_RANDOM_H

#include <linux/prandom.h>
#include <linux/types.h>

u64 get_random_u64(void);
void get_random_bytes(void *buf, size_t len);

static inline u32 get_random_u32(void)
{
	return (u32)(get_random_u64() >> 32);
}

#define get_random_u16()	((u16)get_random_u32())
#define get_random_u8()		((u8)get_random_u32())
#define get_random_int()	((unsigned int)get_random_u32())
#define get_random_long()	((unsigned long)get_random_u64())
#define prandom_u32()		get_random_u32()

/* Return: a number in [0, @ceil); 0 if @ceil is 0. */
static inline u32 get_random_u32_below(u32 ceil)
{
	return (u32)(((u64)get_random_u32() * ceil) >> 32);
}

#define prandom_u32_max(ceil)			get_random_u32_below(ceil)
#define get_random_u32_inclusive(lo, hi)	((lo) + get_random_u32_below((hi) - (lo) + 1))

#endif
