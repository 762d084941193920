/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A small VT100-like terminal for the line editor's test: bytes in, a grid of characters and a
 * cursor out. It wraps as xterm does (the cursor waits behind the last column for the next
 * character) and understands just what the editor may send; anything else counts as an error.
 */
#ifndef _TERM_MODEL_H
#define _TERM_MODEL_H

#include <stdbool.h>
#include <linux/string.h>

#define TERM_ROWS	260
#define TERM_MAX_COLS	6000

struct term {
	int columns;
	int row, col;
	int saved_row, saved_col;
	bool wrap_pending;
	int bells, errors, asked;
	size_t received;
	char seq[32];		/* an escape sequence being received */
	size_t seq_len;
	char cell[TERM_ROWS][TERM_MAX_COLS];
};

static void term_init(struct term *t, int columns)
{
	memset(t, 0, sizeof(*t));
	memset(t->cell, ' ', sizeof(t->cell));
	t->columns = columns;
}

static void term_newline(struct term *t)
{
	if (t->row < TERM_ROWS - 1) {
		t->row++;
		return;
	}
	memmove(t->cell[0], t->cell[1], (TERM_ROWS - 1) * sizeof(t->cell[0]));
	memset(t->cell[TERM_ROWS - 1], ' ', sizeof(t->cell[0]));
}

static void term_print(struct term *t, char c)
{
	if (t->wrap_pending) {
		t->col = 0;
		term_newline(t);
		t->wrap_pending = false;
	}
	t->cell[t->row][t->col] = c;
	if (t->col == t->columns - 1)
		t->wrap_pending = true;
	else
		t->col++;
}

static int term_clamp(int value, int limit)
{
	return value < 0 ? 0 : value >= limit ? limit - 1 : value;
}

static void term_erase_below(struct term *t)
{
	int row;

	memset(t->cell[t->row] + t->col, ' ', t->columns - t->col);
	for (row = t->row + 1; row < TERM_ROWS; row++)
		memset(t->cell[row], ' ', t->columns);
}

static void term_csi(struct term *t, int n, char final)
{
	int steps = n ? n : 1;

	t->wrap_pending = false;
	switch (final) {
	case 'A': t->row = term_clamp(t->row - steps, TERM_ROWS); break;
	case 'B': t->row = term_clamp(t->row + steps, TERM_ROWS); break;
	case 'C': t->col = term_clamp(t->col + steps, t->columns); break;
	case 'D': t->col = term_clamp(t->col - steps, t->columns); break;
	case 'H': t->row = t->col = 0; break;
	case 'J':
		if (n == 2)
			t->row = t->col = 0;
		term_erase_below(t);
		break;
	case 'n': t->asked++; break;
	default: t->errors++; break;
	}
}

/* The next byte of an escape sequence. */
static void term_escape(struct term *t, char c)
{
	int n = 0;

	if (t->seq_len == sizeof(t->seq) - 1) {
		t->errors++;
		t->seq_len = 0;
		return;
	}
	t->seq[t->seq_len++] = c;
	t->seq[t->seq_len] = '\0';
	if (t->seq_len == 2 && c == '7') {
		t->saved_row = t->row;
		t->saved_col = t->col;
	} else if (t->seq_len == 2 && c == '8') {
		t->row = t->saved_row;
		t->col = t->saved_col;
	} else if (t->seq_len == 2 && c != '[') {
		t->errors++;
	} else if (t->seq_len > 2 && c >= '@') {
		sscanf(t->seq, "\033[%d", &n);
		term_csi(t, n, c);
	} else {
		return;
	}
	t->seq_len = 0;
}

static void term_receive(struct term *t, const char *bytes, size_t n)
{
	t->received += n;
	for (; n; n--, bytes++) {
		if (t->seq_len || *bytes == '\033') {
			term_escape(t, *bytes);
		} else if (*bytes == '\r') {
			t->col = 0;
			t->wrap_pending = false;
		} else if (*bytes == '\n') {	/* the console driver puts a '\r' in front */
			t->col = 0;
			t->wrap_pending = false;
			term_newline(t);
		} else if (*bytes == '\b') {
			t->col = term_clamp(t->col - 1, t->columns);
			t->wrap_pending = false;
		} else if (*bytes == '\a') {
			t->bells++;
		} else if (*bytes >= ' ' && *bytes <= '~') {
			term_print(t, *bytes);
		} else {
			t->errors++;
		}
	}
}

#endif
