/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Arrays with gaps: entries by an index of unsigned long. Linux has a tree here; these are few entries, kept sorted in
 * one piece of memory, found by bisection, and moved to make room (lib/xarray.c, linked into each module that uses it).
 */
#ifndef _LINUX_XARRAY_H
#define _LINUX_XARRAY_H

#include <linux/err.h>
#include <linux/gfp.h>
#include <linux/limits.h>
#include <linux/spinlock.h>
#include <linux/types.h>

struct xa_slot {
	unsigned long index;
	void *entry;
};

/**
 * struct xarray - one such array
 * @xa_lock: protects it; taken with interrupts off
 * @xa_flags: XA_FLAGS_*
 * @count: of entries
 * @room: for entries
 * @slots: the entries, by index
 */
struct xarray {
	spinlock_t xa_lock;
	unsigned int xa_flags;
	unsigned int count;
	unsigned int room;
	struct xa_slot *slots;
};

struct xa_limit {
	u32 max;
	u32 min;
};

#define XA_FLAGS_LOCK_IRQ	1u
#define XA_FLAGS_LOCK_BH	2u
#define XA_FLAGS_ALLOC		4u
#define XA_FLAGS_ALLOC1		12u	/* xa_alloc() begins at 1 */

#define XA_LIMIT(_min, _max)	((struct xa_limit) { .min = (_min), .max = (_max) })
#define xa_limit_32b		XA_LIMIT(0, UINT_MAX)
#define xa_limit_31b		XA_LIMIT(0, INT_MAX)
#define xa_limit_16b		XA_LIMIT(0, U16_MAX)

#define XARRAY_INIT(name, flags) \
	{ .xa_lock = __SPIN_LOCK_UNLOCKED((name).xa_lock), .xa_flags = (flags) }
#define DEFINE_XARRAY_FLAGS(name, flags)	struct xarray name = XARRAY_INIT(name, flags)
#define DEFINE_XARRAY(name)		DEFINE_XARRAY_FLAGS(name, 0)
#define DEFINE_XARRAY_ALLOC(name)	DEFINE_XARRAY_FLAGS(name, XA_FLAGS_ALLOC)
#define DEFINE_XARRAY_ALLOC1(name)	DEFINE_XARRAY_FLAGS(name, XA_FLAGS_ALLOC1)

static inline void xa_init_flags(struct xarray *xa, unsigned int flags)
{
	*xa = (struct xarray)XARRAY_INIT(*xa, flags);
}

#define xa_init(xa)		xa_init_flags(xa, 0)
#define xa_lock(xa)		spin_lock(&(xa)->xa_lock)
#define xa_unlock(xa)		spin_unlock(&(xa)->xa_lock)

/* An error among entries: what the functions below return. No entry has an odd address or one of these. */
static inline bool xa_is_err(const void *entry)
{
	return IS_ERR(entry);
}

static inline int xa_err(void *entry)
{
	return PTR_ERR_OR_ZERO(entry);
}

/* A number up to LONG_MAX as an entry. */
static inline void *xa_mk_value(unsigned long v)
{
	return (void *)((v << 1) | 1);
}

static inline unsigned long xa_to_value(const void *entry)
{
	return (unsigned long)entry >> 1;
}

static inline bool xa_is_value(const void *entry)
{
	return (unsigned long)entry & 1;
}

static inline bool xa_empty(const struct xarray *xa)
{
	return READ_ONCE(xa->count) == 0;
}

void *xa_load(struct xarray *xa, unsigned long index);
void *xa_store(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp);
void *xa_erase(struct xarray *xa, unsigned long index);
void *xa_cmpxchg(struct xarray *xa, unsigned long index, void *old, void *entry, gfp_t gfp);
int xa_insert(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp);
int xa_alloc(struct xarray *xa, u32 *id, void *entry, struct xa_limit limit, gfp_t gfp);
void *xa_find_range(struct xarray *xa, unsigned long *index, unsigned long max);
void xa_destroy(struct xarray *xa);

/* For idr and ida, whose entries may be NULL. Return: the index in [@min, @max] that was free; -ENOMEM, -ENOSPC. */
long xa_alloc_null(struct xarray *xa, void *entry, unsigned long min, unsigned long max, gfp_t gfp);
/* Return: whether there is an entry at @index, perhaps NULL. */
bool xa_has(struct xarray *xa, unsigned long index);

/* Return: the first entry from *@index on, or behind it, up to @max, whose index *@index becomes; or NULL. */
#define xa_find(xa, index, max, filter)	xa_find_range(xa, index, max)
#define xa_find_after(xa, index, max, filter)					\
	({									\
		unsigned long *__at = (index);					\
		*__at == ULONG_MAX ? NULL : (++*__at, xa_find_range(xa, __at, max));	\
	})
#define XA_PRESENT	8u

#define xa_for_each_range(xa, index, entry, start, last)				\
	for (index = (start), entry = xa_find_range(xa, &index, last); entry;		\
	     entry = xa_find_after(xa, &index, last, XA_PRESENT))
#define xa_for_each_start(xa, index, entry, start) \
	xa_for_each_range(xa, index, entry, start, ULONG_MAX)
#define xa_for_each(xa, index, entry)	xa_for_each_start(xa, index, entry, 0)

#endif
