// SPDX-License-Identifier: GPL-2.0
/* Running a scenario: n rounds on CPU 0 under an adversary, and the score. */
#include <linux/completion.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <stopgap/console.h>
#include <stopgap/race.h>
#include <stopgap/shell.h>

/* While rounds run, the modules' own messages stay off the console; the log has them. */
#define QUIET_LOGLEVEL	4

static DEFINE_SPINLOCK(hit_lock);
static unsigned int last_hit_round;

struct driver {
	struct race_run *run;
	struct completion done;
	int err;
};

void race_hit(struct race_run *run, const char *fmt, ...)
{
	unsigned long flags;
	va_list ap;

	spin_lock_irqsave(&hit_lock, flags);
	if (last_hit_round != run->round) {
		last_hit_round = run->round;
		run->hits++;
		if (!run->first) {
			run->first = run->round;
			va_start(ap, fmt);
			vsnprintf(run->what, sizeof(run->what), fmt, ap);
			va_end(ap);
		}
	}
	spin_unlock_irqrestore(&hit_lock, flags);
}

static int run_rounds(struct race_run *run)
{
	int err = 0;

	while (!err && run->round < run->n) {
		WRITE_ONCE(run->round, run->round + 1);
		err = run->scenario->round(run);
		if (!err && shell_interrupted())
			err = -EINTR;
		cond_resched();
	}
	return err;
}

static int driver_thread(void *data)
{
	struct driver *d = data;
	struct race_run *run = d->run;
	int err;

	err = run->scenario->setup(run);
	if (!err) {
		err = run_rounds(run);
		run->scenario->teardown(run);
	}
	d->err = err;
	complete(&d->done);
	return 0;
}

/* The rounds run on CPU 0, so that the scenario knows which CPUs are left for its other side. */
static int drive(struct race_run *run)
{
	struct driver d = { .run = run };
	struct task_struct *t;

	init_completion(&d.done);
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

	run->round = run->hits = run->first = 0;
	last_hit_round = 0;
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
