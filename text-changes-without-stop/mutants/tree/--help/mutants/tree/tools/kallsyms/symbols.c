// SPDX-License-Identifier: GPL-2.0
/*
 * The list of symbols: its order, the sizes nobody stated, and the comparison that proves that
 * linking the table in has moved nothing.
 */
#include <stdlib.h>
#include <string.h>
#include "kallsyms.h"

#define MAX_REPORTS	10

void ksym_list_add(struct ksym_list *list, const struct ksym *sym)
{
	if (list->num == list->room) {
		list->room = list->room ? 2 * list->room : 1024;
		list->syms = realloc(list->syms, list->room * sizeof(*list->syms));
		if (!list->syms)
			die("out of memory");
	}
	list->syms[list->num] = *sym;
	list->syms[list->num++].name = strdup(sym->name);
}

void ksym_list_free(struct ksym_list *list)
{
	size_t i;

	for (i = 0; i < list->num; i++)
		free(list->syms[i].name);
	free(list->syms);
	memset(list, 0, sizeof(*list));
}

/*
 * By address. Of several symbols at one address the first is the one the address resolves to: one
 * with a size before a bare label, global before local before weak, no leading underscore before
 * one, then by name.
 */
static int by_address(const void *a, const void *b)
{
	const struct ksym *x = a, *y = b;

	if (x->addr != y->addr)
		return x->addr < y->addr ? -1 : 1;
	if (x->sized != y->sized)
		return x->sized ? -1 : 1;
	if (x->binding != y->binding)
		return x->binding < y->binding ? -1 : 1;
	if ((x->name[0] == '_') != (y->name[0] == '_'))
		return x->name[0] == '_' ? 1 : -1;
	return strcmp(x->name, y->name);
}

static int by_name(const void *a, const void *b)
{
	const struct ksym *x = a, *y = b;
	int order = strcmp(x->name, y->name);

	return order ? order : by_address(a, b);
}

/*
 * Sort @list, and let each symbol without a size reach up to the next one, but not out of its
 * section.
 */
void ksym_list_finish(struct ksym_list *list)
{
	unsigned long next = ~0ul;
	size_t i;

	if (list->num)
		qsort(list->syms, list->num, sizeof(*list->syms), by_address);
	for (i = list->num; i-- > 0;) {
		struct ksym *sym = &list->syms[i];

		if (i + 1 < list->num && sym[1].addr != sym->addr)
			next = sym[1].addr;
		if (!sym->sized)
			sym->size = (next < sym->section_end ? next : sym->section_end) - sym->addr;
	}
}

static bool differs(const struct ksym *x, const struct ksym *y)
{
	return !x || !y || x->addr != y->addr || x->size != y->size || x->type != y->type;
}

/* Say how @x (before) and @y (after) differ; one of them may be NULL. */
static void report(const struct ksym *x, const struct ksym *y, FILE *out)
{
	const struct ksym *sym = x ? x : y;

	fprintf(out, "kallsyms: %s%s ", sym->name, strchr("tTwW", sym->type) ? "()" : "");
	if (!y)
		fprintf(out, "vanished from %lx\n", x->addr);
	else if (!x)
		fprintf(out, "appeared at %lx\n", y->addr);
	else if (x->addr != y->addr)
		fprintf(out, "moved from %lx to %lx\n", x->addr, y->addr);
	else if (x->size != y->size)
		fprintf(out, "changed size from %lu to %lu\n", x->size, y->size);
	else
		fprintf(out, "changed type from %c to %c\n", x->type, y->type);
}

/*
 * Compare the symbols of two links, and describe the first differences on @out. Both lists are
 * re-sorted. Return: the number of symbols that differ.
 */
unsigned int ksym_list_compare(struct ksym_list *before, struct ksym_list *after, FILE *out)
{
	const struct ksym *x, *y, *x_end, *y_end;
	unsigned int differences = 0;

	qsort(before->syms, before->num, sizeof(*before->syms), by_name);
	qsort(after->syms, after->num, sizeof(*after->syms), by_name);
	x = before->syms;
	y = after->syms;
	x_end = x + before->num;
	y_end = y + after->num;
	while (x < x_end || y < y_end) {
		int order = x == x_end ? 1 : y == y_end ? -1 : strcmp(x->name, y->name);
		const struct ksym *old = order > 0 ? NULL : x, *new = order < 0 ? NULL : y;

		if (differs(old, new) && ++differences <= MAX_REPORTS)
			report(old, new, out);
		x += old != NULL;
		y += new != NULL;
	}
	return differences;
}
