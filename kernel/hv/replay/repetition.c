// SPDX-License-Identifier: GPL-2.0
/* A failure that is brought about again: shortened first if that is wanted, replayed with a record, and then without. */
#include <asm/reg.h>
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/ktime.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include <stopgap/explore.h>
#include <stopgap/shell.h>
#include <stopgap/trace.h>

#include "../../race/internal.h"
#include "../symbols/module_code.h"
#include "../explore/players.h"
#include "repetition.h"
#include "../shared/shared.h"

#define ADDRESS_DIGITS	16
#define POLL		16	/* runs from one look for ^C to the next */

/* Heads of the columns. */
static void begin_trace(const struct race_scenario *s)
{
	unsigned int i;

	trace_run_begin();
	for (i = 0; i < nr_players(s); i++)
		trace_thread_name(i, player_part(s, i)->name);
}

/* What follows the address that @s begins with, and what is said of it in parentheses. NULL = there is none. */
static const char *skip_address(const char *s)
{
	const char *end;

	if (strspn(s, "0123456789abcdef") != ADDRESS_DIGITS)
		return NULL;
	s += ADDRESS_DIGITS;
	end = strstarts(s, " (") ? strchr(s, ')') : NULL;
	return end ? end + 1 : s;
}

/* Do @a and @b tell of the same failure? In each session modules come to lie somewhere else, beside others. */
static bool same_failure(const char *a, const char *b)
{
	while (*a || *b) {
		const char *after_a = skip_address(a), *after_b = skip_address(b);

		if (after_a && after_b) {
			a = after_a;
			b = after_b;
		} else if (*a++ != *b++) {
			return false;
		}
	}
	return true;
}

static bool is_interrupted(struct repetition *r, unsigned int runs)
{
	if (!r->interrupted && runs % POLL == 0)
		r->interrupted = !r->deaf && shell_interrupted();
	return r->interrupted;
}

/*
 * The next schedule of @d. A minimiser that is interrupted makes do with what it has.
 * Return: 1 if it goes wrong in the same way, else as explore_next().
 */
static int play_again(void *ctx, struct dispatch *d)
{
	struct repetition *r = ctx;
	int ret;

	if (r->m.budget && is_interrupted(r, r->m.runs))
		r->m.budget = r->m.runs;
	race_score_reset(r->probe);
	ret = explore_next(d);
	if (ret > 0 && r->what && !same_failure(r->probe->what, r->what))
		ret = 0;
	return ret;
}

/* Modules come to lie somewhere else in each session: their code is called by numbers from here on. */
static void number_places(struct schedule *s)
{
	unsigned int i;

	for (i = 0; i < s->n; i++)
		s->sw[i].pc = module_code_number(s->sw[i].pc);
}

/* Replay it once more, so that its places get their names; what happens is recorded. It gets a hash of its own. */
static int replay_once(struct repetition *r)
{
	const struct dispatch_params params = {
		.ncpus = num_online_cpus(), .seed = r->probe->seed, .schedule = r->schedule,
		.place = module_code_number,
	};
	struct dispatch *d = &r->m.dispatch;
	int ret;

	number_places(r->schedule);
	ret = dispatch_begin(d, &dispatch_replay, &params, r->m.arena, DISPATCH_ARENA_SIZE);
	if (ret)
		return ret;
	exploration.hash = 0;
	begin_trace(r->probe->scenario);
	ret = play_again(r, d);
	trace_run_end();
	return ret;
}

/* And again, without recording. Return: the hash of all its points. */
static u64 replay_unrecorded(struct repetition *r)
{
	exploration.hash = 0;
	play_again(r, &r->m.dispatch);
	return exploration.hash;
}

static int repeat(void *ctx)
{
	struct repetition *r = ctx;
	u64 start = mftb(), hash;
	unsigned int i;
	int err;

	r->m.run = play_again;
	r->m.ctx = r;
	err = r->m.budget ? minimise(&r->m) : 0;
	r->ns = tb_to_ns(mftb() - start);
	r->ret = err ? err : replay_once(r);
	hash = exploration.hash;
	for (i = 0; r->ret > 0 && i < r->times && !is_interrupted(r, i); i++)
		r->identical += replay_unrecorded(r) == hash;
	if (r->interrupted)
		r->times = i;
	return 0;
}

int run_repetition(struct repetition *r)
{
	struct explore_stats stats;
	int err;

	r->m.arena = vmalloc(MINIMISE_ARENA_SIZE);
	if (!r->m.arena)
		return -ENOMEM;
	err = trace_run_begin();	/* a log there must be, before nothing can be allocated */
	trace_run_end();
	if (!err)
		err = explore_session(r->probe, &stats, repeat, r);
	vfree(r->m.arena);
	return err ? err : r->ret;
}
