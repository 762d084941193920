/* SPDX-License-Identifier: GPL-2.0 */
/* Lists that are walked inside RCU read sections while others change them. Writers exclude each other by a lock. */
#ifndef _LINUX_RCULIST_H
#define _LINUX_RCULIST_H

#include <linux/list.h>
#include <linux/rcupdate.h>

/* The entry is complete before anybody can reach it: its own links, and all that was stored into it before. */
static inline void __list_add_rcu(struct list_head *entry, struct list_head *prev, struct list_head *next)
{
	hook_list_add(entry, prev, next);
	entry->next = next;
	entry->prev = prev;
	rcu_assign_pointer(prev->next, entry);
	next->prev = entry;
}

static inline void list_add_rcu(struct list_head *entry, struct list_head *head)
{
	__list_add_rcu(entry, head, head->next);
}

static inline void list_add_tail_rcu(struct list_head *entry, struct list_head *head)
{
	__list_add_rcu(entry, head->prev, head);
}

/* entry->next stays what it was: a reader that stands on @entry finds its way back to the list. */
static inline void list_del_rcu(struct list_head *entry)
{
	__list_del_entry(entry);
	entry->prev = (struct list_head *)LIST_POISON2;
}

static inline void hlist_add_head_rcu(struct hlist_node *n, struct hlist_head *h)
{
	n->next = h->first;
	n->pprev = &h->first;
	if (n->next)
		n->next->pprev = &n->next;
	rcu_assign_pointer(h->first, n);
}

/* As list_del_rcu(): n->next stays. */
static inline void hlist_del_rcu(struct hlist_node *n)
{
	__hlist_del(n);
	n->pprev = (struct hlist_node **)LIST_POISON2;
}

#define hlist_for_each_entry_rcu(pos, head, member)					\
	for ((pos) = hlist_entry_safe(READ_ONCE((head)->first), __typeof__(*(pos)), member); (pos);	\
	     (pos) = hlist_entry_safe(READ_ONCE((pos)->member.next), __typeof__(*(pos)), member))

#define list_entry_rcu(ptr, type, member)	container_of(READ_ONCE(ptr), type, member)

#define list_for_each_entry_rcu(pos, head, member)					\
	for ((pos) = list_entry_rcu((head)->next, __typeof__(*(pos)), member);		\
	     !list_entry_is_head(pos, head, member);					\
	     (pos) = list_entry_rcu((pos)->member.next, __typeof__(*(pos)), member))

#endif
