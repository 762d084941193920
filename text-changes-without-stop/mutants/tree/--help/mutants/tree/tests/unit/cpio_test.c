// SPDX-License-Identifier: GPL-2.0
/*
 * The archive reader against archives made by GNU cpio: whole, then cut short and damaged in every
 * byte. Each archive is read from memory of exactly its size, so that ASan sees the first byte read
 * outside.
 */
// LINK: kernel/core/cpio.c
#include <linux/errno.h>
#include <linux/sprintf.h>
#include <linux/string.h>

#include <stopgap/cpio.h>
#include "unit.h"

#define MAX_ARCHIVE	65536

/* An archive of: dir, dir/empty, dir/three ("abc"), big (5000 times 'x'). */
static const char script[] =
	"set -e; d=$(mktemp -d); trap 'rm -rf $d' EXIT; cd $d; mkdir dir; : >dir/empty; "
	"printf abc >dir/three; head -c 5000 /dev/zero | tr '\\0' x >big; "
	"printf './dir\\ndir/empty\\ndir/three\\nbig\\n' | cpio --quiet -o -H ";

static char *make_archive(const char *format, size_t *size)
{
	char command[512];
	char *archive = malloc(MAX_ARCHIVE);
	FILE *pipe;

	sprintf(command, "%s%s", script, format);
	pipe = popen(command, "r");
	*size = fread(archive, 1, MAX_ARCHIVE, pipe);
	CHECK_EQ(pclose(pipe), 0);
	CHECK(*size > 5000 && *size < MAX_ARCHIVE);
	return archive;
}

/*
 * Read everything there is to read, touching every byte. Return: cpio_next()'s last word;
 * *@entries: how many.
 */
static int read_all(const char *archive, size_t size, int *entries)
{
	struct cpio_reader r;
	struct cpio_entry e;
	volatile char sink;
	int err;
	size_t i;

	*entries = 0;
	cpio_open(&r, archive, size);
	while ((err = cpio_next(&r, &e)) == 0) {
		++*entries;
		sink = e.name[strlen(e.name)];
		for (i = 0; i < e.size; i++)
			sink = ((const char *)e.data)[i];
	}
	(void)sink;
	CHECK((err == -EINVAL) == (r.error != NULL));
	return err;
}

static void check_entry(struct cpio_reader *r, const char *name, const char *start, size_t size)
{
	struct cpio_entry e;

	if (!CHECK_EQ(cpio_next(r, &e), 0))
		return;
	CHECK_STR(e.name, name);
	CHECK_EQ(e.size, size);
	CHECK_EQ((e.mode & CPIO_MODE_TYPE) == CPIO_MODE_REGULAR, strcmp(name, "dir") != 0);
	CHECK_EQ((unsigned long)e.data % 4, 0);
	CHECK_MEM(e.data, start, strlen(start));
}

static void check_format(const char *format)
{
	struct cpio_reader r;
	struct cpio_entry e;
	size_t size;
	char *archive = make_archive(format, &size);

	cpio_open(&r, archive, size);
	check_entry(&r, "dir", "", 0);
	check_entry(&r, "dir/empty", "", 0);
	check_entry(&r, "dir/three", "abc", 3);
	check_entry(&r, "big", "xxxxxxxx", 5000);
	CHECK_EQ(cpio_next(&r, &e), -ENOENT);
	CHECK_EQ(cpio_next(&r, &e), -ENOENT);
	free(archive);
}

TEST(gnu_cpio_newc)
{
	check_format("newc");
}

TEST(gnu_cpio_newc_with_checksums)
{
	check_format("crc");
}

TEST(other_formats_are_refused)
{
	size_t size;
	char *archive = make_archive("odc", &size);
	int entries;

	CHECK_EQ(read_all(archive, size, &entries), -EINVAL);
	CHECK_EQ(entries, 0);
	free(archive);
}

/*
 * Wherever the archive is cut before its trailer, what was complete is read, and the cut is
 * noticed.
 */
TEST(a_cut_archive_keeps_its_start)
{
	size_t size, cut, trailer;
	char *archive = make_archive("newc", &size), *part;
	int entries;

	for (trailer = size - 10; libc_memcmp(archive + trailer, "TRAILER!!!", 10); trailer--)
		;
	for (cut = 0; cut < trailer + 11; cut++) {
		part = malloc(cut);
		libc_memcpy(part, archive, cut);
		CHECK_EQ(read_all(part, cut, &entries), -EINVAL);
		CHECK(cut < trailer - 110 || entries == 4);
		free(part);
	}
	free(archive);
}

TEST(damage_never_leads_outside)
{
	size_t size, at;
	char *archive = make_archive("crc", &size), *bad;
	int entries, round;

	bad = malloc(size);
	srand(1);
	for (at = 0; at < size; at++) {
		libc_memcpy(bad, archive, size);
		for (round = 0; round < 4; round++) {
			bad[at] = round ? rand() : "0fF-"[at % 4];
			read_all(bad, size, &entries);
		}
	}
	for (round = 0; round < 20000; round++) {
		libc_memcpy(bad, archive, size);
		for (at = 0; at < 3; at++)
			bad[rand() % 600] = "0123456789abcdefgTF"[rand() % 19];
		read_all(bad, size, &entries);
	}
	free(bad);
	free(archive);
}

/* Overwrite @text at @at of a good archive; the reader must say @error after @entries entries. */
static void check_damage(size_t at, const char *text, const char *error, int entries)
{
	size_t size;
	char *archive = make_archive("newc", &size);
	struct cpio_reader r;
	struct cpio_entry e;
	int n = 0;

	libc_memcpy(archive + at, text, strlen(text));
	cpio_open(&r, archive, size);
	while (cpio_next(&r, &e) == 0)
		n++;
	CHECK_EQ(n, entries);
	CHECK_STR(r.error ? r.error : "none", error);
	free(archive);
}

/* The first header is at 0, its name ("dir") at 110; the second header at 116, its name at 226. */
TEST(damage_is_named)
{
	check_damage(0, "070707", "bad magic", 0);
	check_damage(116, "170701", "bad magic", 1);
	check_damage(6, "0000000g", "bad hexadecimal digit", 0);
	check_damage(94, "00000000", "name outside of the archive", 0);
	check_damage(94, "ffffffff", "name outside of the archive", 0);
	check_damage(94, "00000003", "name not terminated", 0);
	check_damage(94, "00000005", "name not terminated", 0);
	check_damage(54, "7fffffff", "data outside of the archive", 0);
	check_damage(54, "ffffffff", "data outside of the archive", 0);
	check_damage(116 + 54, "00100000", "data outside of the archive", 1);
}
