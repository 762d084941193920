// SPDX-License-Identifier: GPL-2.0
/*
 * List integrity: whoever changes a list looks first whether it is one where it is changed. Two that change it at a time
 * leave neighbours that do not know each other, which nobody may notice for long.
 *
 * The links are read as they are, with no scheduling point. What cannot be read is left to the access itself, which has
 * an oracle of its own.
 */
#include <linux/export.h>
#include <linux/list.h>
#include <linux/uaccess.h>

#include "oracle.h"
#include "shared.h"

static bool is_watched(void)
{
	return hv_exploring & HV_POINTS && !this_lcpu()->quiet;
}

/* Does the link at @link lead to @to? */
static bool leads_to(struct list_head *const *link, const struct list_head *to)
{
	const struct list_head *found;

	return copy_from_kernel_nofault(&found, link, sizeof(found)) || found == to;
}

void hv_list_add(const struct list_head *prev, const struct list_head *next, unsigned long pc)
{
	if (!is_watched())
		return;
	if (!leads_to(&prev->next, next))
		oracle_complain(pc, "list corruption: adds behind %ps, but what follows is not what followed", prev);
	else if (!leads_to(&next->prev, prev))
		oracle_complain(pc, "list corruption: adds before %ps, but what precedes is not what preceded", next);
}
EXPORT_SYMBOL(hv_list_add);

void hv_list_del(const struct list_head *entry, unsigned long pc)
{
	struct list_head links;

	if (!is_watched() || copy_from_kernel_nofault(&links, entry, sizeof(links)))
		return;
	if (!leads_to(&links.next->prev, entry) || !leads_to(&links.prev->next, entry))
		oracle_complain(pc, "list corruption: deletes %ps, but its neighbours do not know it", entry);
}
EXPORT_SYMBOL(hv_list_del);
