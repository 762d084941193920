// SPDX-License-Identifier: GPL-2.0
/*
 * Probabilistic concurrency testing (Burckhardt, Kothari, Musuvathi, Nagarakatte, ASPLOS 2010).
 * CPUs get random priorities and the highest runnable one runs; at d - 1 random points the CPU
 * that is running falls below all that have not fallen yet. A bug that takes d ordered pairs is
 * hit with probability at least 1/(n k^(d-1)) for n CPUs and k points, however rarely the orders
 * come about by themselves.
 *
 * k is not known beforehand. Unless a person gives one, it is the most points seen in any run so
 * far; the first run then has no change points and measures.
 */
#include <linux/bits.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <stopgap/dispatch.h>

#define DEFAULT_DEPTH	2

struct pct {
	int prio[DISPATCH_MAX_ACTORS];
	u32 change[DISPATCH_MAX_DEPTH];		/* number of the choice at which to fall, 0 = never */
	int lowest;			/* for CPUs that yield, and the clock when it has rung */
};

static int pct_begin(struct dispatch *d)
{
	if (!d->params.depth)
		d->params.depth = DEFAULT_DEPTH;
	if (d->params.depth > DISPATCH_MAX_DEPTH)
		return -EINVAL;
	d->priv = dispatch_alloc(d, sizeof(struct pct));
	return d->priv ? 0 : -ENOMEM;
}

/*
 * Priorities d .. d + n - 1 in random order, all of them even; those below d are for the change points. The clock's is
 * odd: between any two, or above or below all.
 */
static void draw_priorities(struct dispatch *d, struct pct *pct)
{
	unsigned int i, other, n = d->params.ncpus;

	for (i = 0; i < n; i++) {
		other = prandom_u32_below(&d->rnd, i + 1);
		pct->prio[i] = pct->prio[other];
		pct->prio[other] = 2 * (d->params.depth + i);
	}
	pct->prio[DISPATCH_CLOCK] = 2 * (d->params.depth + (int)(dispatch_draw_for_clock(d) % (n + 1))) - 1;
}

static bool pct_next_run(struct dispatch *d)
{
	unsigned int i, k = d->params.k_estimate ? d->params.k_estimate : d->k;
	struct pct *pct = d->priv;

	draw_priorities(d, pct);
	pct->lowest = 0;
	for (i = 1; i < d->params.depth; i++)
		pct->change[i] = k ? 1 + prandom_u32_below(&d->rnd, k) : 0;
	return true;
}

static unsigned int highest(const struct pct *pct, unsigned long runnable)
{
	unsigned int cpu, best = __builtin_ctzl(runnable);

	for (runnable &= runnable - 1; runnable; runnable &= runnable - 1) {
		cpu = __builtin_ctzl(runnable);
		if (pct->prio[cpu] > pct->prio[best])
			best = cpu;
	}
	return best;
}

static unsigned int pct_choose(struct dispatch *d, const struct sched_point *p,
			       unsigned long runnable)
{
	struct pct *pct = d->priv;
	unsigned int i;

	for (i = 1; i < d->params.depth && dispatch_preempts(p, runnable); i++)
		if (pct->change[i] == d->choices)
			pct->prio[p->cpu] = 2 * i;
	if (p->kind == POINT_YIELD || p->kind == POINT_TICK)
		pct->prio[p->cpu] = --pct->lowest;
	return highest(pct, runnable);
}

const struct dispatch_policy dispatch_pct = {
	.name = "pct",
	.what = "random priorities, and depth - 1 random points at which the running CPU falls",
	.begin = pct_begin,
	.next_run = pct_next_run,
	.choose = pct_choose,
	.takes = DISPATCH_DEPTH | DISPATCH_K,
};
