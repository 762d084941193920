// SPDX-License-Identifier: GPL-2.0
/*
 * Round robin: every CPU gets the same number of points, then the next one runs. The number is 1
 * in the first run and grows from run to run, and whoever begins changes too, so that the runs
 * differ.
 */
#include <linux/bits.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <stopgap/dispatch.h>

struct rr {
	unsigned int quantum, left, first;
	unsigned long waiting;		/* bit per CPU that has announced an access */
};

static int rr_begin(struct dispatch *d)
{
	d->priv = dispatch_alloc(d, sizeof(struct rr));
	return d->priv ? 0 : -ENOMEM;
}

static bool rr_next_run(struct dispatch *d)
{
	struct rr *rr = d->priv;
	unsigned int k = max3(d->params.k_estimate, d->k, 1u);

	rr->waiting = 0;
	rr->first = (d->run - 1) % d->params.ncpus;
	rr->quantum = rr->left = 1 + (d->run - 1) / d->params.ncpus % k;
	return true;
}

/* The first runnable CPU from @cpu on, in turn. */
static unsigned int in_turn(unsigned int cpu, unsigned long runnable)
{
	unsigned long later = runnable & ~(BIT(cpu) - 1);

	return __builtin_ctzl(later ? later : runnable);
}

static unsigned int rr_choose(struct dispatch *d, const struct sched_point *p,
			      unsigned long runnable)
{
	struct rr *rr = d->priv;
	unsigned int next;

	if (p->kind == POINT_START)
		return in_turn(rr->first, runnable);
	if (dispatch_preempts(p, runnable) && rr->left) {
		rr->left--;
		return p->cpu;
	}
	rr->waiting |= BIT(p->cpu);
	next = in_turn(p->cpu + 1, runnable);
	/* What it was about to do is the first of its share. */
	rr->left = rr->quantum - !!(rr->waiting & BIT(next));
	return next;
}

const struct dispatch_policy dispatch_rr = {
	.name = "rr",
	.what = "round robin, with longer turns from run to run",
	.begin = rr_begin,
	.next_run = rr_next_run,
	.choose = rr_choose,
	.takes = DISPATCH_K,
};
