/* SPDX-License-Identifier: GPL-2.0 */
/* The shell's grammar: words, quotes, ';', '&' and '#'. Pure logic. */
#ifndef _SHELL_PARSE_H
#define _SHELL_PARSE_H

#include <linux/types.h>

/*
 * How many pointers shell_parse() may need for a line of @len characters: words and their NULLs,
 * and the last NULL.
 */
static inline size_t shell_parse_room(size_t len)
{
	return 2 * len + 2;
}

/* The last word of a command that is to run in the background; known by its address, for a word may be quoted. */
extern char shell_ampersand[];

int shell_parse(char *line, char **words, const char **why);

#endif
