/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Read-copy-update: readers that take no lock and never wait, writers that wait for all readers that may still see
 * the old.
 *
 * This is classic RCU: a read section is a stretch of code that is not preempted and does not sleep, so a CPU that
 * passes through the scheduler has left all of its own. Interrupt handlers, and anything with preemption off, are read
 * sections by nature.
 */
#ifndef _LINUX_RCUPDATE_H
#define _LINUX_RCUPDATE_H

#include <asm/barrier.h>
#include <linux/compiler.h>
#include <linux/preempt.h>
#include <linux/types.h>

/**
 * struct rcu_head - in whatever is to be freed after a grace period
 * @next: the next callback that waits
 * @func: what to call, with this rcu_head
 */
struct rcu_head {
	struct rcu_head *next;
	void (*func)(struct rcu_head *head);
};

typedef void (*rcu_callback_t)(struct rcu_head *head);

/* Bracket a read section; they nest. Context: any. */
static inline void rcu_read_lock(void)
{
	preempt_disable();
}

static inline void rcu_read_unlock(void)
{
	preempt_enable();
}

/* Make @v reachable through @p: all that was stored into it before is seen by whoever finds it. */
#define rcu_assign_pointer(p, v)	smp_store_release(&(p), v)
#define RCU_INIT_POINTER(p, v)		WRITE_ONCE(p, v)

/* Follow @p inside a read section. What depends on a loaded address is loaded after it (Power ISA, book II 1.7.1). */
#define rcu_dereference(p)		READ_ONCE(p)
/* Look at @p without following it; follow it where nobody can change it. */
#define rcu_access_pointer(p)		READ_ONCE(p)
#define rcu_dereference_protected(p, c)	({ (void)(c); (p); })

/* Put @v in the place of @p. Return: what was there, which readers may still follow. */
#define rcu_replace_pointer(p, v, c)				\
	({							\
		__typeof__(v) __old = rcu_dereference_protected(p, c);	\
								\
		rcu_assign_pointer(p, v);			\
		__old;						\
	})

void synchronize_rcu(void);
void call_rcu(struct rcu_head *head, rcu_callback_t func);
void rcu_barrier(void);

/* Where no function can be, as Linux does it: an rcu_head this far inside what kfree() is to get. */
#define KFREE_RCU_MAX	4096ul

/* Free @ptr, whose struct rcu_head is @member, after a grace period. NULL is fine. Context: any. */
#define kfree_rcu(ptr, member)								\
	do {										\
		__typeof__(ptr) __p = (ptr);						\
											\
		_Static_assert(offsetof(__typeof__(*__p), member) < KFREE_RCU_MAX, "too far inside"); \
		if (__p)								\
			call_rcu(&__p->member,						\
				 (rcu_callback_t)offsetof(__typeof__(*__p), member));	\
	} while (0)

/* For the scheduler. */
extern unsigned long rcu_waits_for;
void rcu_report_quiescent_state(void);

/* Does a grace period wait for @cpu to pass through the scheduler? */
static inline bool rcu_wants_switch(unsigned int cpu)
{
	return READ_ONCE(rcu_waits_for) & (1UL << cpu);
}

/* This CPU is passing through. Context: soft mask set, no run queue locked. */
static inline void rcu_note_context_switch(unsigned int cpu)
{
	if (unlikely(rcu_wants_switch(cpu)))
		rcu_report_quiescent_state();
}

#endif
