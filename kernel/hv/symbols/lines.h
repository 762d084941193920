/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The table of source lines: which instruction comes from which line. Made by tools/lines from the debug information,
 * for the image and for each module. Pure logic, which the tool's test shares.
 *
 * A place is an offset into the executable sections, one after the other in the order of the section headers. From the
 * place of a row on, up to that of the next, all comes from its line; file 0 is nobody's. Rows are cut into blocks, for
 * a binary search. All numbers are big-endian:
 *
 *	u32 magic, blocks, files, bytes of rows
 *	u32 place, offset into the rows		of each block's first row
 *	u32 offset into the names		of each file; 0 has the name ""
 *	rows					see below
 *	names					each ended by a 0
 *
 * A row is what differs from the row before it; at the start of a block that is the block's place, file 0, line 0:
 *
 *	unsigned	instructions up to it, times 2, plus 1 if the file is another
 *	unsigned	the file, if it is another
 *	signed		lines
 *
 * Numbers in rows are LEB128: seven bits in a byte, the lowest first, 0x80 set if more follow.
 */
#ifndef _HV_SHARED_LINES_H
#define _HV_SHARED_LINES_H

#include <linux/types.h>

#define LINES_MAGIC	0x4c494e45u	/* "LINE" */
#define LINES_SECTION	".lines"	/* of a module */

/* A line of source. */
struct source_line {
	const char *file;
	u32 line;
};

/*
 * Look @place up in the @size bytes of @table, which may be damaged.
 * Context: any. Return: 0; -ENOENT if it has no line there; -EINVAL if it is no table.
 */
int lines_find(struct source_line *found, const void *table, size_t size, u32 place);

#endif
