// SPDX-License-Identifier: GPL-2.0
/*
 * Replay: the schedule's switches where it has them, the default elsewhere. A place is the nth
 * point of a CPU; a schedule that came from the symbolic form has pc and occurrence instead, and
 * nth 0.
 *
 * What the schedule does not say is filled in on the way: pc and occurrence, which is how a place gets
 * its name, or nth, which is how it gets its number. An occurrence can only be counted by a run that
 * knows the pc, so a schedule whose pcs are unknown takes two. And so is what came of each switch.
 */
#include <linux/bits.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <stopgap/dispatch.h>

/*
 * Longer schedules are for machines: their places are not counted, which costs time at every
 * point.
 */
#define MAX_COUNTED	64

struct replay_state {
	unsigned int next[DISPATCH_MAX_ACTORS];	/* each CPU's next switch by nth */
	u32 seen[MAX_COUNTED];			/* how often each switch's pc has been met */
	bool done[MAX_COUNTED];
	bool counts;
};

static bool is_actor(const struct dispatch *d, unsigned int who)
{
	return who < d->params.ncpus || who == DISPATCH_CLOCK;
}

static int replay_begin(struct dispatch *d)
{
	struct replay_state *r = dispatch_alloc(d, sizeof(*r));
	struct schedule *s = d->params.schedule;
	unsigned int i;

	if (!r)
		return -ENOMEM;
	if (!s || s->lost)
		return -EINVAL;
	r->counts = s->n <= MAX_COUNTED;
	for (i = 0; i < s->n; i++)
		if (!is_actor(d, s->sw[i].from) || !is_actor(d, s->sw[i].to) ||
		    (!s->sw[i].nth && !(r->counts && s->sw[i].occurrence)))
			return -EINVAL;
	d->priv = r;
	return 0;
}

static bool replay_next_run(struct dispatch *d)
{
	struct schedule *s = d->params.schedule;
	struct replay_state *r = d->priv;
	unsigned int i;

	for (i = 0; i < DISPATCH_MAX_ACTORS; i++)
		r->next[i] = 0;
	for (i = 0; i < MAX_COUNTED; i++) {
		r->seen[i] = 0;
		r->done[i] = false;
	}
	for (i = 0; i < s->n; i++) {
		s->sw[i].taken = false;
		s->sw[i].met = 0;
	}
	d->diverged = false;
	return true;
}

/* The switch that CPU @p is at by its number, or NULL. */
static struct sched_switch *switch_by_nth(struct dispatch *d, struct replay_state *r,
					  const struct sched_point *p)
{
	struct schedule *s = d->params.schedule;
	unsigned int i = r->next[p->cpu];

	while (i < s->n && (s->sw[i].from != p->cpu || s->sw[i].nth < d->nth[p->cpu]))
		i++;
	r->next[p->cpu] = i;
	return i < s->n && s->sw[i].nth == d->nth[p->cpu] ? &s->sw[i] : NULL;
}

/* Count @place for every switch there; the one whose turn it is, or NULL. */
static struct sched_switch *switch_by_place(struct dispatch *d, struct replay_state *r,
					    unsigned int cpu, unsigned long place)
{
	struct schedule *s = d->params.schedule;
	struct sched_switch *found = NULL;
	unsigned int i;

	for (i = 0; i < s->n; i++) {
		if (r->done[i] || s->sw[i].from != cpu || s->sw[i].pc != place)
			continue;
		r->seen[i]++;
		s->sw[i].met = min(r->seen[i], (u32)U8_MAX);
		if (!s->sw[i].nth && r->seen[i] == s->sw[i].occurrence) {
			r->done[i] = true;
			found = &s->sw[i];
		}
	}
	return found;
}

static void note_place(struct replay_state *r, struct schedule *s, struct sched_switch *sw,
		       unsigned long place)
{
	unsigned int i = sw - s->sw;

	if (r->counts && sw->pc == place) {
		sw->occurrence = r->seen[i];
		r->done[i] = true;
	}
	sw->pc = place;
	sw->met = max(sw->met, (u8)1);
}

static unsigned int replay_choose(struct dispatch *d, const struct sched_point *p,
				  unsigned long runnable)
{
	unsigned long place = d->params.place ? d->params.place(p->pc) : p->pc;
	struct sched_switch *sw, *placed = NULL;
	struct replay_state *r = d->priv;

	if (r->counts)
		placed = switch_by_place(d, r, p->cpu, place);
	sw = switch_by_nth(d, r, p);
	if (sw)
		note_place(r, d->params.schedule, sw, place);
	else
		sw = placed;
	if (!sw)
		return dispatch_default(d, p, runnable);
	sw->step = p->step;
	sw->taken = runnable & BIT(sw->to);
	if (sw->taken)
		sw->nth = d->nth[p->cpu];
	return sw->to;
}

/* Switches that never came, or could not be, are a run of something else. */
static void replay_end_run(struct dispatch *d, bool hit)
{
	const struct schedule *s = d->params.schedule;
	unsigned int i;

	for (i = 0; i < s->n; i++)
		d->diverged |= !s->sw[i].taken;
}

const struct dispatch_policy dispatch_replay = {
	.name = "replay",
	.what = "what a schedule says",
	.every_point = true,
	.begin = replay_begin,
	.next_run = replay_next_run,
	.choose = replay_choose,
	.end_run = replay_end_run,
	.takes = DISPATCH_SCHEDULE,
};
