/* SPDX-License-Identifier: GPL-2.0 */
/* Damaged module files, for the shell and for KUnit. */
#ifndef _MODULE_MODFUZZ_H
#define _MODULE_MODFUZZ_H

#include <linux/types.h>
#include <stopgap/ramdisk.h>

/**
 * struct modfuzz - a series of damaged copies of one file
 * @seed: decides the damage: the n-th copy of a series can be had again as the first of seed + n
 * @count: how many
 * @loaded: result: how many could have been loaded
 * @refused: result: how many could not
 */
struct modfuzz {
	u64 seed;
	unsigned int count;
	unsigned int loaded, refused;
};

int modfuzz_run(struct modfuzz *fuzz, const struct ramdisk_file *file);

#endif
