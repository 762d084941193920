/* SPDX-License-Identifier: GPL-2.0 */
/* One thread waits until another says it is done. A completion may live on the waiter's stack. */
#ifndef _LINUX_COMPLETION_H
#define _LINUX_COMPLETION_H

#include <linux/wait.h>

/**
 * struct completion - counts what has been completed and not been waited for yet
 * @done: that count; COMPLETION_ALL after complete_all()
 * @wait: who waits; its lock protects @done
 */
struct completion {
	unsigned int done;
	struct wait_queue_head wait;
};

#define COMPLETION_ALL			(~0U)

#define COMPLETION_INITIALIZER(work)	{ 0, __WAIT_QUEUE_HEAD_INITIALIZER((work).wait) }
#define DECLARE_COMPLETION(work)	struct completion work = COMPLETION_INITIALIZER(work)
#define DECLARE_COMPLETION_ONSTACK(work)	DECLARE_COMPLETION(work)

static inline void init_completion(struct completion *x)
{
	x->done = 0;
	init_waitqueue_head(&x->wait);
}

static inline void reinit_completion(struct completion *x)
{
	x->done = 0;
}

void complete(struct completion *x);
void complete_all(struct completion *x);
void wait_for_completion(struct completion *x);
int wait_for_completion_interruptible(struct completion *x);
unsigned long wait_for_completion_timeout(struct completion *x, unsigned long timeout);
bool try_wait_for_completion(struct completion *x);
bool completion_done(struct completion *x);

static inline int wait_for_completion_killable(struct completion *x)
{
	return wait_for_completion_interruptible(x);
}

long wait_for_completion_interruptible_timeout(struct completion *x, unsigned long timeout);

/* A thread's last words: none of its own code runs after the completion. */
void __noreturn kthread_complete_and_exit(struct completion *x, long code);
#define complete_and_exit(x, code)	kthread_complete_and_exit(x, code)

#endif
