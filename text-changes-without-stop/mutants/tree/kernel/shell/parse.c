// SPDX-License-Identifier: GPL-2.0
/*
 * Splits a line into commands and words, in place: a word without its quotes is never longer than
 * with them, so the writer stays behind the reader.
 */
#include <linux/errno.h>
#include <linux/string.h>
#include <linux/types.h>

#include "parse.h"

char shell_ampersand[] = "&";

struct reader {
	const char *in;		/* next character to read */
	char *out;		/* where the words go */
	const char *why;	/* the first error */
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static bool is_separator(char c)
{
	return c == ';' || c == '&' || c == '\n';
}

static bool ends_word(char c)
{
	return c == '\0' || is_blank(c) || is_separator(c);
}

/*
 * A quoted part; @quote has been read. In "..." a backslash protects '"' and '\'; in '...' nothing
 * is special.
 */
static void read_quoted(struct reader *r, char quote)
{
	while (*r->in && *r->in != quote) {
		if (quote == '"' && *r->in == '\\' && (r->in[1] == '"' || r->in[1] == '\\'))
			r->in++;
		*r->out++ = *r->in++;
	}
	if (*r->in == quote)
		r->in++;
	else
		r->why = quote == '"' ? "unbalanced \"" : "unbalanced '";
}

/* One word, if one is here; the reader stops at what ended it, which has not been overwritten. */
static void read_word(struct reader *r)
{
	while (!ends_word(*r->in) && !r->why) {
		char c = *r->in++;

		if (c == '"' || c == '\'')
			read_quoted(r, c);
		else if (c != '\\')
			*r->out++ = c;
		else if (*r->in)
			*r->out++ = *r->in++;
		else
			r->why = "backslash at the end of the line";
	}
}

static void skip_comment(struct reader *r)
{
	while (*r->in && *r->in != '\n')
		r->in++;
}

/*
 * The next word of a command, or NULL if it has no more. Return: the character behind it, which has
 * been read (it may just have been overwritten by the word's end): a blank, a separator or NUL.
 */
static char next_word(struct reader *r, char **word)
{
	char end;

	while (is_blank(*r->in))
		r->in++;
	if (*r->in == '#')
		skip_comment(r);
	*word = ends_word(*r->in) ? NULL : r->out;
	read_word(r);
	end = *r->in;
	if (end)
		r->in++;
	if (*word)
		*r->out++ = '\0';
	return end;
}

/**
 * shell_parse() - split a line into commands
 * @line: the line; overwritten, and the words point into it
 * @words: room for shell_parse_room() pointers; receives the words of each command followed by
 *	NULL, and after the last command one more NULL. Empty commands are left out.
 * @why: says what is wrong, if something is
 *
 * Words end at blanks, commands at ';', '&' and newline, comments run from a '#' at the start of a
 * word to the end of the line. "..." and '...' and a backslash take the meaning from these
 * characters. A command that ended at a '&' has shell_ampersand for its last word.
 *
 * Context: any.
 * Return: the number of commands, or -EINVAL.
 */
int shell_parse(char *line, char **words, const char **why)
{
	struct reader r = { .in = line, .out = line };
	bool open = false;	/* the command being read has words */
	int commands = 0;
	char *word;
	char end;

	do {
		end = next_word(&r, &word);
		if (word)
			*words++ = word;
		open = open || word;
		if (end == '&' && !open)
			r.why = "no command before &";
		if (r.why) {
			*why = r.why;
			return -EINVAL;
		}
		if (end == '&')
			*words++ = shell_ampersand;
		if (open && !is_blank(end)) {
			*words++ = NULL;
			commands++;
			open = false;
		}
	} while (end);
	*words = NULL;
	return commands;
}
