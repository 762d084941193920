// SPDX-License-Identifier: GPL-2.0
/*
 * The line editor's picture: makes a VT100-like terminal show prompt, buffer and cursor, with as
 * few bytes as is easy.
 *
 * Character i of the line sits in cell strlen(prompt) + i, counted from the start of the prompt;
 * with a known width the cells wrap into rows. Between refreshes the terminal's cursor is exactly
 * on the cell of screen.pos, never in the "about to wrap" state behind the last column. A line
 * taller than the terminal cannot be drawn rightly, since the cursor does not reach rows that have
 * scrolled away.
 */
#include <linux/string.h>
#include <linux/types.h>

#include "lineedit.h"

#define MIN_COLUMNS	20	/* a report of less is not believed */
#define MAX_COLUMNS	1000

/* Hand what was gathered to the terminal. */
void lineedit_flush(struct lineedit *le)
{
	struct lineedit_screen *s = &le->screen;

	if (s->out_len)
		le->ops->write(le, s->out, s->out_len);
	s->out_len = 0;
}

/* Gather @n bytes of output. */
void lineedit_put(struct lineedit *le, const char *bytes, size_t n)
{
	struct lineedit_screen *s = &le->screen;

	while (n) {
		size_t part = sizeof(s->out) - s->out_len;

		if (part > n)
			part = n;
		memcpy(s->out + s->out_len, bytes, part);
		s->out_len += part;
		bytes += part;
		n -= part;
		if (s->out_len == sizeof(s->out))
			lineedit_flush(le);
	}
}

/* Gather the string @s. */
void lineedit_puts(struct lineedit *le, const char *s)
{
	lineedit_put(le, s, strlen(s));
}

/* Emit the control sequence ESC [ @n @final, or nothing if @n is 0. */
static void put_csi(struct lineedit *le, size_t n, char final)
{
	char seq[24];
	size_t at = sizeof(seq);

	if (!n)
		return;
	seq[--at] = final;
	for (; n; n /= 10)
		seq[--at] = '0' + n % 10;
	seq[--at] = '[';
	seq[--at] = '\033';
	lineedit_put(le, seq + at, sizeof(seq) - at);
}

static size_t row_of(const struct lineedit *le, size_t pos)
{
	size_t columns = le->screen.columns;

	return columns ? (strlen(le->prompt) + pos) / columns : 0;
}

static size_t column_of(const struct lineedit *le, size_t pos)
{
	size_t columns = le->screen.columns;
	size_t cell = strlen(le->prompt) + pos;

	return columns ? cell % columns : cell;
}

static void move_column(struct lineedit *le, size_t from, size_t to)
{
	if (to > from)
		put_csi(le, to - from, 'C');
	else if (from - to <= 3)
		lineedit_put(le, "\b\b\b", from - to);
	else
		put_csi(le, from - to, 'D');
}

/* Move the terminal's cursor to character @to. The row it is in must be there already. */
static void move_cursor(struct lineedit *le, size_t to)
{
	size_t from = le->screen.pos;
	size_t from_row = row_of(le, from), to_row = row_of(le, to);

	if (from_row > to_row)
		put_csi(le, from_row - to_row, 'A');
	else
		put_csi(le, to_row - from_row, 'B');
	move_column(le, column_of(le, from), column_of(le, to));
	le->screen.pos = to;
}

/* Write the characters from @from, where the cursor is, to the end of the line. */
static void draw_tail(struct lineedit *le, size_t from)
{
	lineedit_put(le, le->buf + from, le->len - from);
	/*
	 * A full row leaves the cursor on, or one behind, its last column; make it the first of the
	 * next row.
	 */
	if (le->len > from && le->screen.columns && column_of(le, le->len) == 0)
		lineedit_puts(le, " \r");
	le->screen.pos = le->len;
}

/* Make the terminal show the buffer. */
void lineedit_refresh(struct lineedit *le)
{
	struct lineedit_screen *s = &le->screen;

	if (s->dirty != LINEEDIT_CLEAN) {
		move_cursor(le, s->dirty);
		draw_tail(le, s->dirty);
		if (s->len > le->len)
			lineedit_puts(le, "\033[J");
		s->len = le->len;
		s->dirty = LINEEDIT_CLEAN;
	}
	move_cursor(le, le->pos);
}

/* Show the line, with the cursor behind its last character, so that other output can follow. */
void lineedit_screen_end(struct lineedit *le)
{
	le->pos = le->len;
	lineedit_refresh(le);
}

/*
 * The cursor is at the start of an empty row: show the prompt there, and on the next refresh the
 * buffer.
 */
void lineedit_screen_start(struct lineedit *le)
{
	struct lineedit_screen *s = &le->screen;

	lineedit_puts(le, le->prompt);
	s->len = 0;
	s->pos = 0;
	s->dirty = le->len ? 0 : LINEEDIT_CLEAN;
}

/*
 * Clear the terminal and show prompt and line at its top. It may have been resized, so ask for the
 * width again.
 */
void lineedit_screen_clear(struct lineedit *le)
{
	lineedit_puts(le, "\033[H\033[2J");
	lineedit_screen_start(le);
	lineedit_ask_width(le);
}

/**
 * lineedit_ask_width() - ask the terminal how wide it is
 * @le: the editor
 *
 * Sends the cursor far to the right, asks where it is (the answer comes in through lineedit_feed())
 * and takes it back. A terminal that does not answer is taken to have endless rows.
 *
 * Context: that of ops->write.
 */
void lineedit_ask_width(struct lineedit *le)
{
	lineedit_puts(le, "\0337\033[999C\033[6n\0338");
	le->screen.asked = true;
	lineedit_flush(le);
}

/* The answer: ESC [ row ; column R. */
void lineedit_screen_report(struct lineedit *le)
{
	unsigned int columns = le->params[1];

	if (!le->screen.asked)
		return;
	le->screen.asked = false;
	if (columns >= MIN_COLUMNS && columns <= MAX_COLUMNS)
		le->screen.columns = columns;
}
