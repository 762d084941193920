/* SPDX-License-Identifier: GPL-2.0 */
/* Hash tables of a fixed size: an array of 2^bits hlists. Locking is the caller's. */
#ifndef _LINUX_HASHTABLE_H
#define _LINUX_HASHTABLE_H

#include <linux/hash.h>
#include <linux/kernel.h>
#include <linux/list.h>

#define DECLARE_HASHTABLE(name, bits)	struct hlist_head name[1 << (bits)]
#define DEFINE_HASHTABLE(name, bits) \
	struct hlist_head name[1 << (bits)] = { [0 ... ((1 << (bits)) - 1)] = HLIST_HEAD_INIT }

#define HASH_SIZE(table)	(ARRAY_SIZE(table))
#define HASH_BITS(table)	ilog2(HASH_SIZE(table))
#define hash_min(val, bits) \
	(sizeof(val) <= 4 ? hash_32((u32)(val), bits) : hash_64((u64)(val), bits))
#define __hash_bucket(table, key)	(&(table)[hash_min(key, HASH_BITS(table))])

static inline void __hash_init(struct hlist_head *table, unsigned int size)
{
	for (unsigned int i = 0; i < size; i++)
		INIT_HLIST_HEAD(&table[i]);
}

static inline bool __hash_empty(struct hlist_head *table, unsigned int size)
{
	for (unsigned int i = 0; i < size; i++)
		if (!hlist_empty(&table[i]))
			return false;
	return true;
}

#define hash_init(table)		__hash_init(table, HASH_SIZE(table))
#define hash_empty(table)		__hash_empty(table, HASH_SIZE(table))
#define hash_add(table, node, key)	hlist_add_head(node, __hash_bucket(table, key))
#define hash_hashed(node)		(!hlist_unhashed(node))
#define hash_del(node)			hlist_del_init(node)

#define hash_for_each(table, bkt, obj, member)					\
	for ((bkt) = 0, (obj) = NULL; !(obj) && (bkt) < (int)HASH_SIZE(table); (bkt)++)	\
		hlist_for_each_entry(obj, &(table)[bkt], member)
/* @obj may be removed, and freed, in the loop. */
#define hash_for_each_safe(table, bkt, tmp, obj, member)			\
	for ((bkt) = 0, (obj) = NULL; !(obj) && (bkt) < (int)HASH_SIZE(table); (bkt)++)	\
		hlist_for_each_entry_safe(obj, tmp, &(table)[bkt], member)
#define hash_for_each_possible(table, obj, member, key) \
	hlist_for_each_entry(obj, __hash_bucket(table, key), member)
#define hash_for_each_possible_safe(table, obj, tmp, member, key) \
	hlist_for_each_entry_safe(obj, tmp, __hash_bucket(table, key), member)

#endif
