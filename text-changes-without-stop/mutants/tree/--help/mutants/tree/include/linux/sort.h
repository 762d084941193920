/* SPDX-License-Identifier: GPL-2.0 */
/* Sorting of arrays: in place, n log n in the worst case, not stable. */
#ifndef _LINUX_SORT_H
#define _LINUX_SORT_H

#include <linux/types.h>

/* Sort @num elements of @size bytes. @swap may be NULL. Context: any that the callbacks allow. */
void sort(void *base, size_t num, size_t size, int (*cmp)(const void *a, const void *b),
	  void (*swap)(void *a, void *b, int size));

/* Return: the element equal to @key in the sorted array @base, or NULL. */
void *bsearch(const void *key, const void *base, size_t num, size_t size,
	      int (*cmp)(const void *key, const void *elt));

#endif
