// SPDX-License-Identifier: GPL-2.0
/*
 * Running a scenario where every CPU runs by itself: n rounds under an adversary, and the score.
 *
 * Participant 0 acts once a round, on CPU 0. Each other one has a thread on a CPU of its own that acts over and over
 * while the gate is open. A round is: prepare; gate open, all others at work; participant 0; gate shut, all others
 * out; finish. So nothing but what participant 0 does is raced against.
 */
#include <asm/processor.h>
#include <asm/trap.h>
#include <linux/completion.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <stopgap/catch.h>
#include <stopgap/console.h>
#include <stopgap/freed_by.h>
#include <stopgap/hooks.h>
#include <stopgap/race.h>
#include <stopgap/shell.h>
#include <stopgap/trace.h>
#include <stopgap/vmap.h>

#include "internal.h"

/* While rounds run, the modules' own messages stay off the console; the log has them. */
#define QUIET_LOGLEVEL	4

static DEFINE_SPINLOCK(hit_lock);
static unsigned int last_hit_round;

/**
 * struct member - one participant but the first, and its thread
 * @participant: it
 * @run: the run it takes part in
 * @task: its thread
 * @busy: it is inside, or about to look whether the gate is open
 * @acts: how often it has acted since the gate was opened
 */
struct member {
	const struct race_participant *participant;
	struct race_run *run;
	struct task_struct *task;
	bool busy;
	unsigned long acts;
};

static struct member crew[NR_CPUS];
static struct task_struct *commander;	/* who has called race_run(), and waits */
static bool gate;

struct driver {
	struct race_run *run;
	struct completion done;
	int err;
};

const struct race_scenario *race_find(const char *name)
{
	const struct race_scenario *const *s;

	for (s = __start_race_scenarios; s < __stop_race_scenarios; s++)
		if (!strcmp((*s)->name, name))
			return *s;
	return NULL;
}

void race_hit(struct race_run *run, const char *fmt, ...)
{
	unsigned long flags;
	va_list ap;

	hook_quiet_begin();
	spin_lock_irqsave(&hit_lock, flags);
	if (last_hit_round != run->round) {
		last_hit_round = run->round;
		run->hits++;
		if (!run->first) {
			run->first = run->round;
			va_start(ap, fmt);
			vsnprintf(run->what, sizeof(run->what), fmt, ap);
			va_end(ap);
			trace_fault(0, raw_smp_processor_id(), 0, 0, run->what);
		}
		trace_ring_mark("race hit");
	}
	spin_unlock_irqrestore(&hit_lock, flags);
	hook_quiet_end();
}

void race_picture(struct race_run *run, const char *lines)
{
	if (run->first == run->round)
		strscpy(run->picture, lines, sizeof(run->picture));
}

void race_score_reset(struct race_run *run)
{
	run->picture[0] = '\0';
	run->round = run->hits = run->first = 0;
	last_hit_round = 0;
}

/* What could not be reached: the data, or the instruction itself. */
static unsigned long fault_address(const struct pt_regs *regs)
{
	return regs->trap == TRAP_ISI || regs->trap == TRAP_ISEG ? regs->nip : regs->dar;
}

void race_fault(struct race_run *run, const struct pt_regs *regs)
{
	unsigned long addr = fault_address(regs);
	char freed[FREED_BY_LEN];
	const char *area;

	hook_quiet_begin();
	area = vmap_describe(addr);
	trace_fault(0, raw_smp_processor_id(), addr, regs->nip,
		    area && !strncmp(area, "freed", 5) ? "USE AFTER FREE" : "FAULT");
	race_hit(run, "trap %lx at %pS, address %016lx%s%s%s%s", regs->trap, (void *)regs->nip, addr,
		 area ? " (" : "", area ? area : "", area ? ")" : "", freed_by(freed, sizeof(freed), addr));
	hook_quiet_end();
}

int race_guarded(struct race_run *run, int (*fn)(struct race_run *run))
{
	struct fault_catch c;
	volatile int err = -EFAULT;

	if (!catch_fault(&c))
		err = fn(run);
	else
		race_fault(run, &c.regs);
	catch_end(&c);
	return err;
}

/*
 * Whoever shuts the gate waits for those it finds busy; whoever becomes busy after that finds the gate shut. The
 * barriers here and in shut_gate() see to it that one of the two notices.
 */
static void act_if_open(struct member *m)
{
	WRITE_ONCE(m->busy, true);
	smp_mb();
	if (READ_ONCE(gate)) {
		WRITE_ONCE(m->acts, m->acts + 1);
		race_guarded(m->run, m->participant->act);
	}
	smp_store_release(&m->busy, false);
}

static int member_thread(void *data)
{
	struct member *m = data;

	while (!kthread_should_stop()) {
		act_if_open(m);
		cpu_relax();
		cond_resched();
	}
	return 0;
}

static void wait_a_little(void)
{
	cpu_relax();
	cond_resched();
}

static void open_gate(unsigned int nr)
{
	unsigned int i;

	for (i = 1; i < nr; i++)
		WRITE_ONCE(crew[i].acts, 0);
	smp_mb();
	WRITE_ONCE(gate, true);
	for (i = 1; i < nr; i++)
		while (!READ_ONCE(crew[i].acts))
			wait_a_little();
}

static void shut_gate(unsigned int nr)
{
	unsigned int i;

	WRITE_ONCE(gate, false);
	smp_mb();
	for (i = 1; i < nr; i++)
		while (smp_load_acquire(&crew[i].busy))
			wait_a_little();
}

int race_finish(struct race_run *run)
{
	const struct race_scenario *s = run->scenario;
	int err = s->finish ? s->finish(run) : 0;

	return err ?: s->undo ? s->undo(run) : 0;
}

static int run_round(struct race_run *run)
{
	const struct race_scenario *s = run->scenario;
	int err;

	WRITE_ONCE(run->round, run->round + 1);
	err = s->prepare(run);
	if (err)
		return err;
	open_gate(s->nr_participants);
	err = race_guarded(run, s->participants[0].act);
	shut_gate(s->nr_participants);
	return err ?: race_finish(run);
}

static int run_rounds(struct race_run *run)
{
	int err = 0;

	while (!err && run->round < run->n) {
		err = run_round(run);
		if (!err && shell_interrupted_for(commander))
			err = -EINTR;
		cond_resched();
	}
	return err;
}

static void dismiss_crew(unsigned int nr)
{
	while (--nr > 0)
		kthread_stop(crew[nr].task);
}

static int engage_crew(struct race_run *run)
{
	unsigned int i;

	for (i = 1; i < run->scenario->nr_participants; i++) {
		struct member *m = &crew[i];

		*m = (struct member){ .participant = &run->scenario->participants[i], .run = run };
		m->task = kthread_create_on_cpu(member_thread, m, i, "race/%u");
		if (IS_ERR(m->task)) {
			dismiss_crew(i);
			return PTR_ERR(m->task);
		}
		wake_up_process(m->task);
	}
	return 0;
}

static int run_scenario(struct race_run *run)
{
	int err;

	err = run->scenario->setup(run);
	if (err)
		return err;
	err = engage_crew(run);
	if (err)
		goto out_teardown;
	err = run_rounds(run);
	dismiss_crew(run->scenario->nr_participants);
out_teardown:
	run->scenario->teardown(run);
	return err;
}

static int driver_thread(void *data)
{
	struct driver *d = data;

	d->err = run_scenario(d->run);
	complete(&d->done);
	return 0;
}

/* The rounds run on CPU 0, so that the others are left for the other participants. */
static int drive(struct race_run *run)
{
	struct driver d = { .run = run };
	struct task_struct *t;

	init_completion(&d.done);
	commander = current;
	t = kthread_create_on_cpu(driver_thread, &d, 0, "race/driver");
	if (IS_ERR(t))
		return PTR_ERR(t);
	wake_up_process(t);
	wait_for_completion(&d.done);
	return d.err;
}

int race_run(struct race_run *run)
{
	const struct race_adversary *adversary = race_adversary_find(run->adversary);
	int loglevel = console_loglevel;
	int err;

	race_score_reset(run);
	run->steal.seed = run->seed;
	err = adversary->start(run);
	if (err)
		return err;
	console_loglevel = min(loglevel, QUIET_LOGLEVEL);
	err = drive(run);
	console_loglevel = loglevel;
	adversary->stop();
	return err;
}
