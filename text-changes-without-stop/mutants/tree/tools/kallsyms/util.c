// SPDX-License-Identifier: GPL-2.0
/* A host program that cannot go on says why and stops the build. */
#include <stdarg.h>
#include <stdlib.h>
#include "kallsyms.h"

/* Print a message and exit with status 1. */
void die(const char *fmt, ...)
{
	va_list args;

	fprintf(stderr, "kallsyms: ");
	va_start(args, fmt);
	vfprintf(stderr, fmt, args);
	va_end(args);
	fputc('\n', stderr);
	exit(1);
}

/* Zeroed memory for @num elements of @size bytes; never NULL. */
void *xalloc(size_t num, size_t size)
{
	void *p = calloc(num ? num : 1, size);

	if (!p)
		die("out of memory");
	return p;
}
