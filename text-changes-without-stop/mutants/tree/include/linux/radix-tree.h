/* SPDX-License-Identifier: GPL-2.0 */
/* The older way to use an array with gaps. Here, too, the user has a lock of his own around changes. */
#ifndef _LINUX_RADIX_TREE_H
#define _LINUX_RADIX_TREE_H

#include <linux/errno.h>
#include <linux/xarray.h>

#define radix_tree_root			xarray

#define RADIX_TREE_INIT(name, gfp)	XARRAY_INIT(name, 0)
#define RADIX_TREE(name, gfp)		struct radix_tree_root name = RADIX_TREE_INIT(name, gfp)
#define INIT_RADIX_TREE(root, gfp)	xa_init(root)

#define radix_tree_preload(gfp)		({ preempt_disable(); 0; })
#define radix_tree_preload_end()	preempt_enable()

/* Return: 0, -EEXIST, -ENOMEM. Context: any. */
static inline int radix_tree_insert(struct radix_tree_root *root, unsigned long index, void *item)
{
	int err = xa_insert(root, index, item, GFP_ATOMIC);

	return err == -EBUSY ? -EEXIST : err;
}

#define radix_tree_lookup(root, index)	xa_load(root, index)
#define radix_tree_delete(root, index)	xa_erase(root, index)
#define radix_tree_empty(root)		xa_empty(root)

/* The first @max_items items from @first on. Return: how many there were. */
static inline unsigned int radix_tree_gang_lookup(struct radix_tree_root *root, void **results,
						  unsigned long first, unsigned int max_items)
{
	unsigned long index;
	unsigned int n = 0;
	void *item;

	xa_for_each_start(root, index, item, first) {
		if (n == max_items)
			break;
		results[n++] = item;
	}
	return n;
}

#endif
