// SPDX-License-Identifier: GPL-2.0
/*
 * The line editor's memory: a ring of the last lines, and the walk through it with the cursor keys.
 */
#include <linux/string.h>
#include <linux/types.h>

#include "lineedit.h"

static char *slot(const struct lineedit *le, unsigned int back)
{
	return (char *)le->history[(le->hist_count - back) % LINEEDIT_HISTORY];
}

/**
 * lineedit_history() - look at a remembered line
 * @le: the editor
 * @back: how many lines back; 1 is the latest
 *
 * Context: any.
 * Return: the line, or NULL if so many are not remembered.
 */
const char *lineedit_history(const struct lineedit *le, unsigned int back)
{
	if (back == 0 || back > le->hist_count || back > LINEEDIT_HISTORY)
		return NULL;
	return slot(le, back);
}

/**
 * lineedit_history_add() - remember a line
 * @le: the editor
 * @line: at most LINEEDIT_MAX characters; a blank line, or the same as the one before, is not
 *	remembered
 *
 * Context: any.
 */
void lineedit_history_add(struct lineedit *le, const char *line)
{
	const char *last = lineedit_history(le, 1);

	if (line[strspn(line, " ")] == '\0' || (last && strcmp(last, line) == 0))
		return;
	le->hist_count++;
	strcpy(slot(le, 1), line);
}

/*
 * Walk @step lines back (or, negative, forth). The line being edited is kept, and comes after the
 * latest.
 */
void lineedit_history_move(struct lineedit *le, int step)
{
	unsigned int back = le->hist_back + step;
	const char *line = back ? lineedit_history(le, back) : le->kept;

	if (!line) {
		lineedit_put(le, "\a", 1);
		return;
	}
	if (le->hist_back == 0)
		strcpy(le->kept, le->buf);
	le->hist_back = back;
	lineedit_replace(le, 0, le->len, line, strlen(line));
}
