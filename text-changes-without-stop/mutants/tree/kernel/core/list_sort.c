// SPDX-License-Identifier: GPL-2.0
/*
 * Merge sort of a list, bottom up: sorted runs wait in slots, slot k holding a run of 2^k entries,
 * like the bits of a counter of entries seen. The list is singly linked and NULL-terminated until
 * the end.
 */
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/list_sort.h>

#define SLOTS	48

/* Merge two runs; entries of @a go first among equals. */
static struct list_head *merge(void *priv, list_cmp_func_t cmp, struct list_head *a,
			       struct list_head *b)
{
	struct list_head *head = NULL, **tail = &head;

	while (a && b) {
		struct list_head **least = cmp(priv, a, b) <= 0 ? &a : &b;

		*tail = *least;
		tail = &(*least)->next;
		*least = *tail;
	}
	*tail = a ? a : b;
	return head;
}

/* Put a run of one into the slots, carrying as an increment does. */
static void add_run(void *priv, list_cmp_func_t cmp, struct list_head **slots,
		    struct list_head *run)
{
	int k;

	for (k = 0; slots[k]; k++) {
		run = merge(priv, cmp, slots[k], run);
		slots[k] = NULL;
	}
	slots[k] = run;
}

/* Turn the chain from @first back into a list. */
static void relink(struct list_head *head, struct list_head *first)
{
	struct list_head *prev = head;

	for (; first; first = first->next) {
		prev->next = first;
		first->prev = prev;
		prev = first;
	}
	prev->next = head;
	head->prev = prev;
}

void list_sort(void *priv, struct list_head *head, list_cmp_func_t cmp)
{
	struct list_head *slots[SLOTS] = { NULL };
	struct list_head *entry, *next, *all = NULL;
	unsigned int k;

	for (entry = head->next; entry != head; entry = next) {
		next = entry->next;
		entry->next = NULL;
		add_run(priv, cmp, slots, entry);
	}
	for (k = 0; k < SLOTS; k++)
		all = slots[k] ? merge(priv, cmp, slots[k], all) : all;
	relink(head, all);
}
EXPORT_SYMBOL(list_sort);
