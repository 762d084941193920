// SPDX-License-Identifier: GPL-2.0
/*
 * When this CPU next needs its clock to ring. There is no periodic tick: the deadline is the nearer one of the first timer
 * and, if somebody waits for the CPU, the end of the running thread's slice.
 */
#include "sched.h"

#include <linux/ktime.h>
#include <linux/timer.h>

static bool slice_matters(const struct rq *rq)
{
	return READ_ONCE(rq->nr_running) > 1 && rq->curr->sched_class == SCHED_CLASS_NORMAL &&
	       !rq->curr->need_resched;
}

/*
 * Ask the platform for an earlier deadline if one is needed. A deadline that is no longer needed is left alone: one needless
 * interrupt is cheaper than programming the clock at every switch.
 *
 * Context: this CPU, soft mask set.
 */
void sched_update_deadline(void)
{
	struct rq *rq = this_rq();
	u64 deadline = timers_next();

	if (slice_matters(rq))
		deadline = min(deadline, rq->curr->slice_end);
	if (deadline >= rq->deadline)
		return;
	rq->deadline = deadline;
	platform->set_deadline(deadline);
}

static void scheduler_tick(struct rq *rq, u64 now)
{
	raw_spin_lock(&rq->lock);
	sched_account(rq->curr, now);
	if (slice_matters(rq) && now >= rq->curr->slice_end)
		rq->curr->need_resched = 1;
	raw_spin_unlock(&rq->lock);
}

/**
 * timer_interrupt() - the deadline has come
 *
 * Context: interrupt, soft mask set; the caller does irq_enter() and irq_exit().
 */
void timer_interrupt(void)
{
	struct rq *rq = this_rq();
	u64 now = platform->clock();

	rq->deadline = NO_DEADLINE;
	timers_run(now);
	scheduler_tick(rq, now);
	sched_update_deadline();
}

/* Another CPU has queued a thread here. If it has to run at once, need_resched is set already. */
void scheduler_ipi(void)
{
	sched_update_deadline();
}
