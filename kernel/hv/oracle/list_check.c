// SPDX-License-Identifier: GPL-2.0
/*
 * List integrity: whoever changes a list looks first whether it is one where it is changed. Two that change it at a time
 * leave neighbours that do not know each other, which nobody may notice for long. The latest changes of a run are kept,
 * to say who made the one that got in the way.
 *
 * The links are read as they are, with no scheduling point. What cannot be read is left to the access itself, which has
 * an oracle of its own.
 */
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/poison.h>
#include <linux/uaccess.h>
#include <stopgap/trace.h>

#include "list_check.h"
#include "oracle.h"
#include "../shared/shared.h"

#define CHANGES	128	/* kept */

static struct list_change changes[CHANGES];
static unsigned int nr_changes;		/* in this run; the next one goes to nr_changes % CHANGES */

static bool is_watched(void)
{
	return hv_exploring & HV_POINTS && !this_lcpu()->quiet;
}

static bool writes(const struct list_change *c, struct list_head *const *link)
{
	return link == &c->entry->next || link == &c->entry->prev || link == &c->prev->next || link == &c->next->prev;
}

/* The latest change that writes @link, NULL if none does that is known. */
static const struct list_change *last_change(struct list_head *const *link)
{
	unsigned int n = min(nr_changes, (unsigned int)CHANGES);

	for (unsigned int i = 1; i <= n; i++) {
		const struct list_change *c = &changes[(nr_changes - i) % CHANGES];

		if (writes(c, link))
			return c;
	}
	return NULL;
}

static void note(const struct list_head *entry, const struct list_head *prev, const struct list_head *next,
		 unsigned long pc)
{
	changes[nr_changes++ % CHANGES] = (struct list_change){
		.entry = entry, .prev = prev, .next = next, .cpu = local_paca->cpu, .pc = pc,
	};
}

void list_check_begin(void)
{
	nr_changes = 0;
}

/* Does the link at @link lead to @to? */
static bool leads_to(struct list_head *const *link, const struct list_head *to)
{
	const struct list_head *found;

	return copy_from_kernel_nofault(&found, link, sizeof(found)) || found == to;
}

/* @what is about to be done to @entry at @pc, but @link is not what it was. */
static void complain(unsigned long pc, const char *what, const struct list_head *entry, struct list_head *const *link)
{
	const struct list_change *c = last_change(link);

	trace_fault(0, local_paca->cpu, (unsigned long)link, pc, "LIST CORRUPTION");
	if (c)
		oracle_complain(pc, "list corruption: %s %ps, but a neighbour does not know the other, changed on CPU %u at %pB",
				what, entry, c->cpu, (void *)c->pc);
	else
		oracle_complain(pc, "list corruption: %s %ps, but a neighbour does not know the other", what, entry);
}

void hv_list_add(const struct list_head *entry, const struct list_head *prev, const struct list_head *next,
		 unsigned long pc)
{
	if (!is_watched())
		return;
	if (!leads_to(&prev->next, next))
		complain(pc, "adds behind", prev, &prev->next);
	else if (!leads_to(&next->prev, prev))
		complain(pc, "adds before", next, &next->prev);
	note(entry, prev, next, pc);
}
EXPORT_SYMBOL(hv_list_add);

void hv_list_del(const struct list_head *entry, unsigned long pc)
{
	struct list_head links;

	if (!is_watched() || copy_from_kernel_nofault(&links, entry, sizeof(links)))
		return;
	if (links.next == LIST_POISON1)
		complain(pc, "deletes once more", entry, &entry->next);
	else if (!leads_to(&links.next->prev, entry))
		complain(pc, "deletes", entry, &links.next->prev);
	else if (!leads_to(&links.prev->next, entry))
		complain(pc, "deletes", entry, &links.prev->next);
	note(entry, links.prev, links.next, pc);
}
EXPORT_SYMBOL(hv_list_del);

const struct list_change *list_deleted_under(const struct lcpu *lcpu)
{
	unsigned int n = min(lcpu->nr_watched, (unsigned int)LCPU_WATCH);

	for (unsigned int i = 1; i <= n; i++) {
		struct list_head *const *link = (void *)lcpu->watched[(lcpu->nr_watched - i) % LCPU_WATCH];
		const struct list_change *c = last_change(link);

		if (c && link == &c->entry->next && leads_to(link, LIST_POISON1))
			return c;
	}
	return NULL;
}
