/* SPDX-License-Identifier: GPL-2.0 */
/* The clocks by their many names. All count from boot: nobody asks the machine for the date. */
#ifndef _LINUX_TIMEKEEPING_H
#define _LINUX_TIMEKEEPING_H

#include <linux/ktime.h>

typedef s64 time64_t;

struct timespec64 {
	time64_t tv_sec;
	long tv_nsec;
};

static inline struct timespec64 ns_to_timespec64(s64 ns)
{
	return (struct timespec64) { ns / NSEC_PER_SEC, ns % NSEC_PER_SEC };
}

#define ktime_to_timespec64(kt)		ns_to_timespec64(kt)
#define timespec64_to_ns(ts)		((ts)->tv_sec * NSEC_PER_SEC + (ts)->tv_nsec)
#define timespec64_sub(a, b) \
	ns_to_timespec64(timespec64_to_ns(&(a)) - timespec64_to_ns(&(b)))

#define ktime_get_boottime()		ktime_get()
#define ktime_get_real()		ktime_get()
#define ktime_get_raw()			ktime_get()
#define ktime_get_boottime_ns()		ktime_get_ns()
#define ktime_get_real_ns()		ktime_get_ns()
#define ktime_get_raw_ns()		ktime_get_ns()
#define ktime_get_seconds()		((time64_t)(ktime_get_ns() / NSEC_PER_SEC))
#define ktime_get_boottime_seconds()	ktime_get_seconds()
#define ktime_get_real_seconds()	ktime_get_seconds()
#define ktime_get_ts64(ts)		do { *(ts) = ns_to_timespec64(ktime_get_ns()); } while (0)
#define ktime_get_real_ts64(ts)		ktime_get_ts64(ts)
#define ktime_get_boottime_ts64(ts)	ktime_get_ts64(ts)

#endif
