/* SPDX-License-Identifier: GPL-2.0 */
/* The terminal of the running thread: for all of them the console, and all it does is write. */
#ifndef _LINUX_TTY_H
#define _LINUX_TTY_H

#include <linux/types.h>

struct tty_struct;

struct tty_operations {
	int (*write)(struct tty_struct *tty, const unsigned char *buf, int count);
};

struct tty_driver {
	const struct tty_operations *ops;
};

struct tty_struct {
	struct tty_driver *driver;
	const struct tty_operations *ops;
};

/* Return: the console; to be given back with tty_kref_put(). Context: any. */
struct tty_struct *get_current_tty(void);

static inline void tty_kref_put(struct tty_struct *tty)
{
	(void)tty;
}

#endif
