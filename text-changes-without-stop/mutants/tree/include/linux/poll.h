/* SPDX-License-Identifier: GPL-2.0 */
/*
 * For files that say when they can be read or written. Nobody here waits for several at once, so a poll function is
 * compiled, and not called.
 */
#ifndef _LINUX_POLL_H
#define _LINUX_POLL_H

#include <linux/fs.h>
#include <linux/wait.h>

#define EPOLLIN		((__poll_t)0x001)
#define EPOLLPRI	((__poll_t)0x002)
#define EPOLLOUT	((__poll_t)0x004)
#define EPOLLERR	((__poll_t)0x008)
#define EPOLLHUP	((__poll_t)0x010)
#define EPOLLRDNORM	((__poll_t)0x040)
#define EPOLLWRNORM	((__poll_t)0x100)

#define POLLIN		0x001
#define POLLPRI		0x002
#define POLLOUT		0x004
#define POLLERR		0x008
#define POLLHUP		0x010
#define POLLRDNORM	0x040
#define POLLWRNORM	0x100

typedef struct poll_table_struct {
	void (*_qproc)(struct file *file, struct wait_queue_head *wq, struct poll_table_struct *p);
} poll_table;

static inline void poll_wait(struct file *file, struct wait_queue_head *wq, poll_table *p)
{
	if (p && p->_qproc)
		p->_qproc(file, wq, p);
}

#endif
