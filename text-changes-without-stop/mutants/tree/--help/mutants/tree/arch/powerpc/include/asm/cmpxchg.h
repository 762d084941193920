/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Exchange and compare-and-exchange of 1, 2, 4 and 8 bytes. GCC's builtins emit the larx/stcx loop;
 * the barriers are written here, because Linux orders these operations fully (sync on both sides)
 * unless the name says otherwise.
 */
#ifndef _ASM_CMPXCHG_H
#define _ASM_CMPXCHG_H

#include <asm/barrier.h>

#define __xchg_order(ptr, v, order) \
	__atomic_exchange_n((ptr), (__typeof__(*(ptr)))(v), order)

#define __cmpxchg_order(ptr, old, new, order)						\
	({										\
		__typeof__(*(ptr)) __seen = (__typeof__(*(ptr)))(old);			\
											\
		__atomic_compare_exchange_n((ptr), &__seen, (__typeof__(*(ptr)))(new),	\
					    false, order, __ATOMIC_RELAXED);		\
		__seen;									\
	})

/* Run @op, unordered by itself, with a full barrier before and after. */
#define __fully_ordered(op)				\
	({						\
		__typeof__(op) __ret;			\
							\
		smp_mb();				\
		__ret = (op);				\
		smp_mb();				\
		__ret;					\
	})

#define xchg_relaxed(ptr, v)	__xchg_order(ptr, v, __ATOMIC_RELAXED)
#define xchg_acquire(ptr, v)	__xchg_order(ptr, v, __ATOMIC_ACQUIRE)
#define xchg_release(ptr, v)	__xchg_order(ptr, v, __ATOMIC_RELEASE)
#define xchg(ptr, v)		__fully_ordered(xchg_relaxed(ptr, v))

/* Store @new if *@ptr is @old. Return: what *@ptr was, so success is "returned @old". */
#define cmpxchg_relaxed(ptr, old, new)	__cmpxchg_order(ptr, old, new, __ATOMIC_RELAXED)
#define cmpxchg_acquire(ptr, old, new)	__cmpxchg_order(ptr, old, new, __ATOMIC_ACQUIRE)
#define cmpxchg_release(ptr, old, new)	__cmpxchg_order(ptr, old, new, __ATOMIC_RELEASE)
#define cmpxchg(ptr, old, new)		__fully_ordered(cmpxchg_relaxed(ptr, old, new))

/*
 * As cmpxchg(), but @oldp points to the expected value and receives the one seen. Return: true if
 * stored.
 */
#define try_cmpxchg(ptr, oldp, new)							\
	({										\
		__typeof__(*(ptr)) __want = *(oldp);					\
		__typeof__(*(ptr)) __got = cmpxchg(ptr, __want, new);			\
											\
		*(oldp) = __got;							\
		__got == __want;							\
	})

#endif
