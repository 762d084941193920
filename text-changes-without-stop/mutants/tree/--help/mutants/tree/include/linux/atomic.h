/* SPDX-License-Identifier: GPL-2.0 */
/* Atomic counters; see asm/atomic.h for the ordering rules. */
#ifndef _LINUX_ATOMIC_H
#define _LINUX_ATOMIC_H

#include <asm/atomic.h>

typedef atomic64_t atomic_long_t;

#define ATOMIC_LONG_INIT(i)		ATOMIC64_INIT(i)
#define atomic_long_read(v)		((long)atomic64_read(v))
#define atomic_long_set(v, i)		atomic64_set(v, i)
#define atomic_long_inc(v)		atomic64_inc(v)
#define atomic_long_dec(v)		atomic64_dec(v)
#define atomic_long_add(i, v)		atomic64_add(i, v)
#define atomic_long_sub(i, v)		atomic64_sub(i, v)
#define atomic_long_inc_return(v)	((long)atomic64_inc_return(v))
#define atomic_long_dec_return(v)	((long)atomic64_dec_return(v))
#define atomic_long_add_return(i, v)	((long)atomic64_add_return(i, v))
#define atomic_long_dec_and_test(v)	atomic64_dec_and_test(v)
#define atomic_long_xchg(v, n)		((long)atomic64_xchg(v, n))
#define atomic_long_cmpxchg(v, o, n)	((long)atomic64_cmpxchg(v, o, n))

#define smp_mb__before_atomic()		smp_mb()
#define smp_mb__after_atomic()		smp_mb()

#endif
