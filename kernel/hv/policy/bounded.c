// SPDX-License-Identifier: GPL-2.0
/*
 * Preemption-bounded depth-first search (Musuvathi and Qadeer, PLDI 2007): all schedules with at
 * most c preemptions, for c = 0, 1, 2, ... up to the bound. Choices that are free (who begins, who
 * goes on when somebody blocks) are searched completely.
 *
 * A run is a path in a tree. Its frames are the points at which something else could have been
 * chosen; the next run repeats the path up to the deepest frame with an alternative left, takes
 * that, and goes on by default. Schedules with fewer than c preemptions come up again in round c;
 * they are run, as that is cheaper than to store them, but not counted again.
 *
 * A CPU is not preempted at its first point: nothing visible has happened since it was chosen, so
 * that choosing the other at once is the same schedule. When the conflict filter sees more than
 * before, the round starts again.
 */
#include <linux/bits.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <stopgap/dispatch.h>

#include "filter.h"

#define DEFAULT_MAX_POINTS	16384

/* One choice on the path of this run. */
struct frame {
	u32 nth;		/* with cpu: where; a check that the run repeats itself */
	u8 cpu;
	u8 chosen;
	u16 left;		/* bit per CPU not tried yet, and the clock */
};

struct bounded {
	struct frame *frames;
	unsigned int n, max;	/* frames; those of the repeated prefix come first */
	unsigned int at;	/* frames passed in this run */
	unsigned int c;		/* this round's bound */
	unsigned int generation;	/* of the filter when the round began */
	u16 seen;		/* bit per CPU that has come to a point in this run */
	bool recount;		/* no earlier round has counted this one's schedules */
	bool limited;		/* the bound has kept something from being tried */
};

static void start_round(struct dispatch *d, struct bounded *b)
{
	b->n = 0;
	b->limited = d->diverged = false;
	d->incomplete = d->params.near;
	b->generation = conflict_filter_generation(d->filter);
}

static int bounded_begin(struct dispatch *d)
{
	struct bounded *b = dispatch_alloc(d, sizeof(*b));

	if (!b)
		return -ENOMEM;
	b->max = d->params.max_points ? d->params.max_points : DEFAULT_MAX_POINTS;
	b->frames = dispatch_alloc(d, b->max * sizeof(*b->frames));
	if (!b->frames)
		return -ENOMEM;
	b->recount = true;
	d->priv = b;
	start_round(d, b);
	return 0;
}

/* Turn the path to the next alternative. Return: false if this round has no more. */
static bool backtrack(struct bounded *b)
{
	struct frame *f;

	for (; b->n; b->n--) {
		f = &b->frames[b->n - 1];
		if (!f->left)
			continue;
		f->chosen = __builtin_ctz(f->left);
		f->left &= f->left - 1;
		return true;
	}
	return false;
}

/* A round is through. Return: whether there is another. */
static bool next_round(struct dispatch *d, struct bounded *b)
{
	if (!d->incomplete) {
		d->exhausted = true;
		d->exhausted_bound = b->limited ? b->c : d->params.bound;
	}
	if (b->c == d->params.bound || !b->limited)
		return false;
	b->c++;
	b->recount = false;
	start_round(d, b);
	return true;
}

static bool bounded_next_run(struct dispatch *d)
{
	struct bounded *b = d->priv;

	b->at = 0;
	b->seen = 0;
	if (d->run == 1)
		return true;
	if (b->generation != conflict_filter_generation(d->filter)) {
		start_round(d, b);
		b->recount = true;
		d->schedules = 0;
		return true;
	}
	return backtrack(b) || next_round(d, b);
}

/* Is @p close to where params.near switches? */
static bool is_near(const struct dispatch *d, const struct sched_point *p)
{
	const struct schedule *s = d->params.near;
	u32 nth = d->nth[p->cpu];
	unsigned int i;

	if (!s)
		return true;
	for (i = 0; i < s->n; i++)
		if (s->sw[i].from == p->cpu && nth + d->params.radius >= s->sw[i].nth &&
		    nth <= s->sw[i].nth + d->params.radius)
			return true;
	return false;
}

/* Whoever may be chosen at @p instead of the default, as a mask. */
static u16 alternatives(struct dispatch *d, struct bounded *b, const struct sched_point *p,
		       unsigned long runnable)
{
	u16 others = runnable & ~BIT(dispatch_default(d, p, runnable));
	bool first = !(b->seen & BIT(p->cpu));

	b->seen |= p->kind == POINT_START ? 0 : BIT(p->cpu);
	if (p->kind == POINT_YIELD || p->kind == POINT_TICK)
		return others & ~BIT(p->cpu);
	if (!others || !dispatch_preempts(p, runnable))
		return others;
	if (first || !is_near(d, p))
		return 0;
	if (d->preemptions < b->c)
		return others;
	b->limited = true;
	return 0;
}

static unsigned int push(struct dispatch *d, struct bounded *b, const struct sched_point *p,
			 unsigned long runnable, u16 left)
{
	unsigned int usual = dispatch_default(d, p, runnable);

	if (b->n == b->max) {
		d->incomplete = true;
		return usual;
	}
	b->frames[b->n++] = (struct frame){
		.nth = d->nth[p->cpu],
		.cpu = p->cpu,
		.chosen = usual,
		.left = left,
	};
	b->at++;
	return usual;
}

static unsigned int bounded_choose(struct dispatch *d, const struct sched_point *p,
				   unsigned long runnable)
{
	struct bounded *b = d->priv;
	u16 left = alternatives(d, b, p, runnable);
	struct frame *f = &b->frames[b->at];

	if (!left)
		return dispatch_default(d, p, runnable);
	if (b->at == b->n)
		return push(d, b, p, runnable, left);
	if (f->cpu != p->cpu || f->nth != d->nth[p->cpu]) {
		d->diverged = d->incomplete = true;
		return dispatch_default(d, p, runnable);
	}
	b->at++;
	return f->chosen;
}

/*
 * Count a schedule once: in the round of its number of preemptions, or in the first that sees it.
 */
static void bounded_end_run(struct dispatch *d, bool hit)
{
	struct bounded *b = d->priv;

	if (!b->recount && d->preemptions < b->c)
		d->schedules--;
}

const struct dispatch_policy dispatch_bounded = {
	.name = "bounded",
	.what = "every schedule with at most c preemptions, c = 0, 1, 2, ...",
	.begin = bounded_begin,
	.next_run = bounded_next_run,
	.choose = bounded_choose,
	.end_run = bounded_end_run,
	.repeats = true,
	.takes = DISPATCH_BOUND,
};
