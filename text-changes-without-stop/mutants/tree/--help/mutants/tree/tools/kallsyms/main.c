// SPDX-License-Identifier: GPL-2.0
/*
 * kallsyms: build the kernel's symbol table from a linked kernel, and check that linking it in
 * moved nothing. tools/link-vmlinux.sh tells the story of a link.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "kallsyms.h"

static void usage(void)
{
	fputs("usage: kallsyms [-v] -o OUT.S VMLINUX   write the table of VMLINUX's symbols\n"
	      "       kallsyms -e -o OUT.S            write an empty table\n"
	      "       kallsyms -c BEFORE AFTER        fail if the symbols of two links differ\n",
	      stderr);
	exit(2);
}

/* Write the table of the symbols in @path, an empty one if that is NULL. */
static void make_table(const char *path, const char *out_path, bool verbose)
{
	struct ksym_list list = { 0 };
	struct kallsyms_image image;
	size_t bytes;
	FILE *out;

	if (path)
		ksym_list_read(&list, path);
	if (path && !list.num)
		die("%s: no symbols", path);
	kallsyms_encode(&image, &list);
	bytes = kallsyms_image_bytes(&image);
	out = fopen(out_path, "w");
	if (!out)
		die("cannot write %s", out_path);
	kallsyms_emit(&image, out);
	if (fclose(out))
		die("cannot write %s", out_path);
	if (verbose && list.num)
		printf("kallsyms: %zu symbols, %zu bytes, %.1f per symbol\n", list.num, bytes,
		       (double)bytes / list.num);
	kallsyms_image_free(&image);
	ksym_list_free(&list);
}

static void check(const char *before_path, const char *after_path)
{
	struct ksym_list before = { 0 }, after = { 0 };
	unsigned int differences;

	ksym_list_read(&before, before_path);
	ksym_list_read(&after, after_path);
	differences = ksym_list_compare(&before, &after, stderr);
	if (differences)
		die("%u symbols of %s are not where the table says", differences, after_path);
	ksym_list_free(&before);
	ksym_list_free(&after);
}

int main(int argc, char **argv)
{
	bool empty = false, compare = false, verbose = false;
	const char *out = NULL;
	int opt;

	while ((opt = getopt(argc, argv, "ceo:v")) != -1) {
		switch (opt) {
		case 'c': compare = true; break;
		case 'e': empty = true; break;
		case 'o': out = optarg; break;
		case 'v': verbose = true; break;
		default: usage();
		}
	}
	if (argc - optind != (compare ? 2 : empty ? 0 : 1) || !out != compare)
		usage();
	if (compare)
		check(argv[optind], argv[optind + 1]);
	else
		make_table(empty ? NULL : argv[optind], out, verbose);
	return 0;
}
