/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The coarse clock: HZ jiffies a second since boot, computed from the timebase, so no tick has to
 * count them.
 */
#ifndef _LINUX_JIFFIES_H
#define _LINUX_JIFFIES_H

#include <linux/types.h>

#define HZ			100
#define MAX_JIFFY_OFFSET	((~0UL >> 1) - 1)

#define jiffies			(get_jiffies())

unsigned long get_jiffies(void);

static inline u64 get_jiffies_64(void)
{
	return get_jiffies();
}

#define time_after(a, b)	((long)((b) - (a)) < 0)
#define time_before(a, b)	time_after(b, a)
#define time_after_eq(a, b)	((long)((a) - (b)) >= 0)
#define time_before_eq(a, b)	time_after_eq(b, a)

/* Rounded up, so that waiting that long is never too short. */
static inline unsigned long msecs_to_jiffies(unsigned int m)
{
	return ((unsigned long)m * HZ + 999) / 1000;
}

static inline unsigned long usecs_to_jiffies(unsigned int u)
{
	return ((unsigned long)u * HZ + 999999) / 1000000;
}

static inline unsigned int jiffies_to_msecs(unsigned long j)
{
	return j * (1000 / HZ);
}

static inline unsigned int jiffies_to_usecs(unsigned long j)
{
	return j * (1000000 / HZ);
}

#endif
