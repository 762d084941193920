// SPDX-License-Identifier: GPL-2.0
/*
 * What all dispatch policies share: the list of them, the arena, and the frame of an exploration,
 * which counts, filters and records, so that a policy has nothing to do but choose.
 */
#include <linux/bits.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include <stopgap/dispatch.h>

#include "filter.h"

#define ARENA_ALIGN	16
/* Switches recorded of one run. A longer run is explored all the same, but cannot be replayed. */
#define MAX_SWITCHES	8192
/* Any odd number with no pattern: keeps the seeds of different runs apart. */
#define RUN_SEED	0xd1342543de82ef95ull
#define CLOCK_SEED	0x2545f4914f6cdd1dull
#define NOBODY		DISPATCH_MAX_ACTORS

static const struct dispatch_policy *const policies[] = {
	&dispatch_rr,
	&dispatch_random,
	&dispatch_pct,
	&dispatch_pos,
	&dispatch_bounded,
	&dispatch_replay,
};

const struct dispatch_policy *dispatch_policy_nth(unsigned int i)
{
	return i < ARRAY_SIZE(policies) ? policies[i] : NULL;
}

const struct dispatch_policy *dispatch_policy_find(const char *name)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(policies); i++)
		if (!strcmp(policies[i]->name, name))
			return policies[i];
	return NULL;
}

static void *take(struct dispatch *d, size_t size)
{
	char *p = d->arena + d->arena_used;

	size = ALIGN(size, ARENA_ALIGN);
	if (size > d->arena_size - d->arena_used)
		return NULL;
	d->arena_used += size;
	return p;
}

void *dispatch_alloc(struct dispatch *d, size_t size)
{
	void *p = take(d, size);

	return p ? memset(p, 0, size) : NULL;
}

static size_t known_size(const struct dispatch *d)
{
	return d->params.ncpus * DISPATCH_KNOWN * sizeof(*d->known);
}

void dispatch_know_nothing(struct dispatch *d)
{
	memset(d->known, 0, known_size(d));
}

int dispatch_begin(struct dispatch *d, const struct dispatch_policy *policy,
		   const struct dispatch_params *params, void *arena, size_t size)
{
	memset(d, 0, sizeof(*d));
	d->policy = policy;
	d->params = *params;
	d->arena = arena;
	d->arena_size = size;
	if (!params->ncpus || params->ncpus > DISPATCH_MAX_CPUS)
		return -EINVAL;
	d->taken.max = MAX_SWITCHES;
	d->taken.sw = take(d, MAX_SWITCHES * sizeof(*d->taken.sw));
	d->first.max = MAX_SWITCHES;
	d->first.sw = take(d, MAX_SWITCHES * sizeof(*d->first.sw));
	d->filter = conflict_filter_new(d, policy->every_point ? FILTER_NONE : params->filter);
	d->known = dispatch_alloc(d, known_size(d));
	if (!d->taken.sw || !d->first.sw || !d->filter || !d->known)
		return -ENOMEM;
	return policy->begin(d);
}

bool dispatch_next_run(struct dispatch *d)
{
	unsigned int cpu;

	d->run++;
	d->choices = d->preemptions = 0;
	d->taken.n = d->taken.lost = 0;
	d->interrupted.cpu = NOBODY;
	for (cpu = 0; cpu < DISPATCH_MAX_ACTORS; cpu++)
		d->nth[cpu] = 0;
	prandom_seed_state(&d->rnd, d->params.seed ^ d->run * RUN_SEED);
	conflict_filter_new_run(d->filter);
	return d->policy->next_run(d);
}

u64 dispatch_draw_for_clock(const struct dispatch *d)
{
	struct rnd_state rnd;

	prandom_seed_state(&rnd, d->params.seed ^ d->run * RUN_SEED ^ CLOCK_SEED);
	return prandom_u64_state(&rnd);
}

static bool only_helps(const struct dispatch *d, unsigned int cpu)
{
	return d->params.participants && cpu != DISPATCH_CLOCK && !(d->params.participants & BIT(cpu));
}

/* The CPUs of @runnable that only help. One that yields does not count: it lets the others go on. */
static unsigned long helpers(const struct dispatch *d, const struct sched_point *p,
			     unsigned long runnable)
{
	if (!d->params.participants)
		return 0;
	runnable &= ~(d->params.participants | BIT(DISPATCH_CLOCK));
	return p->kind == POINT_YIELD && runnable & BIT(p->cpu) ? 0 : runnable;
}

/* The next of @cpus, which are some, in turn. */
static unsigned int next_of(unsigned long cpus, unsigned int cpu)
{
	unsigned long later = cpus & ~(BIT(cpu + 1) - 1);

	return __builtin_ctzl(later ? later : cpus);
}

/* What happens at @p by default, if @help of @runnable only help. */
static inline unsigned int default_of(const struct dispatch *d, const struct sched_point *p, unsigned long runnable,
				      unsigned long help)
{
	unsigned long participants = runnable & d->params.participants;
	unsigned long cpus = runnable & ~BIT(DISPATCH_CLOCK);

	if (help && !(help & BIT(p->cpu)))
		return next_of(help, p->cpu);
	if (!cpus)
		return DISPATCH_CLOCK;
	if (p->kind == POINT_TICK && cpus & BIT(p->value))
		return p->value;
	if (p->kind != POINT_YIELD && cpus & BIT(p->cpu))
		return p->cpu;
	return next_of(participants ? participants : cpus, p->cpu);
}

unsigned int dispatch_default(const struct dispatch *d, const struct sched_point *p,
			      unsigned long runnable)
{
	return default_of(d, p, runnable, helpers(d, p, runnable));
}

bool dispatch_preempts(const struct sched_point *p, unsigned long runnable)
{
	return p->kind != POINT_START && p->kind != POINT_YIELD && p->kind != POINT_TICK &&
	       runnable & BIT(p->cpu);
}

static void record(struct dispatch *d, const struct sched_point *p, unsigned int to, bool preempts)
{
	const struct sched_switch sw = {
		.nth = d->nth[p->cpu],
		.from = p->cpu,
		.to = to,
		.preempts = preempts,
		.step = p->step,
		.pc = p->pc,
	};

	schedule_add(&d->taken, &sw);
	d->preemptions += preempts;
}

/* Of points that are no accesses nothing is known: what they have an address for is another matter. */
static void remember(struct dispatch *d, const struct sched_point *p, enum dispatch_verdict verdict)
{
	bool in_word = p->addr && (p->addr & 7) + p->size <= 8;

	if (d->params.filter == FILTER_ADDRESS && in_word && (p->write || p->kind == POINT_ACCESS))
		*dispatch_slot(d, p->cpu, p->addr, p->write) =
			(p->addr & ~7UL) | (p->write ? __DISPATCH_WRITE : 0) | verdict;
}

bool __dispatch_passes(struct dispatch *d, const struct sched_point *p)
{
	bool visible = conflict_filter_visible(d->filter, p);

	remember(d, p, visible ? DISPATCH_VISIBLE : DISPATCH_PASSES);
	return !visible;
}

/* Those go on who only help. A participant that could have is asked about when they are done. */
static void interrupt(struct dispatch *d, const struct sched_point *p, unsigned long runnable)
{
	if (only_helps(d, p->cpu))
		return;
	if (dispatch_preempts(p, runnable))
		d->interrupted = *p;
	else
		d->interrupted.cpu = NOBODY;
}

/* Has whoever helped interrupted somebody, who can go on now? */
static bool was_interrupted(const struct dispatch *d, const struct sched_point *helper,
			    unsigned long runnable)
{
	return only_helps(d, helper->cpu) && d->interrupted.cpu != NOBODY &&
	       runnable & BIT(d->interrupted.cpu);
}

unsigned int dispatch_ask(struct dispatch *d, const struct sched_point *p, unsigned long runnable)
{
	unsigned long help = helpers(d, p, runnable);
	unsigned int usual, cpu;
	bool preempts;

	if (help) {
		interrupt(d, p, runnable);
		return default_of(d, p, runnable, help);
	}
	if (was_interrupted(d, p, runnable)) {
		p = &d->interrupted;
		if (dispatch_passes(d, p))
			return p->cpu;
		runnable &= d->params.participants | BIT(DISPATCH_CLOCK);
	}
	usual = default_of(d, p, runnable, 0);
	preempts = dispatch_preempts(p, runnable);
	d->choices += preempts;
	cpu = d->policy->choose(d, p, runnable);
	if (!(runnable & BIT(cpu)))
		cpu = usual;
	if (cpu != usual)
		record(d, p, cpu, preempts);
	return cpu;
}

unsigned int dispatch_decide(struct dispatch *d, const struct sched_point *p,
			     unsigned long runnable)
{
	if (p->kind != POINT_TICK && dispatch_passes(d, p) && dispatch_preempts(p, runnable) &&
	    !helpers(d, p, runnable))
		return p->cpu;
	return dispatch_ask(d, p, runnable);
}

unsigned int dispatch_choose(struct dispatch *d, const struct sched_point *p,
			     unsigned long runnable)
{
	dispatch_count(d, p->cpu);
	return dispatch_decide(d, p, runnable);
}

void dispatch_end_run(struct dispatch *d, bool hit)
{
	d->schedules++;
	d->k = max(d->k, d->choices);
	if (hit && !d->first_run) {
		d->first_run = d->run;
		schedule_copy(&d->first, &d->taken);
	}
	if (d->policy->end_run)
		d->policy->end_run(d, hit);
}

void dispatch_end(struct dispatch *d)
{
	d->policy = NULL;
	d->arena_used = 0;
}
