/* SPDX-License-Identifier: GPL-2.0 */
/*
 * atomic_t and atomic64_t with Linux's ordering rules: operations that return nothing are
 * unordered, operations that return a value are fully ordered, and _relaxed, _acquire, _release say
 * otherwise. A conditional operation that fails orders nothing.
 */
#ifndef _ASM_ATOMIC_H
#define _ASM_ATOMIC_H

#include <asm/cmpxchg.h>
#include <linux/types.h>

#define ATOMIC_INIT(i)		{ (i) }
#define ATOMIC64_INIT(i)	{ (i) }

/*
 * The operations that compute from the old value: one without a result, one returning the new, one
 * the old.
 */
#define __ATOMIC_OP(prefix, atomic, type, op)						\
static inline void prefix##_##op(type i, atomic *v)					\
{											\
	__atomic_fetch_##op(&v->counter, i, __ATOMIC_RELAXED);				\
}

#define __ATOMIC_FETCH(prefix, atomic, type, op)					\
static inline type prefix##_fetch_##op##_relaxed(type i, atomic *v)			\
{											\
	return __atomic_fetch_##op(&v->counter, i, __ATOMIC_RELAXED);			\
}											\
static inline type prefix##_fetch_##op(type i, atomic *v)				\
{											\
	return __fully_ordered(prefix##_fetch_##op##_relaxed(i, v));			\
}

#define __ATOMIC_RETURN(prefix, atomic, type, op)					\
static inline type prefix##_##op##_return_relaxed(type i, atomic *v)			\
{											\
	return __atomic_##op##_fetch(&v->counter, i, __ATOMIC_RELAXED);			\
}											\
static inline type prefix##_##op##_return_acquire(type i, atomic *v)			\
{											\
	return __atomic_##op##_fetch(&v->counter, i, __ATOMIC_ACQUIRE);			\
}											\
static inline type prefix##_##op##_return_release(type i, atomic *v)			\
{											\
	return __atomic_##op##_fetch(&v->counter, i, __ATOMIC_RELEASE);			\
}											\
static inline type prefix##_##op##_return(type i, atomic *v)				\
{											\
	return __fully_ordered(prefix##_##op##_return_relaxed(i, v));			\
}

#define __ATOMIC_DEFINE(prefix, atomic, type)						\
static inline type prefix##_read(const atomic *v)					\
{											\
	return READ_ONCE(v->counter);							\
}											\
static inline type prefix##_read_acquire(const atomic *v)				\
{											\
	return __atomic_load_n(&v->counter, __ATOMIC_ACQUIRE);				\
}											\
static inline void prefix##_set(atomic *v, type i)					\
{											\
	WRITE_ONCE(v->counter, i);							\
}											\
static inline void prefix##_set_release(atomic *v, type i)				\
{											\
	smp_store_release(&v->counter, i);						\
}											\
__ATOMIC_OP(prefix, atomic, type, add)							\
__ATOMIC_OP(prefix, atomic, type, sub)							\
__ATOMIC_OP(prefix, atomic, type, and)							\
__ATOMIC_OP(prefix, atomic, type, or)							\
__ATOMIC_OP(prefix, atomic, type, xor)							\
__ATOMIC_FETCH(prefix, atomic, type, add)						\
__ATOMIC_FETCH(prefix, atomic, type, sub)						\
__ATOMIC_FETCH(prefix, atomic, type, and)						\
__ATOMIC_FETCH(prefix, atomic, type, or)						\
__ATOMIC_FETCH(prefix, atomic, type, xor)						\
__ATOMIC_RETURN(prefix, atomic, type, add)						\
__ATOMIC_RETURN(prefix, atomic, type, sub)						\
static inline void prefix##_inc(atomic *v)						\
{											\
	prefix##_add(1, v);								\
}											\
static inline void prefix##_dec(atomic *v)						\
{											\
	prefix##_sub(1, v);								\
}											\
static inline type prefix##_inc_return(atomic *v)					\
{											\
	return prefix##_add_return(1, v);						\
}											\
static inline type prefix##_dec_return(atomic *v)					\
{											\
	return prefix##_sub_return(1, v);						\
}											\
static inline bool prefix##_inc_and_test(atomic *v)					\
{											\
	return prefix##_inc_return(v) == 0;						\
}											\
static inline bool prefix##_dec_and_test(atomic *v)					\
{											\
	return prefix##_dec_return(v) == 0;						\
}											\
static inline bool prefix##_sub_and_test(type i, atomic *v)				\
{											\
	return prefix##_sub_return(i, v) == 0;						\
}											\
static inline bool prefix##_add_negative(type i, atomic *v)				\
{											\
	return prefix##_add_return(i, v) < 0;						\
}											\
static inline type prefix##_xchg(atomic *v, type new)					\
{											\
	return xchg(&v->counter, new);							\
}											\
static inline type prefix##_cmpxchg(atomic *v, type old, type new)			\
{											\
	return cmpxchg(&v->counter, old, new);						\
}											\
static inline bool prefix##_try_cmpxchg(atomic *v, type *old, type new)			\
{											\
	return try_cmpxchg(&v->counter, old, new);					\
}											\
/* Add @a unless the value is @u. Return: the old value. */				\
static inline type prefix##_fetch_add_unless(atomic *v, type a, type u)			\
{											\
	type old = prefix##_read(v);							\
											\
	while (old != u && !prefix##_try_cmpxchg(v, &old, old + a))			\
		;									\
	return old;									\
}											\
static inline bool prefix##_add_unless(atomic *v, type a, type u)			\
{											\
	return prefix##_fetch_add_unless(v, a, u) != u;					\
}											\
static inline bool prefix##_inc_not_zero(atomic *v)					\
{											\
	return prefix##_add_unless(v, 1, 0);						\
}											\
/* Decrement unless that would go below zero. Return: the new value, negative if left alone. */	\
static inline type prefix##_dec_if_positive(atomic *v)					\
{											\
	type old = prefix##_read(v);							\
											\
	while (old > 0 && !prefix##_try_cmpxchg(v, &old, old - 1))			\
		;									\
	return old - 1;									\
}

__ATOMIC_DEFINE(atomic, atomic_t, int)
__ATOMIC_DEFINE(atomic64, atomic64_t, s64)

#endif
