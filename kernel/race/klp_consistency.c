// SPDX-License-Identifier: GPL-2.0
/*
 * A live patch that changes what two functions mean to each other is enabled or disabled while one of them calls the
 * other. M, P1 and P2 are those of the other races; P1 is enabled, so that P2 has nothing to arm: its functions go onto
 * two stacks, one after the other. Each call of b() must be b1() that calls a1(), or b2() that calls a2().
 *
 *	way=on		P2 is enabled
 *	way=off		it is disabled
 *	way=back	it is enabled, and disabled again before all threads are switched
 */
#include <asm/processor.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/mutex.h>
#include <linux/sched.h>
#include <stopgap/console.h>

#include "../livepatch/internal.h"
#include "../livepatch/transition.h"
#include "klp.h"

#define CALLS		2
#define MOST_TRIES	1000	/* to switch all threads; one each jiffy */
#define QUICK_TRIES	20	/* but for these */

enum { WAY_ON, WAY_OFF, WAY_BACK };

static const char *const way_names[] = { "on", "off", "back", NULL };
struct race_choice klp_way_choice = { .values = way_names };

static struct klp_patch *p2;
static unsigned int calls;	/* that the caller has made */

int klp_race_settle(void)
{
	unsigned int tries;
	bool over = false;

	for (tries = 0; tries < MOST_TRIES && !over; tries++) {
		mutex_lock(&klp_mutex);
		over = !klp_transition_patch || klp_try_complete_transition();
		mutex_unlock(&klp_mutex);
		if (tries < QUICK_TRIES)
			yield();
		else
			schedule_timeout_uninterruptible(1);
	}
	if (over)
		return 0;
	cprintf("race: gave up waiting for the end of a transition\n");
	mutex_lock(&klp_mutex);
	klp_print_transition();
	mutex_unlock(&klp_mutex);
	return -ETIMEDOUT;
}

static int setup(void)
{
	int err = klp_race_load(M, NULL) ?: klp_race_load(P1, NULL) ?: klp_race_settle() ?:
		  klp_race_load(P2, "start=0");

	p2 = klp_race_patch(P2);
	return err ?: klp_register_patch(p2);
}

static int toggle(void)
{
	return p2->state == KLP_ENABLED ? klp_disable_patch(p2) : klp_enable_patch(p2);
}

static int prepare(void)
{
	calls = 0;
	return klp_way_choice.now == WAY_OFF ? toggle() ?: klp_race_settle() : 0;
}

/* It is in neither function between two calls: there it can be switched. */
static int call(struct race_run *run)
{
	while (calls < CALLS) {
		klp_race_check(run, p2);
		cond_resched();
		WRITE_ONCE(calls, calls + 1);
	}
	return 0;
}

static bool is_under_way(void)
{
	bool under_way;

	mutex_lock(&klp_mutex);
	under_way = klp_transition_patch && !klp_try_complete_transition();
	mutex_unlock(&klp_mutex);
	return under_way;
}

/* What is done every tenth of a second is done here when the caller has come to another place. */
static int patch(struct race_run *run)
{
	unsigned int seen;
	int err = toggle();

	if (klp_way_choice.now == WAY_BACK)
		err = err ?: toggle();
	do {
		seen = READ_ONCE(calls);
		if (err || !is_under_way())
			break;
		while (seen < CALLS && READ_ONCE(calls) == seen)
			cpu_relax();
	} while (seen < CALLS);
	return err;
}

static int undo(struct race_run *run)
{
	int err = klp_race_settle();

	if (!err && p2->state == KLP_ENABLED)
		err = klp_disable_patch(p2) ?: klp_race_settle();
	return err;
}

const struct klp_race klp_consistency_race = {
	.name = "consistency",
	.setup = setup,
	.prepare = prepare,
	.module = call,
	.patch = patch,
	.undo = undo,
};
