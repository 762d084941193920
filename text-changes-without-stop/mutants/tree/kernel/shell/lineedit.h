/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The line editor of the serial shell. Pure logic: bytes from the terminal go in through
 * lineedit_feed(), bytes for the terminal come out through ops->write, and nothing here knows what
 * is at either end.
 *
 * Keys change the buffer only. What the terminal shows is brought up to date once per
 * lineedit_feed(), by lineedit_refresh(), which redraws from the first changed character on. So
 * typing or pasting at the end of a line costs one output byte per input byte, and no key needs
 * drawing code of its own.
 */
#ifndef _SHELL_LINEEDIT_H
#define _SHELL_LINEEDIT_H

#include <linux/types.h>

#define LINEEDIT_MAX		4096	/* characters in a line */
#define LINEEDIT_HISTORY	32	/* lines remembered */

struct lineedit;

struct lineedit_ops {
	/* To the terminal; a newline is '\n' and goes to the start of the next row. */
	void (*write)(struct lineedit *le, const char *bytes, size_t n);
	/*
	 * The @n-th completion of @word, NULL when there are no more. @head is the line up to the
	 * cursor, @word its last word, in the same string.
	 */
	const char *(*complete)(struct lineedit *le, const char *head, const char *word, int n);
};

/* What the terminal shows now; differs from the buffer only between a key and the next refresh. */
struct lineedit_screen {
	size_t len, pos;	/* characters shown after the prompt; the cursor among them */
	size_t dirty;		/* first character that may differ; LINEEDIT_CLEAN if none does */
	size_t columns;		/* width of the terminal; 0 = unknown, taken as endless */
	bool asked;		/* a report of the width is on its way */
	size_t out_len;
	char out[256];		/* gathers output for ops->write */
};

#define LINEEDIT_CLEAN		((size_t)-1)

/* Where we are in an escape sequence. */
enum lineedit_state {
	LE_TEXT,
	LE_ESC,			/* after ESC */
	LE_CSI,			/* after ESC [ */
	LE_SS3,			/* after ESC O */
	LE_SKIP,		/* one more byte belongs to a sequence we do not know */
};

struct lineedit {
	const struct lineedit_ops *ops;
	const char *prompt;
	size_t len, pos;	/* of buf: its length, and the cursor */
	bool done;		/* a line is complete: buf, terminated by NUL */
	bool after_cr;		/* a LF now belongs to the CR before it */
	bool after_tab;		/* the last key was a Tab without effect: the next one lists */

	enum lineedit_state state;
	unsigned int params[2];	/* of the control sequence being read */
	unsigned int nparams;

	unsigned int hist_count;	/* lines ever added */
	unsigned int hist_back;		/* how many lines back we are; 0 = the line being edited */
	struct lineedit_screen screen;
	char buf[LINEEDIT_MAX + 1];
	char kept[LINEEDIT_MAX + 1];	/* the line being edited, while history is looked at */
	char scratch[LINEEDIT_MAX + 1];
	char history[LINEEDIT_HISTORY][LINEEDIT_MAX + 1];
};

void lineedit_init(struct lineedit *le, const struct lineedit_ops *ops, const char *prompt);
void lineedit_ask_width(struct lineedit *le);
void lineedit_start(struct lineedit *le);
size_t lineedit_feed(struct lineedit *le, const char *bytes, size_t n);
void lineedit_history_add(struct lineedit *le, const char *line);
const char *lineedit_history(const struct lineedit *le, unsigned int back);

/* Between the editor's own files. */
void lineedit_replace(struct lineedit *le, size_t from, size_t to, const char *text, size_t n);
void lineedit_history_move(struct lineedit *le, int step);
void lineedit_complete(struct lineedit *le);
void lineedit_screen_start(struct lineedit *le);
void lineedit_screen_clear(struct lineedit *le);
void lineedit_screen_end(struct lineedit *le);
void lineedit_screen_report(struct lineedit *le);
void lineedit_refresh(struct lineedit *le);
void lineedit_put(struct lineedit *le, const char *bytes, size_t n);
void lineedit_puts(struct lineedit *le, const char *s);
void lineedit_flush(struct lineedit *le);

#endif
