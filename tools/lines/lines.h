/* SPDX-License-Identifier: GPL-2.0 */
/* What the parts of the tool share: rows, as dwarf.c finds them and encode.c writes them. */
#ifndef _TOOLS_LINES_H
#define _TOOLS_LINES_H

#include <stddef.h>
#include <stdint.h>

/**
 * struct row - from @place on, the code comes from @line of @file
 * @place: see kernel/hv/symbols/lines.h
 * @file: index into the names; 0 = the code is nobody's
 * @line: of it
 * @nth: rows found before this one: of several at one place, the last counts
 */
struct row {
	uint32_t place;
	uint32_t file;
	uint32_t line;
	uint32_t nth;
};

/**
 * struct rows - all there are, and the files they are about
 * @row: @num of them, room for @room
 * @name: of the files, @num_names of them; [0] is ""
 */
struct rows {
	struct row *row;
	size_t num, room;
	char **name;
	size_t num_names;
};

void __attribute__((noreturn, format(printf, 1, 2))) lines_die(const char *fmt, ...);

/* One more row. */
void rows_add(struct rows *rows, uint32_t place, uint32_t file, uint32_t line);
/* The index of a file, which is added if it is new. */
uint32_t rows_file(struct rows *rows, const char *name);
/* By place, one for each, none that says what the one before it says. */
void rows_finish(struct rows *rows);
void rows_free(struct rows *rows);
/* The table of @rows, which have been finished. Return: its bytes, from malloc(), and *@size. */
unsigned char *rows_encode(const struct rows *rows, size_t *size);

/* Take the rows of an image or a module from its debug information. */
void rows_read(struct rows *rows, const char *path);

#endif
