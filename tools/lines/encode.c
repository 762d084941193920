// SPDX-License-Identifier: GPL-2.0
/* Rows in order, and as bytes: kernel/hv/symbols/lines.h describes the table. */
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lines.h"

#define MAGIC	0x4c494e45u	/* LINES_MAGIC in kernel/hv/symbols/lines.h */
#define BLOCK	64		/* rows */

void lines_die(const char *fmt, ...)
{
	va_list args;

	fprintf(stderr, "lines: ");
	va_start(args, fmt);
	vfprintf(stderr, fmt, args);
	va_end(args);
	fputc('\n', stderr);
	exit(1);
}

static void *grow(void *p, size_t size)
{
	p = realloc(p, size);
	if (!p)
		lines_die("out of memory");
	return p;
}

/* ---- rows ---- */

void rows_add(struct rows *rows, uint32_t place, uint32_t file, uint32_t line)
{
	if (rows->num == rows->room) {
		rows->room = rows->room ? 2 * rows->room : 4096;
		rows->row = grow(rows->row, rows->room * sizeof(*rows->row));
	}
	rows->row[rows->num] = (struct row){ place, file, line, (uint32_t)rows->num };
	rows->num++;
}

uint32_t rows_file(struct rows *rows, const char *name)
{
	uint32_t i;

	for (i = 0; i < rows->num_names; i++)
		if (!strcmp(rows->name[i], name))
			return i;
	rows->name = grow(rows->name, (rows->num_names + 2) * sizeof(*rows->name));
	if (!i)
		rows->name[rows->num_names++] = strdup("");
	rows->name[rows->num_names] = strdup(name);
	return (uint32_t)rows->num_names++;
}

static int by_place(const void *a, const void *b)
{
	const struct row *x = a, *y = b;

	if (x->place != y->place)
		return x->place < y->place ? -1 : 1;
	/* What ends there gives way to what begins there. */
	if (!x->file != !y->file)
		return x->file ? 1 : -1;
	return x->nth < y->nth ? -1 : x->nth > y->nth;
}

void rows_finish(struct rows *rows)
{
	size_t i, n = 0;

	if (rows->num)
		qsort(rows->row, rows->num, sizeof(*rows->row), by_place);
	for (i = 0; i < rows->num; i++) {
		const struct row *r = &rows->row[i];

		if (i + 1 < rows->num && r[1].place == r->place)
			continue;
		if (n && rows->row[n - 1].file == r->file && rows->row[n - 1].line == r->line)
			continue;
		rows->row[n++] = *r;
	}
	rows->num = n;
}

void rows_free(struct rows *rows)
{
	size_t i;

	for (i = 0; i < rows->num_names; i++)
		free(rows->name[i]);
	free(rows->name);
	free(rows->row);
	*rows = (struct rows){ 0 };
}

/* ---- bytes ---- */

struct bytes {
	unsigned char *data;
	size_t num, room;
};

static void put(struct bytes *b, unsigned int byte)
{
	if (b->num == b->room) {
		b->room = b->room ? 2 * b->room : 4096;
		b->data = grow(b->data, b->room);
	}
	b->data[b->num++] = (unsigned char)byte;
}

static void put_be32(struct bytes *b, uint32_t value)
{
	put(b, value >> 24);
	put(b, value >> 16);
	put(b, value >> 8);
	put(b, value);
}

static void put_bytes(struct bytes *b, const struct bytes *other)
{
	size_t i;

	for (i = 0; i < other->num; i++)
		put(b, other->data[i]);
}

static void put_unsigned(struct bytes *b, uint32_t value)
{
	for (; value >= 0x80; value >>= 7)
		put(b, value | 0x80);
	put(b, value);
}

static void put_signed(struct bytes *b, int32_t value)
{
	for (; value < -64 || value >= 64; value >>= 7)
		put(b, (value & 0x7f) | 0x80);
	put(b, value & 0x7f);
}

static void put_row(struct bytes *b, const struct row *r, const struct row *before)
{
	bool other = r->file != before->file;

	put_unsigned(b, (r->place - before->place) / 4 * 2 + other);
	if (other)
		put_unsigned(b, r->file);
	put_signed(b, (int32_t)(r->line - before->line));
}

unsigned char *rows_encode(const struct rows *rows, size_t *size)
{
	struct bytes table = { 0 }, blocks = { 0 }, coded = { 0 }, files = { 0 }, names = { 0 };
	struct row before = { 0 };
	size_t i;

	for (i = 0; i < rows->num; i++) {
		if (i % BLOCK == 0) {
			put_be32(&blocks, rows->row[i].place);
			put_be32(&blocks, (uint32_t)coded.num);
			before = (struct row){ .place = rows->row[i].place };
		}
		put_row(&coded, &rows->row[i], &before);
		before = rows->row[i];
	}
	for (i = 0; i < rows->num_names; i++) {
		const char *c = rows->name[i];

		put_be32(&files, (uint32_t)names.num);
		do
			put(&names, (unsigned char)*c);
		while (*c++);
	}
	put(&names, 0);
	put_be32(&table, MAGIC);
	put_be32(&table, (uint32_t)(blocks.num / 8));
	put_be32(&table, (uint32_t)rows->num_names);
	put_be32(&table, (uint32_t)coded.num);
	put_bytes(&table, &blocks);
	put_bytes(&table, &files);
	put_bytes(&table, &coded);
	put_bytes(&table, &names);
	free(blocks.data);
	free(coded.data);
	free(files.data);
	free(names.data);
	*size = table.num;
	return table.data;
}
