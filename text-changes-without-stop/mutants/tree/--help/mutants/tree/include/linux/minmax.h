/* SPDX-License-Identifier: GPL-2.0 */
/* Smaller, larger, in between: each argument is evaluated once, and mixing types is a warning. */
#ifndef _LINUX_MINMAX_H
#define _LINUX_MINMAX_H

#include <linux/compiler.h>

#define __minmax(x, y, op, a, b) ({		\
	__typeof__(x) a = (x);			\
	__typeof__(y) b = (y);			\
	(void)(&a == &b);			\
	a op b ? a : b; })

#define min(x, y)	__minmax(x, y, <, __UNIQUE_ID(min_x), __UNIQUE_ID(min_y))
#define max(x, y)	__minmax(x, y, >, __UNIQUE_ID(max_x), __UNIQUE_ID(max_y))
#define min3(x, y, z)	min((__typeof__(x))min(x, y), z)
#define max3(x, y, z)	max((__typeof__(x))max(x, y), z)
#define min_t(type, x, y)	min((type)(x), (type)(y))
#define max_t(type, x, y)	max((type)(x), (type)(y))

#define clamp(val, lo, hi)		min((__typeof__(val))max(val, lo), hi)
#define clamp_t(type, val, lo, hi)	min_t(type, max_t(type, val, lo), hi)

#define swap(a, b) \
	do { __typeof__(a) __tmp = (a); (a) = (b); (b) = __tmp; } while (0)

#endif
