/* SPDX-License-Identifier: GPL-2.0 */
/* Sorting of linked lists: stable, in place, n log n. */
#ifndef _LINUX_LIST_SORT_H
#define _LINUX_LIST_SORT_H

#include <linux/list.h>

typedef int (*list_cmp_func_t)(void *priv, const struct list_head *a, const struct list_head *b);

/* Sort @head; @cmp returns > 0 if @a belongs behind @b. Context: any that @cmp allows. */
void list_sort(void *priv, struct list_head *head, list_cmp_func_t cmp);

#endif
