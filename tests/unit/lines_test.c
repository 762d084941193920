// SPDX-License-Identifier: GPL-2.0
/* The table of source lines from end to end: random rows through the host tool's coder and the kernel's reader. */
// LINK: kernel/hv/symbols/lines.c tools/lines/encode.c
#include <linux/errno.h>
#include <linux/sprintf.h>
#include <linux/string.h>

#include "lines.h"
#include "tools/lines/lines.h"
#include "unit.h"

#define ROWS	1000

static unsigned char *table;
static size_t size;

static unsigned int below(unsigned int n)
{
	return (unsigned int)rand() % n;
}

static void encode(struct rows *rows)
{
	rows_finish(rows);
	free(table);
	table = rows_encode(rows, &size);
}

static void make_random(struct rows *rows)
{
	uint32_t place = 4 * below(3), line = 1;
	char name[32];

	for (unsigned int i = 0; i < ROWS; i++) {
		sprintf(name, "kernel/file%u.c", below(8) ? i / 50 : below(40));
		line = below(10) ? line + below(80) : 1 + below(3000);
		rows_add(rows, place, below(30) ? rows_file(rows, name) : 0, line);
		place += 4 + 4 * (below(5) ? below(6) : below(20000));
	}
}

/* What @place ought to be, by looking at all rows. */
static const struct row *expected(const struct rows *rows, uint32_t place)
{
	const struct row *found = NULL;

	for (size_t i = 0; i < rows->num && rows->row[i].place <= place; i++)
		found = &rows->row[i];
	return found && found->file ? found : NULL;
}

static void check_place(const struct rows *rows, uint32_t place)
{
	const struct row *want = expected(rows, place);
	struct source_line found;
	int err = lines_find(&found, table, size, place);

	CHECK_EQ(err, want ? 0 : -ENOENT);
	if (err)
		return;
	CHECK_STR(found.file, rows->name[want->file]);
	CHECK_EQ(found.line, want->line);
}

TEST(finds_what_was_put_in)
{
	for (unsigned int n = 0; n < 20; n++) {
		struct rows rows = { 0 };

		make_random(&rows);
		encode(&rows);
		for (size_t i = 0; i < rows.num; i++) {
			check_place(&rows, rows.row[i].place);
			check_place(&rows, rows.row[i].place + 4 * below(4));
		}
		check_place(&rows, 0);
		check_place(&rows, ~0u);
		rows_free(&rows);
	}
}

TEST(of_several_rows_at_a_place_the_last_counts)
{
	struct rows rows = { 0 };
	struct source_line found;
	uint32_t file = rows_file(&rows, "a.c");

	rows_add(&rows, 16, file, 7);
	rows_add(&rows, 16, file, 8);
	rows_add(&rows, 16, 0, 0);	/* what ends there */
	rows_add(&rows, 8, file, 3);
	rows_add(&rows, 24, 0, 0);
	encode(&rows);
	CHECK_EQ(lines_find(&found, table, size, 4), -ENOENT);
	CHECK_EQ(lines_find(&found, table, size, 12), 0);
	CHECK_EQ(found.line, 3);
	CHECK_EQ(lines_find(&found, table, size, 16), 0);
	CHECK_EQ(found.line, 8);
	CHECK_EQ(lines_find(&found, table, size, 24), -ENOENT);
	rows_free(&rows);
}

TEST(an_empty_table_knows_nothing)
{
	struct rows rows = { 0 };
	struct source_line found;

	encode(&rows);
	CHECK_EQ(lines_find(&found, table, size, 0), -ENOENT);
	CHECK_EQ(lines_find(&found, table, 0, 0), -EINVAL);
	CHECK_EQ(lines_find(&found, "no table, but some bytes", 24, 0), -EINVAL);
	rows_free(&rows);
}

/* A module's table comes from a file. */
TEST(damage_is_survived)
{
	struct rows rows = { 0 };
	struct source_line found;
	unsigned char *copy;

	make_random(&rows);
	encode(&rows);
	for (unsigned int n = 0; n < 20000; n++) {
		size_t len = below(4) ? size : below((unsigned int)size);

		copy = malloc(len);
		memcpy(copy, table, len);
		for (unsigned int i = 0; len && i < 1 + below(8); i++)
			copy[below(2) ? below((unsigned int)len) : below((unsigned int)(len < 64 ? len : 64))] = below(256);
		if (!lines_find(&found, copy, len, below(200000)))
			CHECK(strlen(found.file) < len);
		free(copy);
	}
	rows_free(&rows);
}
