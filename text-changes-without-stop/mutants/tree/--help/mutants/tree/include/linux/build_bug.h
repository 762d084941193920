/* SPDX-License-Identifier: GPL-2.0 */
/* Assertions the compiler checks. */
#ifndef _LINUX_BUILD_BUG_H
#define _LINUX_BUILD_BUG_H

#include <linux/compiler.h>

/* static_assert(expr) or static_assert(expr, "message"), at file scope or in a block. */
#ifndef static_assert
#define static_assert(expr, ...)	__static_assert(expr, ##__VA_ARGS__, #expr)
#define __static_assert(expr, msg, ...)	_Static_assert(expr, msg)
#endif

#define BUILD_BUG_ON_ZERO(e)		((int)(sizeof(struct { int : (-!!(e)); })))

/* Unlike static_assert, the condition may be anything the optimiser can decide. */
#define __compiletime_assert(cond, msg, fn) do {				\
		__attribute__((__noreturn__, __error__(msg))) extern void fn(void); \
		if (!(cond))							\
			fn();							\
	} while (0)
#define BUILD_BUG_ON_MSG(cond, msg) \
	__compiletime_assert(!(cond), msg, __UNIQUE_ID(build_bug_on_))
#define BUILD_BUG_ON(cond)		BUILD_BUG_ON_MSG(cond, "BUILD_BUG_ON failed: " #cond)
#define BUILD_BUG()			BUILD_BUG_ON_MSG(1, "BUILD_BUG failed")

#endif
