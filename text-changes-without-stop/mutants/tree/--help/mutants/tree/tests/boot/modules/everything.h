/* SPDX-License-Identifier: GPL-2.0 */
/* Between the two files of the module: calls and data across them. */
#ifndef _EVERYTHING_H
#define _EVERYTHING_H

#include <linux/percpu.h>

int everything_other(int x);
int (*everything_pick(void))(int x);

extern int everything_shared;
DECLARE_PER_CPU(long, everything_per_cpu);

#endif
