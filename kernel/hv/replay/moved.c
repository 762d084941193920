// SPDX-License-Identifier: GPL-2.0
/*
 * Steps of a schedule whose code is not where it was: an edit of a function moves what stands behind it, so a place in
 * it may be none any more, or something else. The places that the CPU came to in that function are known from the
 * record of the run; those next to the one in question are tried. What stands behind it in the function moves by the
 * same distance, as by one edit before them.
 */
#include <linux/kernel.h>
#include <linux/string.h>
#include <stopgap/console.h>
#include <stopgap/trace.h>

#include "../../race/internal.h"
#include "../symbols/module_code.h"
#include "moved.h"
#include "../symbols/place_name.h"

#define NEAREST	12	/* places that are tried, or told */
#define TRIES	200	/* replays in all, and one more for the report */
#define MOVABLE	16	/* steps of a schedule for which this is tried */
#define FUNCTIONS	3	/* in which the steps have moved, at most */
#define NAME_LEN	128

/* Distances from a place to those next to it, the shortest first. */
struct neighbours {
	long distance[NEAREST];
	unsigned int n;
};

static void insert(struct neighbours *near, long distance)
{
	unsigned int i;

	for (i = 0; i < near->n; i++)
		if (near->distance[i] == distance)
			return;
	if (i == NEAREST) {
		if (abs(distance) >= abs(near->distance[--i]))
			return;
	} else {
		near->n++;
	}
	for (; i && abs(near->distance[i - 1]) > abs(distance); i--)
		near->distance[i] = near->distance[i - 1];
	near->distance[i] = distance;
}

/* Where in its function the CPU of @sw has been, as far as the record tells. */
static void find_neighbours(struct neighbours *near, const struct sched_switch *sw)
{
	const struct trace_log *log = trace_run_log();
	unsigned long start, size;
	unsigned int i;

	near->n = 0;
	if (!place_function(sw->pc, &start, &size))
		return;
	for (i = 0; i < log->n; i++) {
		const struct trace_event *e = &log->events[i];
		unsigned long place = e->kind < TRACE_SWITCH ? module_code_number(e->pc) : 0;

		if (e->cpu == sw->from && place - start < size)
			insert(near, (long)(place - sw->pc));
	}
}

void moved_explain(const struct sched_switch *sw)
{
	struct neighbours near;
	char name[NAME_LEN];
	unsigned int i;

	find_neighbours(&near, sw);
	if (!near.n) {
		cprintf("CPU %u was nowhere in this function\n", sw->from);
		return;
	}
	cprintf("CPU %u was not there, but at", sw->from);
	for (i = 0; i < near.n; i++)
		if (!place_names.name(name, sizeof(name), sw->pc + near.distance[i]))
			cprintf("%s %s", i ? "," : "", name);
	cprintf("\n");
}

/* The first step that was not met at all, and has a place. Return: s->n if there is none. */
static unsigned int first_missing(const struct schedule *s)
{
	unsigned int i = 0;

	while (i < s->n && (s->sw[i].nth || s->sw[i].met || !s->sw[i].pc))
		i++;
	return i;
}

/* Move step @i, and those in its function that stand behind it. */
static void move(struct schedule *s, unsigned int i, long distance)
{
	unsigned long from = s->sw[i].pc, start, size;
	unsigned int k;

	if (!place_function(from, &start, &size))
		return;
	for (k = 0; k < s->n; k++)
		if (s->sw[k].pc >= from && s->sw[k].pc - start < size)
			s->sw[k].pc += distance;
}

/* ---- trying ---- */

struct attempt {
	struct repetition *r;
	unsigned int tries;	/* that are left */
};

static bool is_it(const struct repetition *r)
{
	return r->ret > 0 && !r->m.dispatch.diverged;
}

/* By name, whatever has been learnt in an earlier try. Return: as run_repetition(). */
static int play(struct attempt *a)
{
	struct schedule *s = a->r->schedule;
	unsigned int i;

	for (i = 0; i < s->n; i++)
		s->sw[i].nth = 0;
	a->r->identical = 0;
	a->tries--;
	return run_repetition(a->r);
}

static int play_nearby(struct attempt *a, unsigned int functions);

/* With step @i at the places next to where it is, one after the other. @ret: of the last play. Return: as play(). */
static int play_next_to(struct attempt *a, unsigned int i, unsigned int functions, int ret)
{
	struct schedule *s = a->r->schedule;
	struct sched_switch played[MOVABLE];
	struct neighbours near;
	unsigned int k;

	find_neighbours(&near, &s->sw[i]);
	memcpy(played, s->sw, s->n * sizeof(*played));
	for (k = 0; k < near.n && a->tries && ret >= 0 && !is_it(a->r); k++) {
		move(s, i, near.distance[k]);
		ret = play_nearby(a, functions);
		if (!is_it(a->r))
			memcpy(s->sw, played, s->n * sizeof(*played));
	}
	return ret;
}

/* Play it. If a step has no place any more, with that elsewhere, and so on in up to @functions. Return: as play(). */
static int play_nearby(struct attempt *a, unsigned int functions)
{
	struct schedule *s = a->r->schedule;
	int ret = play(a);
	unsigned int missing = first_missing(s);

	if (ret < 0 || is_it(a->r) || missing == s->n || !functions)
		return ret;
	return play_next_to(a, missing, functions - 1, ret);
}

/* All steps were taken, and nothing went wrong: what stands at their places may be something else. */
static int play_around(struct attempt *a, int ret)
{
	const struct schedule *s = a->r->schedule;
	unsigned int i;

	for (i = s->n; i-- && ret >= 0 && !is_it(a->r);)
		if (s->sw[i].pc)
			ret = play_next_to(a, i, 0, ret);
	return ret;
}

static void tell_moves(const struct schedule *s, const struct sched_switch *given)
{
	char was[NAME_LEN], is[NAME_LEN];
	unsigned int i;

	for (i = 0; i < s->n; i++)
		if (s->sw[i].pc != given[i].pc && !place_names.name(was, sizeof(was), given[i].pc) &&
		    !place_names.name(is, sizeof(is), s->sw[i].pc))
			cprintf("race: step %u: nothing comes of it at %s; taken at %s, which is near\n", i + 1,
				was, is);
}

int moved_repetition(struct repetition *r)
{
	struct attempt a = { .r = r, .tries = TRIES };
	struct sched_switch given[MOVABLE];
	struct schedule *s = r->schedule;
	int ret;

	if (s->n > MOVABLE)
		return run_repetition(r);
	memcpy(given, s->sw, s->n * sizeof(*given));
	ret = play_nearby(&a, FUNCTIONS);
	if (!ret && !r->m.dispatch.diverged)
		ret = play_around(&a, ret);
	if (ret < 0 || a.tries == TRIES - 1)
		return ret;
	if (is_it(r)) {
		tell_moves(s, given);
		return ret;
	}
	/* As it was given, for the report. */
	memcpy(s->sw, given, s->n * sizeof(*given));
	return play(&a);
}
