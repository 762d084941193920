/* SPDX-License-Identifier: GPL-2.0 */
/* Reading a cpio archive in the "newc" format, in memory and in place. */
#ifndef _STOPGAP_CPIO_H
#define _STOPGAP_CPIO_H

#include <linux/types.h>

/* Where a reader stands in an archive. Fill with cpio_open(). */
struct cpio_reader {
	const char *archive;
	size_t size;
	size_t offset;		/* of the next header */
	const char *error;	/* what was wrong, after -EINVAL */
};

struct cpio_entry {
	const char *name;	/* NUL-terminated, as stored; points into the archive */
	const void *data;
	size_t size;
	u32 mode;		/* type and permissions, as in stat(2) */
};

#define CPIO_MODE_TYPE		0170000
#define CPIO_MODE_REGULAR	0100000

void cpio_open(struct cpio_reader *r, const void *archive, size_t size);
int cpio_next(struct cpio_reader *r, struct cpio_entry *entry);

#endif
