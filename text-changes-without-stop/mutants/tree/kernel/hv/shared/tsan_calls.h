/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The functions that GCC's -fsanitize=thread calls before each access to memory, and instead of each atomic
 * operation. Outside an explored run they do nothing, respectively just the operation.
 *
 * Included once for each kind of code that is compiled so, with TSAN(name) for what they are called there, and
 * ACCESS(addr, size, how) for what is done about an access.
 */
#include <linux/compiler.h>
#include <linux/export.h>
#include <linux/types.h>

#include "access.h"

#define PLAIN(name, size, how)								\
	void name(void *p);								\
	void name(void *p)								\
	{										\
		if (unlikely(hv_exploring))						\
			ACCESS((unsigned long)p, size, how);			\
	}										\
	EXPORT_SYMBOL(name)

#define PLAIN_SIZES(prefix, how)							\
	PLAIN(TSAN(prefix##1), 1, how);						\
	PLAIN(TSAN(prefix##2), 2, how);						\
	PLAIN(TSAN(prefix##4), 4, how);						\
	PLAIN(TSAN(prefix##8), 8, how);						\
	PLAIN(TSAN(prefix##16), 16, how)

PLAIN_SIZES(read, 0);
PLAIN_SIZES(write, ACCESS_WRITE);
PLAIN_SIZES(unaligned_read, 0);
PLAIN_SIZES(unaligned_write, ACCESS_WRITE);
PLAIN_SIZES(volatile_read, ACCESS_VOLATILE);
PLAIN_SIZES(volatile_write, ACCESS_VOLATILE | ACCESS_WRITE);
PLAIN_SIZES(unaligned_volatile_read, ACCESS_VOLATILE);
PLAIN_SIZES(unaligned_volatile_write, ACCESS_VOLATILE | ACCESS_WRITE);

#define RANGE(name, how)								\
	void name(void *p, unsigned long size);						\
	void name(void *p, unsigned long size)						\
	{										\
		if (unlikely(hv_exploring))						\
			ACCESS((unsigned long)p, (unsigned int)size, how);	\
	}										\
	EXPORT_SYMBOL(name)

RANGE(TSAN(read_range), 0);
RANGE(TSAN(write_range), ACCESS_WRITE);

/* Constructors call it; nobody calls constructors. */
void TSAN(init)(void);
void TSAN(init)(void)
{
}
EXPORT_SYMBOL(TSAN(init));

#define ATOMIC_POINT(p, how)								\
	do {										\
		if (unlikely(hv_exploring))						\
			ACCESS((unsigned long)(p), sizeof(*(p)), (how) | ACCESS_ATOMIC);	\
	} while (0)

#define ATOMIC_LOAD_STORE(bits, type)							\
	type TSAN(atomic##bits##_load)(const volatile type *p, int order);		\
	type TSAN(atomic##bits##_load)(const volatile type *p, int order)		\
	{										\
		if (unlikely(hv_exploring))						\
			ACCESS((unsigned long)p, sizeof(*p), ACCESS_VOLATILE);	\
		return __atomic_load_n(p, __ATOMIC_ACQUIRE);				\
	}										\
	EXPORT_SYMBOL(TSAN(atomic##bits##_load));					\
	void TSAN(atomic##bits##_store)(volatile type *p, type v, int order);		\
	void TSAN(atomic##bits##_store)(volatile type *p, type v, int order)		\
	{										\
		ATOMIC_POINT(p, ACCESS_WRITE);						\
		__atomic_store_n(p, v, __ATOMIC_RELEASE);				\
	}										\
	EXPORT_SYMBOL(TSAN(atomic##bits##_store))

#define ATOMIC_RMW(bits, type, name, builtin)						\
	type TSAN(atomic##bits##_##name)(volatile type *p, type v, int order);		\
	type TSAN(atomic##bits##_##name)(volatile type *p, type v, int order)		\
	{										\
		ATOMIC_POINT(p, ACCESS_WRITE);						\
		return builtin(p, v, __ATOMIC_ACQ_REL);					\
	}										\
	EXPORT_SYMBOL(TSAN(atomic##bits##_##name))

#define ATOMIC_CAS(bits, type, strength)						\
	int TSAN(atomic##bits##_compare_exchange_##strength)(volatile type *p, type *old, type new,	\
							      int order, int failure);	\
	int TSAN(atomic##bits##_compare_exchange_##strength)(volatile type *p, type *old, type new,	\
							      int order, int failure)	\
	{										\
		ATOMIC_POINT(p, ACCESS_WRITE);						\
		return __atomic_compare_exchange_n(p, old, new, false, __ATOMIC_ACQ_REL, __ATOMIC_RELAXED);	\
	}										\
	EXPORT_SYMBOL(TSAN(atomic##bits##_compare_exchange_##strength))

#define ATOMICS(bits, type)								\
	ATOMIC_LOAD_STORE(bits, type);							\
	ATOMIC_RMW(bits, type, exchange, __atomic_exchange_n);				\
	ATOMIC_RMW(bits, type, fetch_add, __atomic_fetch_add);				\
	ATOMIC_RMW(bits, type, fetch_sub, __atomic_fetch_sub);				\
	ATOMIC_RMW(bits, type, fetch_and, __atomic_fetch_and);				\
	ATOMIC_RMW(bits, type, fetch_or, __atomic_fetch_or);				\
	ATOMIC_RMW(bits, type, fetch_xor, __atomic_fetch_xor);				\
	ATOMIC_CAS(bits, type, strong);							\
	ATOMIC_CAS(bits, type, weak)

ATOMICS(8, u8);
ATOMICS(16, u16);
ATOMICS(32, u32);
ATOMICS(64, u64);
