/* SPDX-License-Identifier: GPL-2.0 */
/* Signals, which no thread here ever gets: for loops that end when one is pending. */
#ifndef _LINUX_SIGNAL_H
#define _LINUX_SIGNAL_H

#include <linux/sched.h>

#define SIGHUP		1
#define SIGINT		2
#define SIGKILL		9
#define SIGUSR1		10
#define SIGTERM		15

#define signal_pending(task)		((void)(task), 0)
#define fatal_signal_pending(task)	((void)(task), 0)
#define allow_signal(sig)		do { (void)(sig); } while (0)
#define disallow_signal(sig)		do { (void)(sig); } while (0)
#define flush_signals(task)		do { (void)(task); } while (0)

#endif
