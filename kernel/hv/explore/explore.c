// SPDX-License-Identifier: GPL-2.0
/*
 * Exploring a scenario: one schedule after the other, each from the same prepared state.
 *
 * A driver on CPU 0 prepares, sends the participants to the gate, and sleeps. There the machine stands still, and
 * whoever explores runs as the director (director.c): explore_next() is one schedule, from the gate until all
 * participants have ended and every CPU is idle, and then everything is again as it was at the gate. If the scenario
 * wants to look at what a schedule has done, the driver is woken for that, before it is undone. The last round of all
 * is not explored and not undone, so that teardown() finds a round that is over.
 */
#include <asm/irqflags.h>
#include <asm/processor.h>
#include <asm/reg.h>
#include <linux/completion.h>
#include <linux/cpumask.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/ktime.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include <stopgap/explore.h>
#include <stopgap/shell.h>
#include <stopgap/trace.h>

#include "../../race/internal.h"
#include "../../sched/sched.h"
#include "../oracle/deadlock.h"
#include "../oracle/lockdep.h"
#include "../oracle/oracle.h"
#include "players.h"
#include "../shared/rollback.h"
#include "../shared/shared.h"

/* Longer than a time slice. */
#define CLOCK_JUMP_NS	(20 * NSEC_PER_MSEC)
#define QUIET_LOGLEVEL	4
#define POLL		64	/* schedules from one look for ^C to the next */

/**
 * struct player - one participant, and its thread
 * @task: its thread, on the CPU of its number
 * @go: the gate is the next it does
 * @in_run: it has passed the gate, and not ended
 * @err: what it returned
 */
struct player {
	struct task_struct *task;
	bool go;
	bool in_run;
	int err;
};

/**
 * struct session - one scenario at the gate, until whoever explores it has had enough
 * @run: gets the score
 * @stats: what became of the schedules: here, as the stack of whoever asked for it is undone if that runs meanwhile
 * @fn: explores, with @ctx
 * @err: what came of that
 * @driver: the thread that prepares and cleans up
 * @msr: the vCPU's, when the clock is not stopped
 * @finish: the driver is wanted for what is to be done after a schedule; 0 or its errno, when it has been done
 * @over: the machine goes on by itself
 * @idle_players: nobody acts in this round
 * @plain: dispatches the last round: nothing but what happens anyway
 * @arena: of @plain
 */
static struct session {
	struct race_run *run;
	struct explore_stats stats;
	int (*fn)(void *ctx);
	void *ctx;
	int err;
	struct task_struct *driver;
	unsigned long msr;
	bool finish;
	int finish_err;
	bool over;
	bool idle_players;
	struct dispatch plain;
	void *arena;
} session;

static struct player players[LCPU_MAX];

/* ---- while a run is under way ---- */

void explore_over(void)
{
	if (hv_exploring)
		session.finish = true;
	else
		session.over = true;
	wake_up_process(session.driver);
}

void explore_report(enum run_end why)
{
	const struct task_struct *stuck[LCPU_MAX];
	char text[RACE_WHAT_LEN];
	unsigned int cpu, nr = 0;

	if (why == RUN_DONE || why == RUN_CRASH)
		return;
	this_lcpu()->quiet++;
	for (cpu = 0; cpu < nr_players(session.run->scenario); cpu++)
		if (players[cpu].in_run)
			stuck[nr++] = players[cpu].task;
	deadlock_describe(text, sizeof(text), stuck, nr);
	trace_stuck(raw_smp_processor_id(), why == RUN_DEADLOCK ? "DEADLOCK" : "NO END");
	race_hit(session.run, "%s:%s", why == RUN_DEADLOCK ? "deadlock" : "no end within the bound on steps", text);
	this_lcpu()->quiet--;
}

void hv_die(const struct pt_regs *regs)
{
	if (!(hv_exploring & HV_POINTS))
		return;
	race_fault(session.run, regs);
	point_crash();
}

/* ---- participants ---- */

static void take_part(struct player *me, const struct race_participant *participant)
{
	explore_gate();
	me->in_run = true;
	if (!session.idle_players)
		me->err = race_guarded(session.run, participant->act);
	me->in_run = false;
	explore_leave();
}

static int player_thread(void *data)
{
	struct player *me = data;
	while (!kthread_should_stop()) {
		set_current_state(TASK_UNINTERRUPTIBLE);
		if (!me->go) {
			schedule();
			continue;
		}
		__set_current_state(TASK_RUNNING);
		me->go = false;
		take_part(me, player_part(session.run->scenario, me - players));
	}
	return 0;
}

static void dismiss(unsigned int nr)
{
	while (nr-- > 0)
		kthread_stop(players[nr].task);
}

static int engage(void)
{
	unsigned int i;

	for (i = 0; i < nr_players(session.run->scenario); i++) {
		struct player *p = &players[i];

		*p = (struct player){ 0 };
		p->task = kthread_create_on_cpu(player_thread, p, i, "race/%u");
		if (IS_ERR(p->task)) {
			dismiss(i);
			return PTR_ERR(p->task);
		}
		wake_up_process(p->task);
	}
	return 0;
}

/* ---- the driver ---- */

static void send_to_gate(void)
{
	unsigned int i;

	for (i = 0; i < nr_players(session.run->scenario); i++) {
		players[i].go = true;
		wake_up_process(players[i].task);
	}
}

/* The clock stands still, and nobody but the dispatch policy decides who runs; and no longer so. */
static void stop_time(u64 ahead)
{
	session.msr = vcpu_irq_save();
	vcpu_clock_off();
	lcpu_clock_virtual(ahead);
}

static void start_time(void)
{
	lcpu_clock_real();
	vcpu_clock_on();
	vcpu_irq_restore(session.msr);
}

/* A schedule is over, and will be undone when the scenario has looked at it. */
static void finish_round(void)
{
	unsigned long steps = exploration.steps;

	session.finish = false;
	start_time();
	session.finish_err = session.run->scenario->finish(session.run);
	stop_time(0);
	exploration.steps = steps;
	director_return();
}

/* Has everybody else come to rest, on this CPU, too? A thread that waits for it would run in the schedules. */
static bool is_alone(void)
{
	return lcpu_alone() && cpu_rq(raw_smp_processor_id())->nr_running == 1;
}

/* All to the gate; returns when the machine goes on by itself. */
static void play(void)
{
	while (!is_alone()) {
		cpu_relax();
		cond_resched();
	}
	stop_time(ns_to_tb(CLOCK_JUMP_NS));
	session.over = session.finish = session.idle_players = false;
	exploration.participants = (1UL << nr_players(session.run->scenario)) - 1;
	exploration.at_gate = 0;
	send_to_gate();
	while (!session.over) {
		set_current_state(TASK_UNINTERRUPTIBLE);
		if (session.finish) {
			__set_current_state(TASK_RUNNING);
			finish_round();
		}
		if (!session.over)
			schedule();
	}
	__set_current_state(TASK_RUNNING);
	start_time();
}

/* ---- the director ---- */

static int outcome(bool hit)
{
	int err = 0;

	if (exploration.end == RUN_DONE)
		err = players[0].err ?: session.finish_err;
	return hit ? 1 : err;
}

int explore_next(struct dispatch *d)
{
	struct race_run *run = session.run;
	unsigned int hits = run->hits;
	int ret;

	if (rollback_is_full())
		return -ENOMEM;
	d->params.participants = exploration.participants;
	if (!dispatch_next_run(d))
		return -ENODATA;
	run->round++;
	players[0].err = session.finish_err = 0;
	director_play(d, run->seed + dispatch_draw(d, run->round), run->scenario->finish ? HV_NOTES : 0);
	session.stats.steps += exploration.steps;
	session.stats.deadlocks += exploration.end == RUN_DEADLOCK;
	session.stats.endless += exploration.end == RUN_ENDLESS;
	session.stats.hash = exploration.hash;
	ret = outcome(run->hits > hits);
	dispatch_end_run(d, run->hits > hits);
	director_undo();
	return ret;
}

static void play_plain(unsigned int goes_on)
{
	players[0].err = 0;
	dispatch_next_run(&session.plain);
	director_play(&session.plain, 0, goes_on);
}

/* Does a round end well in which nobody preempts anybody? */
static bool ends_well(void)
{
	struct race_run score = *session.run;
	bool well;

	race_score_reset(session.run);
	session.run->round = 1;
	play_plain(0);
	well = exploration.end == RUN_DONE && !session.run->hits && !players[0].err;
	*session.run = score;
	director_undo();
	return well;
}

/* Leave a round behind that is over: such a one, or else one in which nobody acts. */
static void play_last(void)
{
	session.idle_players = !ends_well();
	play_plain(HV_POINTS);
}

static void direct(void)
{
	session.err = session.fn(session.ctx);
	play_last();
}

/* ---- the session ---- */

static int prepare_to_leave(void)
{
	static struct schedule nothing;
	const struct dispatch_params params = { .ncpus = num_online_cpus(), .schedule = &nothing };

	if (!session.arena)
		session.arena = vmalloc(DISPATCH_ARENA_SIZE);
	if (!session.arena)
		return -ENOMEM;
	return dispatch_begin(&session.plain, &dispatch_replay, &params, session.arena, DISPATCH_ARENA_SIZE);
}

/* What the last round has left is cleaned up, and does not count. */
static int clean_up(void)
{
	struct race_run score = *session.run;
	int err = race_finish(session.run);

	*session.run = score;
	return err;
}

static int drive_scenario(void)
{
	const struct race_scenario *scenario = session.run->scenario;
	int err = scenario->setup(session.run);

	if (err)
		return err;
	err = engage();
	if (err)
		goto out_teardown;
	err = scenario->prepare(session.run);
	if (err)
		goto out_dismiss;
	play();
	err = clean_up();
	err = session.err ?: err;
out_dismiss:
	dismiss(nr_players(scenario));
out_teardown:
	scenario->teardown(session.run);
	return err;
}

struct drive {
	struct completion done;
	int err;
};

static int driver_thread(void *data)
{
	struct drive *drive = data;
	u64 start = mftb();

	drive->err = drive_scenario();
	session.stats.ns = tb_to_ns(mftb() - start);
	complete(&drive->done);
	return 0;
}

static int drive(void)
{
	struct drive drive;

	init_completion(&drive.done);
	session.driver = kthread_create_on_cpu(driver_thread, &drive, 0, "race/driver");
	if (IS_ERR(session.driver))
		return PTR_ERR(session.driver);
	wake_up_process(session.driver);
	wait_for_completion(&drive.done);
	return drive.err;
}

int explore_session(struct race_run *run, struct explore_stats *stats, int (*fn)(void *ctx), void *ctx)
{
	int loglevel = console_loglevel;
	int err;

	session.run = run;
	*stats = session.stats = (struct explore_stats){ 0 };
	session.fn = fn;
	session.ctx = ctx;
	err = rollback_begin();
	if (!err)
		err = prepare_to_leave();
	if (err)
		return err;
	race_score_reset(run);
	lockdep_session_begin();
	oracle_begin(run);
	director_hire(direct);
	exploration.hash = 0xcbf29ce484222325ull;
	console_loglevel = min(loglevel, QUIET_LOGLEVEL);
	err = drive();
	*stats = session.stats;
	console_loglevel = loglevel;
	lockdep_session_end();
	rollback_end();
	return err;
}

/* ---- all schedules, or those up to the first hit ---- */

static int explore_some(struct dispatch *d, bool to_first_hit)
{
	int ret = 0;

	while (ret >= 0 && session.run->round < session.run->n) {
		if (to_first_hit && session.run->first)
			break;
		ret = explore_next(d);
		if (ret >= 0 && session.run->round % POLL == 0 && shell_interrupted())
			ret = -EINTR;
	}
	return ret == -ENODATA ? 0 : min(ret, 0);
}

static int explore_all(void *ctx)
{
	return explore_some(ctx, false);
}

static int explore_first(void *ctx)
{
	return explore_some(ctx, true);
}

int explore(struct race_run *run, struct dispatch *d, struct explore_stats *stats)
{
	return explore_session(run, stats, explore_all, d);
}

int explore_to_first_hit(struct race_run *run, struct dispatch *d, struct explore_stats *stats)
{
	return explore_session(run, stats, explore_first, d);
}
