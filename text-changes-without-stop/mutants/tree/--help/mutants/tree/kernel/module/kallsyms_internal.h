/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The kernel's own table, for the few files here that need more of a symbol than linux/kallsyms.h
 * gives.
 */
#ifndef _MODULE_KALLSYMS_INTERNAL_H
#define _MODULE_KALLSYMS_INTERNAL_H

#include "kallsyms_table.h"

/* From tools/kallsyms, at the end of the image. */
extern const struct kallsyms_table kallsyms_kernel_table;

#endif
