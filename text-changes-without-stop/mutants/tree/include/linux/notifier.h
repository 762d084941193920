/* SPDX-License-Identifier: GPL-2.0 */
/* Notifier chains: callbacks in order of priority, any of which may stop the call. */
#ifndef _LINUX_NOTIFIER_H
#define _LINUX_NOTIFIER_H

#include <linux/mutex.h>

struct notifier_block;

typedef int (*notifier_fn_t)(struct notifier_block *nb, unsigned long action, void *data);

struct notifier_block {
	notifier_fn_t notifier_call;
	struct notifier_block *next;
	int priority;		/* higher is called earlier */
};

/*
 * A chain whose callbacks may sleep. They run with the chain's mutex held: they must not register
 * or call on it.
 */
struct blocking_notifier_head {
	struct mutex lock;
	struct notifier_block *head;
};

#define BLOCKING_NOTIFIER_INIT(name)	{ .lock = __MUTEX_INITIALIZER((name).lock), .head = NULL }
#define BLOCKING_NOTIFIER_HEAD(name) \
	struct blocking_notifier_head name = BLOCKING_NOTIFIER_INIT(name)

/* What a callback returns. */
#define NOTIFY_DONE		0x0000	/* not for me */
#define NOTIFY_OK		0x0001	/* seen */
#define NOTIFY_STOP_MASK	0x8000	/* call nobody after me */
#define NOTIFY_BAD		(NOTIFY_STOP_MASK | 0x0002)	/* veto */
#define NOTIFY_STOP		(NOTIFY_OK | NOTIFY_STOP_MASK)

/* A veto that carries an errno, and back again. */
static inline int notifier_from_errno(int err)
{
	return err ? NOTIFY_STOP_MASK | (NOTIFY_OK - err) : NOTIFY_OK;
}

static inline int notifier_to_errno(int ret)
{
	ret &= ~NOTIFY_STOP_MASK;
	return ret > NOTIFY_OK ? NOTIFY_OK - ret : 0;
}

int blocking_notifier_chain_register(struct blocking_notifier_head *nh, struct notifier_block *nb);
int blocking_notifier_chain_unregister(struct blocking_notifier_head *nh,
				       struct notifier_block *nb);
int blocking_notifier_call_chain(struct blocking_notifier_head *nh, unsigned long action,
				 void *data);
int blocking_notifier_call_chain_robust(struct blocking_notifier_head *nh, unsigned long up,
					unsigned long down, void *data);

#endif
