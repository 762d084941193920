/* SPDX-License-Identifier: GPL-2.0 */
/* The end of the line. */
#ifndef _LINUX_PANIC_H
#define _LINUX_PANIC_H

#include <linux/compiler.h>
#include <linux/types.h>

void panic(const char *fmt, ...) __printf(1, 2) __noreturn;

/* How many oopses there have been since boot. */
extern unsigned int oops_count;

/*
 * Taints: what has happened to this kernel, or what a module is, that someone who reads an oops should know.
 * The letters are Linux's.
 */
#define TAINT_PROPRIETARY_MODULE	0	/* P (G without it) */
#define TAINT_FORCED_MODULE		1	/* F: built for another kernel */
#define TAINT_DIE			7	/* D: an oops before this one */
#define TAINT_WARN			9	/* W */
#define TAINT_OOT_MODULE		12	/* O: built outside the tree */
#define TAINT_LIVEPATCH			15	/* K: a live patch */

void add_taint(unsigned int flag);
bool test_taint(unsigned int flag);
/* "Tainted: P O" with a place per flag, or "Not tainted". Context: any; the buffer is shared. */
const char *print_tainted(void);

#endif
