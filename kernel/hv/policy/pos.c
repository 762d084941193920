// SPDX-License-Identifier: GPL-2.0
/*
 * Partial order sampling (Yuan, Yang, Gu, CAV 2018). What each CPU is about to do gets a random
 * priority when it becomes known, and the highest goes first; whatever races with what was just
 * done is drawn again. Orders that differ in a race are thus sampled about alike, and those that
 * differ in nothing are not sampled twice as often.
 */
#include <linux/bits.h>
#include <linux/errno.h>
#include <stopgap/dispatch.h>

/*
 * What a CPU is about to do. Copied by hand: a structure assignment may become a call of memcpy().
 */
struct pending {
	u64 prio;
	unsigned long addr, end;	/* equal: no memory, or not known yet */
	bool write;
};

struct pos {
	struct pending next[DISPATCH_MAX_ACTORS];
};

static int pos_begin(struct dispatch *d)
{
	d->priv = dispatch_alloc(d, sizeof(struct pos));
	return d->priv ? 0 : -ENOMEM;
}

static bool pos_next_run(struct dispatch *d)
{
	struct pos *pos = d->priv;
	unsigned int i;

	for (i = 0; i < d->params.ncpus; i++)
		pos->next[i] = (struct pending){ .prio = prandom_u64_state(&d->rnd) };
	pos->next[DISPATCH_CLOCK] = (struct pending){ .prio = dispatch_draw_for_clock(d) };
	return true;
}

static void announce(struct dispatch *d, struct pending *next, const struct sched_point *p)
{
	next->prio = p->kind == POINT_YIELD ? 0 : prandom_u64_state(&d->rnd);
	next->addr = p->addr;
	next->end = p->addr ? p->addr + p->size : p->addr;
	next->write = p->write || p->kind == POINT_LOCK || p->kind == POINT_UNLOCK ||
		      p->kind == POINT_ATOMIC;
}

static bool races(const struct pending *a, const struct pending *b)
{
	return (a->write || b->write) && a->addr < b->end && b->addr < a->end;
}

static unsigned int first_of(const struct pos *pos, unsigned long runnable)
{
	unsigned int cpu, best = __builtin_ctzl(runnable);

	for (runnable &= runnable - 1; runnable; runnable &= runnable - 1) {
		cpu = __builtin_ctzl(runnable);
		if (pos->next[cpu].prio > pos->next[best].prio)
			best = cpu;
	}
	return best;
}

static unsigned int pos_choose(struct dispatch *d, const struct sched_point *p,
			       unsigned long runnable)
{
	struct pos *pos = d->priv;
	unsigned int cpu, other;

	if (p->kind != POINT_START)
		announce(d, &pos->next[p->cpu], p);
	cpu = first_of(pos, runnable);
	for (other = 0; other < d->params.ncpus; other++)
		if (other != cpu && races(&pos->next[cpu], &pos->next[other]))
			pos->next[other].prio = prandom_u64_state(&d->rnd);
	return cpu;
}

const struct dispatch_policy dispatch_pos = {
	.name = "pos",
	.what = "random priorities of accesses, drawn again for those that race",
	.begin = pos_begin,
	.next_run = pos_next_run,
	.choose = pos_choose,
};
