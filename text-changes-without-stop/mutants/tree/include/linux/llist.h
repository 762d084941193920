/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Lock-free singly linked lists: anybody adds one node, one consumer takes them all. Newest first.
 */
#ifndef _LINUX_LLIST_H
#define _LINUX_LLIST_H

#include <asm/cmpxchg.h>
#include <linux/types.h>

struct llist_node {
	struct llist_node *next;
};

struct llist_head {
	struct llist_node *first;
};

#define LLIST_HEAD_INIT(name)	{ NULL }
#define LLIST_HEAD(name)	struct llist_head name = LLIST_HEAD_INIT(name)

#define llist_entry(ptr, type, member)	container_of(ptr, type, member)

static inline void init_llist_head(struct llist_head *head)
{
	head->first = NULL;
}

static inline bool llist_empty(const struct llist_head *head)
{
	return READ_ONCE(head->first) == NULL;
}

/* Return: true if the list was empty before. Context: any. */
static inline bool llist_add(struct llist_node *new, struct llist_head *head)
{
	struct llist_node *first = READ_ONCE(head->first);

	do {
		new->next = first;
	} while (!try_cmpxchg(&head->first, &first, new));
	return first == NULL;
}

/* Take all nodes. Return: the first of the chain, or NULL. Context: any. */
static inline struct llist_node *llist_del_all(struct llist_head *head)
{
	return xchg(&head->first, NULL);
}

/* Turn a chain from llist_del_all() round, so that it is oldest first. */
static inline struct llist_node *llist_reverse_order(struct llist_node *node)
{
	struct llist_node *done = NULL;

	while (node) {
		struct llist_node *next = node->next;

		node->next = done;
		done = node;
		node = next;
	}
	return done;
}

#endif
