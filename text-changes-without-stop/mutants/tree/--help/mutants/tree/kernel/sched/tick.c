// SPDX-License-Identifier: GPL-2.0
/*
 * When this CPU next needs its clock to ring: at the first timer, or at the end of the running
 * thread's slice. An idle CPU has no slice, so it has no tick.
 *
 * A thread has a slice even if nobody waits for its CPU: where one host thread runs all vCPUs
 * (-icount), a vCPU that never programs its clock can keep the others from running for ever.
 */
#include "sched.h"

#include <linux/ktime.h>
#include <linux/timer.h>

static bool has_slice(const struct rq *rq)
{
	return rq->curr->sched_class == SCHED_CLASS_NORMAL && !rq->curr->need_resched;
}

/*
 * Ask the platform for an earlier deadline if one is needed. A deadline that is no longer needed is
 * left alone: one needless interrupt is cheaper than programming the clock at every switch.
 *
 * Context: this CPU, soft mask set.
 */
void sched_update_deadline(void)
{
	struct rq *rq = this_rq();
	u64 deadline = timers_next();

	if (has_slice(rq))
		deadline = min(deadline, rq->curr->slice_end);
	if (deadline >= rq->deadline)
		return;
	rq->deadline = deadline;
	platform->set_deadline(deadline);
}

/* Whoever is alone gets the next slice at once. */
static void slice_over(struct rq *rq, u64 now)
{
	if (rq->nr_running > 1)
		rq->curr->need_resched = 1;
	else
		rq->curr->slice_end = now + ns_to_tb(SLICE_NS);
}

static void scheduler_tick(struct rq *rq, u64 now)
{
	raw_spin_lock(&rq->lock);
	sched_account(rq->curr, now);
	if (has_slice(rq) && now >= rq->curr->slice_end)
		slice_over(rq, now);
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
