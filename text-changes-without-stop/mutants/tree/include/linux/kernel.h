/* SPDX-License-Identifier: GPL-2.0 */
/* What nearly every file wants: sizes, rounding, min and max, printk, formatting. */
#ifndef _LINUX_KERNEL_H
#define _LINUX_KERNEL_H

#include <linux/align.h>
#include <linux/build_bug.h>
#include <linux/compiler.h>
#include <linux/container_of.h>
#include <linux/err.h>
#include <linux/kstrtox.h>
#include <linux/limits.h>
#include <linux/log2.h>
#include <linux/math.h>
#include <linux/minmax.h>
#include <linux/printk.h>
#include <linux/sprintf.h>
#include <linux/stdarg.h>
#include <linux/types.h>
#include <stopgap/lockdep.h>

#define __must_be_array(a)	BUILD_BUG_ON_ZERO(__same_type((a), &(a)[0]))
#define ARRAY_SIZE(arr)		(sizeof(arr) / sizeof((arr)[0]) + __must_be_array(arr))
#define sizeof_field(type, member)	sizeof(((type *)0)->member)
#define offsetofend(type, member)	(offsetof(type, member) + sizeof_field(type, member))

#define upper_32_bits(n)	((u32)((u64)(n) >> 32))
#define lower_32_bits(n)	((u32)(n))

#define REPEAT_BYTE(x)		((~0UL / 0xff) * (x))

/* Said by whatever may sleep, so that a caller that must not is found even when it does not. */
#define might_sleep()		do { lockdep_might_sleep(); __might_sleep(); } while (0)
void __might_sleep(void);

#endif
