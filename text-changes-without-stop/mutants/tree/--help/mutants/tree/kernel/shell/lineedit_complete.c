// SPDX-License-Identifier: GPL-2.0
/*
 * The line editor's Tab: inserts what all completions of the word before the cursor have in common;
 * if that is nothing, a second Tab lists them.
 */
#include <linux/string.h>
#include <linux/types.h>

#include "lineedit.h"

#define MAX_LISTED	128
#define LIST_COLUMNS	80	/* width of a listing on a terminal of unknown width */

/* The line up to the cursor, in le->scratch. Return: the word the cursor is in or behind. */
static const char *cut_word(struct lineedit *le)
{
	size_t at = le->pos;

	memcpy(le->scratch, le->buf, le->pos);
	le->scratch[le->pos] = '\0';
	while (at > 0 && le->scratch[at - 1] != ' ' && le->scratch[at - 1] != ';')
		at--;
	return le->scratch + at;
}

static const char *candidate(struct lineedit *le, const char *word, int n)
{
	return le->ops->complete ? le->ops->complete(le, le->scratch, word, n) : NULL;
}

/*
 * Return: how many candidates there are; *@common is how long a start they share. Stays valid:
 * @first.
 */
static int survey(struct lineedit *le, const char *word, char *first, size_t size, size_t *common)
{
	const char *c;
	int n;

	*common = 0;
	for (n = 0; (c = candidate(le, word, n)) != NULL; n++) {
		size_t same = 0;

		if (n == 0) {
			*common = strnlen(c, size - 1);
			memcpy(first, c, *common);
		}
		while (same < *common && c[same] == first[same])
			same++;
		*common = same;
	}
	first[*common] = '\0';
	return n;
}

static size_t widest(struct lineedit *le, const char *word, int count)
{
	size_t width = 0;
	int n;

	for (n = 0; n < count; n++) {
		const char *c = candidate(le, word, n);

		if (c && strlen(c) > width)
			width = strlen(c);
	}
	return width;
}

static void list_row(struct lineedit *le, const char *word, int from, int to, size_t width)
{
	int n;

	for (n = from; n < to; n++) {
		const char *c = candidate(le, word, n);
		size_t at;

		if (!c)		/* gone since it was counted */
			break;
		lineedit_puts(le, c);
		for (at = strlen(c); n + 1 < to && at < width; at++)
			lineedit_put(le, " ", 1);
	}
	lineedit_puts(le, "\n");
}

/* Show all candidates below the line, then the line again, with the cursor where it was. */
static void list(struct lineedit *le, const char *word, int count)
{
	int shown = count < MAX_LISTED ? count : MAX_LISTED;
	size_t width = widest(le, word, shown) + 2;
	size_t columns = le->screen.columns ? le->screen.columns : LIST_COLUMNS;
	int per_row = columns > width ? columns / width : 1;
	size_t pos = le->pos;
	int n;

	lineedit_screen_end(le);
	lineedit_puts(le, "\n");
	for (n = 0; n < shown; n += per_row)
		list_row(le, word, n, n + per_row < shown ? n + per_row : shown, width);
	if (shown < count)
		lineedit_puts(le, "...\n");
	le->pos = pos;
	lineedit_screen_start(le);
}

/* Complete the word before the cursor. */
void lineedit_complete(struct lineedit *le)
{
	char common[256];
	const char *word = cut_word(le);
	size_t typed = strlen(word);
	size_t len;
	int count = survey(le, word, common, sizeof(common) - 1, &len);

	/* The only completion is a whole word, unless it asks for a value: "name=". */
	if (count == 1 && len >= typed && (len == 0 || common[len - 1] != '=')) {
		common[len++] = ' ';
		common[len] = '\0';
	}
	if (count && len > typed) {
		lineedit_replace(le, le->pos, le->pos, common + typed, len - typed);
		le->after_tab = false;
	} else if (count > 1 && le->after_tab) {
		list(le, word, count);
	} else {
		lineedit_put(le, "\a", 1);
		le->after_tab = true;
	}
}
