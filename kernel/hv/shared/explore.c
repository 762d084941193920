// SPDX-License-Identifier: GPL-2.0
/*
 * Exploring a scenario: one schedule after the other, each from a prepared state.
 *
 * A driver on CPU 0 prepares, sends the participants to the gate, and sleeps. From when the last has come to the
 * gate until all have ended and every CPU is idle, the dispatch policy decides (point.c). The CPU that becomes idle
 * last wakes the driver. Before, all CPUs but the driver's are idle, and the clock jumps past the end of every time
 * slice, so that all schedules begin in the same state.
 */
#include <asm/irqflags.h>
#include <asm/processor.h>
#include <asm/reg.h>
#include <linux/completion.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/ktime.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <stopgap/catch.h>
#include <stopgap/explore.h>
#include <stopgap/shell.h>
#include <stopgap/trace.h>

#include "oracle.h"
#include "lockdep.h"
#include "shared.h"

/* Longer than a time slice. */
#define CLOCK_JUMP_NS	(20 * NSEC_PER_MSEC)
#define QUIET_LOGLEVEL	4

/**
 * struct player - one participant, and its thread
 * @task: its thread, on the CPU of its number
 * @go: the gate is the next it does
 * @in_run: it has passed the gate, and not ended
 * @err: what it returned
 * @catch: where it is taken out of a run that ends badly
 */
struct player {
	struct task_struct *task;
	bool go;
	bool in_run;
	int err;
	struct fault_catch catch;
};

static struct player players[LCPU_MAX];
static struct race_run *explored;
static struct task_struct *driver;
static bool over;

/* ---- while a run is under way ---- */

void explore_over(void)
{
	hv_exploring = 0;
	over = true;
	wake_up_process(driver);
}

void explore_rouse(void)
{
	unsigned int i;

	for (i = 0; i < explored->scenario->nr_participants; i++)
		if (players[i].in_run)
			wake_up_process(players[i].task);
}

/* May this CPU's participant be taken out here? Not from under an interrupt, nor from inside the scheduler. */
static bool can_bail(const struct player *me, bool spinning)
{
	if (current != me->task || !me->in_run || in_interrupt())
		return false;
	return spinning || (current->preempt_count == me->catch.preempt_count && !irqs_disabled());
}

void explore_bail(bool spinning)
{
	struct player *me = &players[local_paca->cpu];

	if (!can_bail(me, spinning))
		return;
	me->in_run = false;
	this_lcpu()->quiet++;
	current->preempt_count = me->catch.preempt_count;
	current->catch = &me->catch;
	arch_local_irq_restore(me->catch.softe);
	kernel_longjmp(&me->catch.jmp, 1);
}

static int describe_cpu(char *buf, size_t size, unsigned int cpu)
{
	const struct sched_point *where = lcpus[cpu].where;
	const char *does = lcpus[cpu].state == LCPU_IDLE ? "sleeps" : "runs";
	int len;

	if (lcpus[cpu].state != LCPU_WAITS)
		return scnprintf(buf, size, " CPU%u %s;", cpu, does);
	len = scnprintf(buf, size, " CPU%u waits for %ps at %pS", cpu, (void *)where->addr, (void *)where->pc);
	if (where->addr && *(unsigned int *)where->addr && *(unsigned int *)where->addr <= LCPU_MAX)
		len += scnprintf(buf + len, size - len, ", held by CPU%u", *(unsigned int *)where->addr - 1);
	return len + scnprintf(buf + len, size - len, ";");
}

void explore_report(enum run_end why)
{
	char text[RACE_WHAT_LEN] = "";
	unsigned int cpu;
	int len = 0;

	if (why == RUN_DONE)
		return;
	this_lcpu()->quiet++;
	for (cpu = 0; cpu < explored->scenario->nr_participants; cpu++)
		if (players[cpu].in_run)
			len += describe_cpu(text + len, sizeof(text) - len, cpu);
	race_hit(explored, "%s:%s", why == RUN_DEADLOCK ? "deadlock" : "no end within the bound on steps", text);
	this_lcpu()->quiet--;
}

/* ---- participants ---- */

static void take_part(struct player *me, const struct race_participant *participant)
{
	explore_gate();
	if (!catch_fault(&me->catch)) {
		me->in_run = true;
		me->err = race_guarded(explored, participant->act);
	}
	me->in_run = false;
	catch_end(&me->catch);
	explore_leave();
}

static int player_thread(void *data)
{
	struct player *me = data;
	const struct race_participant *participants = explored->scenario->participants;

	while (!kthread_should_stop()) {
		set_current_state(TASK_UNINTERRUPTIBLE);
		if (!me->go) {
			schedule();
			continue;
		}
		__set_current_state(TASK_RUNNING);
		me->go = false;
		take_part(me, &participants[me - players]);
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

	for (i = 0; i < explored->scenario->nr_participants; i++) {
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

	for (i = 0; i < explored->scenario->nr_participants; i++) {
		players[i].go = true;
		wake_up_process(players[i].task);
	}
}

/* One schedule, from the gate until all is idle again. */
static void play(struct dispatch *d)
{
	unsigned long msr;

	while (!lcpu_alone())
		cpu_relax();
	msr = vcpu_irq_save();
	vcpu_clock_off();
	exploration = (struct exploration){
		.dispatch = d,
		.seed = explored->seed + explored->round,
		.participants = (1UL << explored->scenario->nr_participants) - 1,
		.max_steps = EXPLORE_MAX_STEPS,
		.hash = exploration.hash,
	};
	lcpu_clock_virtual(ns_to_tb(CLOCK_JUMP_NS));
	over = false;
	send_to_gate();
	while (!over) {
		set_current_state(TASK_UNINTERRUPTIBLE);
		schedule();
	}
	__set_current_state(TASK_RUNNING);
	lcpu_clock_real();
	vcpu_clock_on();
	vcpu_irq_restore(msr);
}

/* Whatever goes wrong first can be told afterwards. */
static void begin_trace(void)
{
	const struct race_scenario *s = explored->scenario;
	unsigned int i;

	trace_run_begin();
	for (i = 0; i < s->nr_participants; i++)
		trace_thread_name(i, s->participants[i].name);
}

static int run_schedule(struct dispatch *d, struct explore_stats *stats)
{
	unsigned int hits = explored->hits;
	int err;

	explored->round++;
	err = explored->scenario->prepare(explored);
	if (err)
		return err;
	if (!explored->hits)
		begin_trace();
	play(d);
	trace_run_end();
	stats->steps += exploration.steps;
	stats->deadlocks += exploration.end == RUN_DEADLOCK;
	stats->endless += exploration.end == RUN_ENDLESS;
	if (exploration.end != RUN_DONE) {
		lockdep_forget_held();
		err = -EDEADLK;
	}
	err = players[0].err ?: err ?: explored->scenario->finish(explored);
	dispatch_end_run(d, explored->hits > hits);
	return err;
}

static int run_schedules(struct dispatch *d, struct explore_stats *stats)
{
	int err = 0;

	while (!err && explored->round < explored->n && dispatch_next_run(d)) {
		err = run_schedule(d, stats);
		if (!err && shell_interrupted())
			err = -EINTR;
		cond_resched();
	}
	return err;
}

struct drive {
	struct dispatch *d;
	struct explore_stats *stats;
	struct completion done;
	int err;
};

static int drive_scenario(struct drive *drive)
{
	int err = explored->scenario->setup(explored);

	if (err)
		return err;
	err = engage();
	if (err)
		goto out_teardown;
	err = run_schedules(drive->d, drive->stats);
	dismiss(explored->scenario->nr_participants);
out_teardown:
	explored->scenario->teardown(explored);
	return err;
}

static int driver_thread(void *data)
{
	struct drive *drive = data;
	u64 start = mftb();

	drive->err = drive_scenario(drive);
	drive->stats->ns = tb_to_ns(mftb() - start);
	complete(&drive->done);
	return 0;
}

int explore(struct race_run *run, struct dispatch *d, struct explore_stats *stats)
{
	struct drive drive = { .d = d, .stats = stats };
	int loglevel = console_loglevel;

	*stats = (struct explore_stats){ 0 };
	race_score_reset(run);
	explored = run;
	oracle_begin(run);
	exploration.hash = 0xcbf29ce484222325ull;
	init_completion(&drive.done);
	driver = kthread_create_on_cpu(driver_thread, &drive, 0, "race/driver");
	if (IS_ERR(driver))
		return PTR_ERR(driver);
	console_loglevel = min(loglevel, QUIET_LOGLEVEL);
	wake_up_process(driver);
	wait_for_completion(&drive.done);
	console_loglevel = loglevel;
	stats->hash = exploration.hash;
	return drive.err;
}
