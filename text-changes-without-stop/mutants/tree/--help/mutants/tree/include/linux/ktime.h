/* SPDX-License-Identifier: GPL-2.0 */
/* The fine clock: nanoseconds since the kernel was entered, the same on every CPU. */
#ifndef _LINUX_KTIME_H
#define _LINUX_KTIME_H

#include <linux/types.h>

#define NSEC_PER_SEC	1000000000L
#define NSEC_PER_MSEC	1000000L
#define NSEC_PER_USEC	1000L
#define USEC_PER_SEC	1000000L
#define USEC_PER_MSEC	1000L
#define MSEC_PER_SEC	1000L

typedef s64 ktime_t;

u64 ktime_get_ns(void);

static inline ktime_t ktime_get(void)
{
	return ktime_get_ns();
}

static inline u64 local_clock(void)
{
	return ktime_get_ns();
}

static inline u64 sched_clock(void)
{
	return ktime_get_ns();
}

/*
 * Timebase ticks to nanoseconds, rounded down, and back, rounded up: neither overflows within 64
 * bits of result.
 */
u64 tb_to_ns(u64 ticks);
u64 ns_to_tb(u64 ns);

static inline ktime_t ktime_set(s64 secs, unsigned long nsecs)
{
	return secs * NSEC_PER_SEC + (s64)nsecs;
}

static inline int ktime_compare(ktime_t a, ktime_t b)
{
	return a < b ? -1 : a > b;
}

#define ktime_to_ns(kt)		(kt)
#define ktime_to_us(kt)		((kt) / NSEC_PER_USEC)
#define ktime_to_ms(kt)		((kt) / NSEC_PER_MSEC)
#define ns_to_ktime(ns)		((ktime_t)(ns))
#define us_to_ktime(us)		((ktime_t)(us) * NSEC_PER_USEC)
#define ms_to_ktime(ms)		((ktime_t)(ms) * NSEC_PER_MSEC)
#define ktime_add(a, b)		((a) + (b))
#define ktime_sub(a, b)		((a) - (b))
#define ktime_add_ns(kt, ns)	((kt) + (s64)(ns))
#define ktime_add_us(kt, us)	((kt) + (s64)(us) * NSEC_PER_USEC)
#define ktime_add_ms(kt, ms)	((kt) + (s64)(ms) * NSEC_PER_MSEC)
#define ktime_after(a, b)	((a) > (b))
#define ktime_before(a, b)	((a) < (b))
#define ktime_sub_ns(kt, ns)	((kt) - (s64)(ns))
#define ktime_us_delta(a, b)	ktime_to_us(ktime_sub(a, b))
#define ktime_ms_delta(a, b)	ktime_to_ms(ktime_sub(a, b))

#endif
