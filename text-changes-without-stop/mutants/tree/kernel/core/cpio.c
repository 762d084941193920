// SPDX-License-Identifier: GPL-2.0
/*
 * A reader of cpio "newc" archives (magic 070701, and 070702 with checksums): a header of 13 fields
 * of 8 hexadecimal digits behind a magic of 6, the name, padding to 4 bytes, the data, padding to 4
 * bytes; the entry named "TRAILER!!!" ends the archive. Nothing the archive says is believed before
 * it is checked, and nothing outside it is ever read. Layout: cpio(5), "New ASCII Format".
 */
#include <linux/errno.h>
#include <linux/string.h>
#include <linux/types.h>
#include <stopgap/cpio.h>

#define MAGIC_LEN	6
#define FIELD_LEN	8
#define HEADER_LEN	(MAGIC_LEN + 13 * FIELD_LEN)

enum field {
	FIELD_MODE = 1,
	FIELD_FILESIZE = 6,
	FIELD_NAMESIZE = 11,
	FIELD_CHECK = 12,
};

/**
 * cpio_open() - start reading an archive
 * @r: the reader
 * @archive: the archive; aligned to 4 bytes, or the files' data will not be either
 * @size: its size; what follows the trailer is ignored
 *
 * Context: any.
 */
void cpio_open(struct cpio_reader *r, const void *archive, size_t size)
{
	r->archive = archive;
	r->size = size;
	r->offset = 0;
	r->error = NULL;
}

static int invalid(struct cpio_reader *r, const char *error)
{
	r->error = error;
	return -EINVAL;
}

static size_t padded(size_t n)
{
	return (n + 3) & ~(size_t)3;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

static bool read_field(const char *header, enum field field, u32 *value)
{
	const char *digits = header + MAGIC_LEN + field * FIELD_LEN;
	int i;

	*value = 0;
	for (i = 0; i < FIELD_LEN; i++) {
		int digit = hex_digit(digits[i]);

		if (digit < 0)
			return false;
		*value = *value << 4 | digit;
	}
	return true;
}

static u32 byte_sum(const unsigned char *data, size_t size)
{
	u32 sum = 0;

	while (size--)
		sum += *data++;
	return sum;
}

/*
 * The header at the reader's offset. 32-bit sizes in size_t cannot overflow when added to an
 * offset.
 */
static int read_header(struct cpio_reader *r, bool *summed, u32 fields[FIELD_CHECK + 1])
{
	const char *header = r->archive + r->offset;
	int i;

	if (r->offset >= r->size)
		return invalid(r, "no trailer");
	if (r->size - r->offset < HEADER_LEN)
		return invalid(r, "truncated header");
	*summed = memcmp(header, "070702", MAGIC_LEN) == 0;
	if (!*summed && memcmp(header, "070701", MAGIC_LEN) != 0)
		return invalid(r, "bad magic");
	for (i = 0; i <= FIELD_CHECK; i++)
		if (!read_field(header, i, &fields[i]))
			return invalid(r, "bad hexadecimal digit");
	return 0;
}

/**
 * cpio_next() - read the next entry
 * @r: the reader; does not move on an error
 * @entry: receives the entry, of whatever type
 *
 * Context: any.
 * Return: 0, -ENOENT at the trailer, -EINVAL if the archive is corrupt (@r->error says how).
 */
int cpio_next(struct cpio_reader *r, struct cpio_entry *entry)
{
	u32 fields[FIELD_CHECK + 1];
	size_t name, data;
	bool summed;
	int err;

	err = read_header(r, &summed, fields);
	if (err)
		return err;

	name = r->offset + HEADER_LEN;
	if (fields[FIELD_NAMESIZE] == 0 || fields[FIELD_NAMESIZE] > r->size - name)
		return invalid(r, "name outside of the archive");
	entry->name = r->archive + name;
	if (strnlen(entry->name, fields[FIELD_NAMESIZE]) != fields[FIELD_NAMESIZE] - 1)
		return invalid(r, "name not terminated");
	if (strcmp(entry->name, "TRAILER!!!") == 0)
		return -ENOENT;

	data = padded(name + fields[FIELD_NAMESIZE]);
	if (data > r->size || fields[FIELD_FILESIZE] > r->size - data)
		return invalid(r, "data outside of the archive");
	entry->data = r->archive + data;
	entry->size = fields[FIELD_FILESIZE];
	entry->mode = fields[FIELD_MODE];
	if (summed && byte_sum(entry->data, entry->size) != fields[FIELD_CHECK])
		return invalid(r, "bad checksum");
	r->offset = padded(data + entry->size);
	return 0;
}
