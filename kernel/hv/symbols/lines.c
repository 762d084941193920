// SPDX-License-Identifier: GPL-2.0
/* Reading a table of source lines. A module's comes from a file, so nothing in it is taken on trust. */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/string.h>

#include "lines.h"

#define HEADER_SIZE	16u
#define BLOCK_SIZE	8u
#define FILE_SIZE	4u

/**
 * struct table - where the parts of a table are
 * @blocks: of them, @nr_blocks
 * @files: of them, @nr_files
 * @rows: the first byte
 * @names: the byte after the last row
 * @end: the byte after it all
 */
struct table {
	const u8 *blocks, *files, *rows, *names, *end;
	u32 nr_blocks, nr_files;
};

/* What rows have said so far. */
struct row {
	u32 place;
	u32 file;
	u32 line;
};

static u32 be32(const u8 *p)
{
	return (u32)p[0] << 24 | (u32)p[1] << 16 | (u32)p[2] << 8 | p[3];
}

static int open_table(struct table *t, const u8 *data, size_t size)
{
	u64 names;

	if (size < HEADER_SIZE || be32(data) != LINES_MAGIC)
		return -EINVAL;
	t->nr_blocks = be32(data + 4);
	t->nr_files = be32(data + 8);
	names = HEADER_SIZE + (u64)t->nr_blocks * BLOCK_SIZE + (u64)t->nr_files * FILE_SIZE + be32(data + 12);
	if (names >= size || data[size - 1])
		return -EINVAL;
	t->blocks = data + HEADER_SIZE;
	t->files = t->blocks + t->nr_blocks * BLOCK_SIZE;
	t->rows = t->files + t->nr_files * FILE_SIZE;
	t->names = data + names;
	t->end = data + size;
	return 0;
}

/* The next number of the rows, whose sign bit is at *@shift then. What is cut off ends in zeros. */
static u32 next_number(const struct table *t, const u8 **p, unsigned int *shift)
{
	u32 value = 0;
	u8 byte;

	*shift = 0;
	do {
		byte = *p < t->names ? *(*p)++ : 0;
		value |= *shift < 32 ? (u32)(byte & 0x7f) << *shift : 0;
		*shift += 7;
	} while (byte & 0x80);
	return value;
}

static u32 next_unsigned(const struct table *t, const u8 **p)
{
	unsigned int shift;

	return next_number(t, p, &shift);
}

static u32 next_signed(const struct table *t, const u8 **p)
{
	unsigned int shift;
	u32 value = next_number(t, p, &shift);

	if (shift < 32 && value >> (shift - 1))
		value |= ~0u << shift;
	return value;
}

static void next_row(const struct table *t, const u8 **p, struct row *row)
{
	u32 step = next_unsigned(t, p);

	row->place += (step >> 1) * 4;
	if (step & 1)
		row->file = next_unsigned(t, p);
	row->line += next_signed(t, p);
}

/* The last block that begins at or before @place; -1 = none does. */
static int find_block(const struct table *t, u32 place)
{
	u32 low = 0, high = t->nr_blocks;

	while (low < high) {
		u32 middle = low + (high - low) / 2;

		if (be32(t->blocks + middle * BLOCK_SIZE) <= place)
			low = middle + 1;
		else
			high = middle;
	}
	return (int)low - 1;
}

/* The last row of a block that is at or before @place. */
static struct row find_row(const struct table *t, u32 block, u32 place)
{
	const u8 *b = t->blocks + block * BLOCK_SIZE;
	const u8 *p = t->rows + min_t(size_t, be32(b + 4), t->names - t->rows);
	const u8 *end = block + 1 < t->nr_blocks ? t->rows + be32(b + BLOCK_SIZE + 4) : t->names;
	struct row row = { .place = be32(b) }, found = row;

	while (p < end && p < t->names) {
		next_row(t, &p, &row);
		if (row.place > place)
			break;
		found = row;
	}
	return found;
}

int lines_find(struct source_line *found, const void *data, size_t size, u32 place)
{
	struct table t;
	struct row row;
	int block, err;
	u32 name;

	err = open_table(&t, data, size);
	if (err)
		return err;
	block = find_block(&t, place);
	row = block < 0 ? (struct row){ 0 } : find_row(&t, (u32)block, place);
	if (!row.file || row.file >= t.nr_files)
		return -ENOENT;
	name = be32(t.files + row.file * FILE_SIZE);
	if (name >= t.end - t.names)
		return -EINVAL;
	*found = (struct source_line){ .file = (const char *)t.names + name, .line = row.line };
	return 0;
}
