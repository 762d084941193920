// SPDX-License-Identifier: GPL-2.0
/*
 * lines: write the table of source lines of an image or a module of the explore build, so that the kernel can say
 * where something happened without a host at hand. tools/link-vmlinux.sh puts the image's behind everything else,
 * tools/Makefile.modbuild a module's into its file, in a section that is not loaded.
 */
#include <stdio.h>
#include <stdlib.h>

#include "lines.h"

int main(int argc, char **argv)
{
	struct rows rows = { 0 };
	unsigned char *table;
	size_t size;
	FILE *out;

	if (argc != 3) {
		fputs("usage: lines OUT VMLINUX|MODULE\n", stderr);
		return 2;
	}
	rows_read(&rows, argv[2]);
	rows_finish(&rows);
	table = rows_encode(&rows, &size);
	out = fopen(argv[1], "wb");
	if (!out || fwrite(table, 1, size, out) != size || fclose(out))
		lines_die("cannot write %s", argv[1]);
	free(table);
	rows_free(&rows);
	return 0;
}
