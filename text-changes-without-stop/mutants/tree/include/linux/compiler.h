/* SPDX-License-Identifier: GPL-2.0 */
/* What GCC can be told about code and data, under the names Linux gave it. */
#ifndef _LINUX_COMPILER_H
#define _LINUX_COMPILER_H

#define likely(x)		__builtin_expect(!!(x), 1)
#define unlikely(x)		__builtin_expect(!!(x), 0)
#define barrier()		__asm__ __volatile__("" : : : "memory")
#define unreachable()		__builtin_unreachable()

/* glibc has one too, in programs of the host that include both. */
#undef __always_inline
#define __always_inline		inline __attribute__((__always_inline__))
#define noinline		__attribute__((__noinline__))
/* Without a function entry site (linux/ftrace.h). */
#define notrace			__attribute__((__no_instrument_function__))
#define __noreturn		__attribute__((__noreturn__))
#define __packed		__attribute__((__packed__))
#define __aligned(n)		__attribute__((__aligned__(n)))
#define __section(s)		__attribute__((__section__(s)))
#define __used			__attribute__((__used__))
#define __unused		__attribute__((__unused__))
#define __maybe_unused		__attribute__((__unused__))
#define __always_unused		__attribute__((__unused__))
#define __must_check		__attribute__((__warn_unused_result__))
#define __weak			__attribute__((__weak__))
#define __visible		__attribute__((__externally_visible__))
#define __pure			__attribute__((__pure__))
#define __cold			__attribute__((__cold__))
#define __printf(f, a)		__attribute__((__format__(__printf__, f, a)))
#define fallthrough		__attribute__((__fallthrough__))

#define asmlinkage
#define __user
#define __iomem
#define __force
#define __rcu
#define __percpu
#define __kernel
#define __acquires(x)
#define __releases(x)
#define __must_hold(x)

#define __ro_after_init		__section(".data..ro_after_init")
#define __read_mostly		__section(".data..read_mostly")

/* One access, exactly as wide as written: not torn, not repeated, not invented by the compiler. */
#define READ_ONCE(x)		(*(const volatile __typeof__(x) *)&(x))
#define ACCESS_ONCE(x)		(*(volatile __typeof__(x) *)&(x))
#define WRITE_ONCE(x, val)	do { *(volatile __typeof__(x) *)&(x) = (val); } while (0)

#define __same_type(a, b)	__builtin_types_compatible_p(__typeof__(a), __typeof__(b))
#define __stringify_1(x...)	#x
#define __stringify(x...)	__stringify_1(x)
#define ___PASTE(a, b)		a##b
#define __PASTE(a, b)		___PASTE(a, b)
#define __UNIQUE_ID(prefix)	__PASTE(__PASTE(__UNIQUE_ID_, prefix), __COUNTER__)

#endif
