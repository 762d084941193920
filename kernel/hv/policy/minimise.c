// SPDX-License-Identifier: GPL-2.0
/*
 * The minimiser. Leaving switches out, greedily and in ever smaller pieces, takes a random walk's
 * hundreds down to a few. There it stalls, as what is left depends on each other; so what could be
 * shorter is then searched for: by bounded search with ever more preemptions, everywhere for one,
 * near the known failure for more, with a growing radius; after a few draws, if that is far off.
 */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <stopgap/minimise.h>

/* With so many preemptions left, others are drawn: see draw(). */
#define FAR		6
#define DRAW_DEPTH	3
#define DRAWS		64

/* The whole of a stretch: no place is farther away. */
#define EVERYWHERE	U32_MAX

/* Searches, in order; the first that finds something ends them. */
static const struct search {
	unsigned int bound, radius;
} searches[] = {
	{ 1, EVERYWHERE },
	{ 2, 2 },
	{ 2, 16 },
	{ 3, 2 },
	{ 2, 128 },
	{ 3, 16 },
	{ 2, EVERYWHERE },
};

static bool shorter(const struct schedule *a, const struct schedule *b)
{
	unsigned int pa = schedule_preemptions(a), pb = schedule_preemptions(b);

	return !a->lost && (pa < pb || (pa == pb && a->n < b->n));
}

static int begin(struct minimiser *m, const struct dispatch_policy *policy)
{
	return dispatch_begin(&m->dispatch, policy, &m->params, m->arena + (1UL << 20),
			      DISPATCH_ARENA_SIZE);
}

/* The next run of the dispatch that has begun. Return: 1 if it failed, 0 if not, or an errno. */
static int run_once(struct minimiser *m)
{
	m->runs++;
	return m->run(m->ctx, &m->dispatch);
}

/*
 * Replay m->candidate. If it fails, and @any or is shorter, what really happened becomes the best.
 * Return: 1 if so, 0 if not, or an errno.
 */
static int try_candidate(struct minimiser *m, bool any)
{
	const struct schedule *taken = &m->dispatch.taken;
	int ret;

	m->params.schedule = &m->candidate;
	ret = begin(m, &dispatch_replay);
	if (ret)
		return ret;
	ret = run_once(m);
	if (ret > 0)
		ret = (any ? !taken->lost : shorter(taken, m->best)) &&
		      !schedule_copy(m->best, taken);
	dispatch_end(&m->dispatch);
	return ret;
}

/* Try without @len switches from @at on. */
static int try_without(struct minimiser *m, unsigned int at, unsigned int len)
{
	unsigned int i;

	m->candidate.n = m->candidate.lost = 0;
	for (i = 0; i < m->best->n; i++)
		if (i < at || i >= at + len)
			schedule_add(&m->candidate, &m->best->sw[i]);
	return try_candidate(m, false);
}

/* One pass of deleting pieces of @len. Later ones go first: they depend on the earlier. */
static int delete_pieces(struct minimiser *m, unsigned int len)
{
	unsigned int end = m->best->n;
	int err, any = 0;

	while (end && m->runs < m->budget) {
		len = min(len, end);
		err = try_without(m, end - len, len);
		if (err < 0)
			return err;
		any |= err;
		end = min(end - len, m->best->n);
	}
	return any;
}

static int greedy(struct minimiser *m)
{
	unsigned int len = m->best->n;
	int err;

	while (len && m->runs < m->budget) {
		err = delete_pieces(m, len);
		if (err < 0)
			return err;
		if (!err || len > 1)
			len /= 2;
	}
	return 0;
}

/* Return: 1 if something shorter was found, 0 if not, or an errno. */
static int search(struct minimiser *m, const struct search *s, unsigned int budget)
{
	struct dispatch *d = &m->dispatch;
	int err, found = 0;

	m->params.bound = s->bound;
	m->params.near = s->radius == EVERYWHERE ? NULL : m->best;
	m->params.radius = s->radius;
	err = begin(m, &dispatch_bounded);
	if (err)
		return err;
	for (; !found && budget && m->runs < m->budget; budget--) {
		found = run_once(m);
		if (found > 0)
			found = shorter(&d->taken, m->best);
	}
	if (found > 0)
		found = !schedule_copy(m->best, &d->taken);
	dispatch_end(d);
	return found == -ENODATA ? 0 : found;
}

/* Is there something to be gained from searching up to @bound? */
static bool worth_it(const struct minimiser *m, unsigned int bound)
{
	return bound < schedule_preemptions(m->best);
}

/*
 * What a random walk has found may be far from anything short. Priorities with few change points
 * preempt seldom, and often hit: better to go on from there. Return: as search().
 */
static int draw(struct minimiser *m)
{
	struct dispatch *d = &m->dispatch;
	unsigned int i;
	int ret;

	m->params.depth = DRAW_DEPTH;
	ret = begin(m, &dispatch_pct);
	for (i = 0; !ret && i < DRAWS && m->runs < m->budget; i++) {
		ret = run_once(m);
		if (ret > 0)
			ret = shorter(&d->taken, m->best) && !schedule_copy(m->best, &d->taken);
	}
	dispatch_end(d);
	return ret;
}

static int search_all(struct minimiser *m)
{
	unsigned int i, left;
	int ret = schedule_preemptions(m->best) >= FAR ? draw(m) : 0;

	for (i = 0; i < ARRAY_SIZE(searches) && !ret && m->runs < m->budget; i++) {
		left = m->budget - m->runs;
		if (worth_it(m, searches[i].bound))
			ret = search(m, &searches[i], left / 2 + 1);
	}
	return ret;
}

int minimise(struct minimiser *m)
{
	int ret;

	m->runs = 0;
	m->candidate.sw = m->arena;
	m->candidate.max = (1UL << 20) / sizeof(*m->candidate.sw);
	m->candidate.n = m->candidate.lost = 0;
	ret = schedule_copy(&m->candidate, m->best);
	if (ret)
		return ret;
	ret = try_candidate(m, true);
	if (ret <= 0)
		return ret ? ret : -ENOENT;
	do {
		ret = greedy(m);
		if (!ret)
			ret = search_all(m);
	} while (ret > 0 && m->runs < m->budget);
	return min(ret, 0);
}
