// SPDX-License-Identifier: GPL-2.0
/*
 * The line editor's keys: decodes what a VT100-like terminal sends and edits the buffer
 * accordingly.
 *
 * Invariants: pos <= len <= LINEEDIT_MAX; the buffer holds printable ASCII only, so one character
 * is one cell on the screen; every change of the buffer goes through lineedit_replace(), which
 * tells the screen.
 */
#include <linux/string.h>
#include <linux/types.h>

#include "lineedit.h"

#define CTRL(c)		((c) & 0x1f)
#define ESC		0x1b
#define DEL		0x7f

/**
 * lineedit_init() - prepare an editor
 * @le: the editor; its history becomes empty
 * @ops: where output goes and completions come from
 * @prompt: printed before every line; printable characters only
 *
 * Context: any.
 */
void lineedit_init(struct lineedit *le, const struct lineedit_ops *ops, const char *prompt)
{
	memset(le, 0, sizeof(*le));
	le->ops = ops;
	le->prompt = prompt;
	le->screen.dirty = LINEEDIT_CLEAN;
}

/**
 * lineedit_start() - show the prompt and begin an empty line
 * @le: the editor
 *
 * Context: that of ops->write.
 */
void lineedit_start(struct lineedit *le)
{
	le->len = 0;
	le->pos = 0;
	le->buf[0] = '\0';
	le->done = false;
	le->after_tab = false;
	le->hist_back = 0;
	lineedit_screen_start(le);
	lineedit_flush(le);
}

static void bell(struct lineedit *le)
{
	lineedit_put(le, "\a", 1);
}

/*
 * Put @n characters of @text in the place of buf[from..to) and the cursor behind them. The only
 * function that changes the buffer. Rings the bell and changes nothing if the line would become too
 * long.
 */
void lineedit_replace(struct lineedit *le, size_t from, size_t to, const char *text, size_t n)
{
	size_t same = 0;

	if (le->len - (to - from) + n > LINEEDIT_MAX) {
		bell(le);
		return;
	}
	while (same < n && from + same < to && le->buf[from + same] == text[same])
		same++;
	if (same < n || from + n < to) {
		memmove(le->buf + from + n, le->buf + to, le->len - to);
		memcpy(le->buf + from, text, n);
		le->len = le->len - (to - from) + n;
		le->buf[le->len] = '\0';
		if (le->screen.dirty > from + same)
			le->screen.dirty = from + same;
	}
	le->pos = from + n;
}

static void delete_range(struct lineedit *le, size_t from, size_t to)
{
	if (from == to)
		bell(le);
	else
		lineedit_replace(le, from, to, "", 0);
}

static void move_to(struct lineedit *le, bool possible, size_t pos)
{
	if (possible)
		le->pos = pos;
	else
		bell(le);
}

static size_t word_before(const struct lineedit *le)
{
	size_t at = le->pos;

	while (at > 0 && le->buf[at - 1] == ' ')
		at--;
	while (at > 0 && le->buf[at - 1] != ' ')
		at--;
	return at;
}

static void key_left(struct lineedit *le)
{
	move_to(le, le->pos > 0, le->pos - 1);
}

static void key_right(struct lineedit *le)
{
	move_to(le, le->pos < le->len, le->pos + 1);
}

static void key_delete(struct lineedit *le)
{
	delete_range(le, le->pos, le->pos + (le->pos < le->len));
}

static void key_enter(struct lineedit *le)
{
	lineedit_screen_end(le);
	lineedit_puts(le, "\n");
	lineedit_history_add(le, le->buf);
	le->done = true;
}

/* Give the line up, visibly: the caller gets an empty one. */
static void key_interrupt(struct lineedit *le)
{
	lineedit_screen_end(le);
	lineedit_puts(le, "^C\n");
	le->len = 0;
	le->pos = 0;
	le->buf[0] = '\0';
	le->done = true;
}

static void insert(struct lineedit *le, char c)
{
	if (c < ' ' || c > '~')
		bell(le);
	else
		lineedit_replace(le, le->pos, le->pos, &c, 1);
}

static void text_key(struct lineedit *le, char c)
{
	switch (c) {
	case CTRL('A'):	le->pos = 0; break;
	case CTRL('B'):	key_left(le); break;
	case CTRL('C'):	key_interrupt(le); break;
	case CTRL('D'):	key_delete(le); break;
	case CTRL('E'):	le->pos = le->len; break;
	case CTRL('F'):	key_right(le); break;
	case CTRL('H'):
	case DEL:	delete_range(le, le->pos - (le->pos > 0), le->pos); break;
	case CTRL('I'):	lineedit_complete(le); break;
	case CTRL('J'):
	case CTRL('M'):	key_enter(le); break;
	case CTRL('K'):	delete_range(le, le->pos, le->len); break;
	case CTRL('L'):	lineedit_screen_clear(le); break;
	case CTRL('N'):	lineedit_history_move(le, -1); break;
	case CTRL('P'):	lineedit_history_move(le, +1); break;
	case CTRL('U'):	delete_range(le, 0, le->pos); break;
	case CTRL('W'):	delete_range(le, word_before(le), le->pos); break;
	case ESC:	le->state = LE_ESC; break;
	default:	insert(le, c); break;
	}
}

/* A cursor key, by the letter that ends its sequence in both the CSI and the SS3 form. */
static void cursor_key(struct lineedit *le, char final)
{
	switch (final) {
	case 'A': lineedit_history_move(le, +1); break;
	case 'B': lineedit_history_move(le, -1); break;
	case 'C': key_right(le); break;
	case 'D': key_left(le); break;
	case 'H': le->pos = 0; break;
	case 'F': le->pos = le->len; break;
	}
}

/* ESC [ number ~: what VT220, Linux console, rxvt and xterm call the keys of the middle block. */
static void block_key(struct lineedit *le, unsigned int number)
{
	switch (number) {
	case 1:
	case 7: le->pos = 0; break;
	case 3: key_delete(le); break;
	case 4:
	case 8: le->pos = le->len; break;
	}
}

static void csi_param(struct lineedit *le, char c)
{
	unsigned int *param = &le->params[le->nparams < 2 ? le->nparams : 1];

	if (c == ';')
		le->nparams++;
	else if (c >= '0' && c <= '9' && le->nparams < 2 && *param < 10000)
		*param = *param * 10 + (c - '0');
}

/* ECMA-48 5.4: parameters 0x30..0x3f, intermediates 0x20..0x2f, then one final byte. */
static void csi_key(struct lineedit *le, char c)
{
	if (c < '@') {
		csi_param(le, c);
		return;
	}
	le->state = LE_TEXT;
	if (c == '~')
		block_key(le, le->params[0]);
	else if (c == 'R')
		lineedit_screen_report(le);
	else if (c == '[')		/* the Linux console's ESC [ [ A .. E */
		le->state = LE_SKIP;
	else
		cursor_key(le, c);
}

static void esc_key(struct lineedit *le, char c)
{
	le->params[0] = 0;
	le->params[1] = 0;
	le->nparams = 0;
	if (c == '[')
		le->state = LE_CSI;
	else if (c == 'O')
		le->state = LE_SS3;
	else
		le->state = LE_TEXT;	/* Alt and a key: nothing we know */
}

static void key(struct lineedit *le, char c)
{
	enum lineedit_state state = le->state;

	/*
	 * A control character ends any sequence and means what it always means: Enter must get
	 * through.
	 */
	if (state == LE_TEXT || (unsigned char)c < ' ' || c == DEL) {
		le->state = LE_TEXT;
		text_key(le, c);
	} else if (state == LE_ESC) {
		esc_key(le, c);
	} else if (state == LE_CSI) {
		csi_key(le, c);
	} else {
		le->state = LE_TEXT;
		if (state == LE_SS3)
			cursor_key(le, c);
	}
}

/**
 * lineedit_feed() - take what the terminal sent
 * @le: the editor
 * @bytes: the bytes
 * @n: how many
 *
 * Stops behind the byte that completes a line; le->done is then set, le->buf holds the line, and
 * the rest is for after the next lineedit_start(). CR, LF and CR LF each end one line. ^C completes
 * an empty line.
 *
 * Context: that of ops->write and ops->complete.
 * Return: how many bytes were taken.
 */
size_t lineedit_feed(struct lineedit *le, const char *bytes, size_t n)
{
	size_t i;

	for (i = 0; i < n && !le->done; i++) {
		char c = bytes[i];
		bool second_half = c == '\n' && le->after_cr;

		if (c == '\0')
			continue;
		le->after_cr = c == '\r';
		if (second_half)
			continue;
		if (c != '\t')
			le->after_tab = false;
		key(le, c);
	}
	if (!le->done)
		lineedit_refresh(le);
	lineedit_flush(le);
	return i;
}
