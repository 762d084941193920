/* SPDX-License-Identifier: GPL-2.0 */
/* Where messages come out. */
#ifndef _LINUX_CONSOLE_H
#define _LINUX_CONSOLE_H

#include <linux/types.h>

/**
 * struct console - one place to print to
 * @name: for the log
 * @write: put out @n bytes, all of them, at once; called from any context, NMI included, one CPU at
 *	a time except in an oops. Newlines are '\n'; the driver adds what its terminal needs.
 * @next: the core's
 */
struct console {
	const char *name;
	void (*write)(struct console *con, const char *s, unsigned int n);
	struct console *next;
};

/* Add @con, and send it everything logged so far. Context: any. */
void register_console(struct console *con);
/*
 * Take @con out again; nobody is inside its write() on return. Context: not from inside a console.
 */
void unregister_console(struct console *con);

/**
 * bust_spinlocks - printing matters more than order now
 * @yes: 1 on entry to an oops, 0 at its end; nests
 *
 * Meanwhile all levels reach the consoles, and printk waits only briefly for a CPU that may never
 * let go.
 */
void bust_spinlocks(int yes);

/*
 * Call @fn for each line of the log, oldest first, with its time stamp, without its newline.
 * Context: thread.
 */
void dmesg_for_each(void (*fn)(void *arg, const char *line), void *arg);
/* Forget what the log holds. */
void dmesg_clear(void);

#endif
