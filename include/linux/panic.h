/* SPDX-License-Identifier: GPL-2.0 */
/* The end of the line. */
#ifndef _LINUX_PANIC_H
#define _LINUX_PANIC_H

#include <linux/compiler.h>

void panic(const char *fmt, ...) __printf(1, 2) __noreturn;

/* How many oopses there have been since boot. */
extern unsigned int oops_count;

#endif
