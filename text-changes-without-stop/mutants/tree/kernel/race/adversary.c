// SPDX-License-Identifier: GPL-2.0
/*
 * Who works against a race scenario while it runs. All strike as run->steal says: so often a second and CPU on
 * average, for a random time; "preempt" ten times as often, for a tenth of the time, as switches go.
 */
#include <asm/paca.h>
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/ktime.h>
#include <linux/percpu.h>
#include <linux/prandom.h>
#include <linux/smp.h>
#include <linux/string.h>
#include <stopgap/platform.h>
#include <stopgap/race.h>
#include <stopgap/timer.h>

/**
 * struct troublemaker - what disturbs one CPU
 * @config: how often, how long
 * @rnd: its random numbers
 * @task: "preempt": the thread that takes the CPU
 * @timer: "irq": whose interrupts take it
 */
struct troublemaker {
	struct hv_steal_config config;
	struct rnd_state rnd;
	struct task_struct *task;
	struct timer_list timer;
};

static DEFINE_PER_CPU(struct troublemaker, troublemakers);

static int start_nothing(struct race_run *run)
{
	return 0;
}

static void stop_nothing(void)
{
}

static int start_stealing(struct race_run *run)
{
	return hv_steal_start(&run->steal);
}

static void troublemaker_init(struct troublemaker *t, const struct hv_steal_config *config, unsigned int cpu)
{
	t->config = *config;
	prandom_seed_state(&t->rnd, config->seed * NR_CPUS + cpu);
}

/* Microseconds of peace: spread evenly over [0, 2/rate), so that their mean is 1/rate. */
static unsigned int peace_us(struct troublemaker *t)
{
	return prandom_u32_below(&t->rnd, 2 * USEC_PER_SEC / max(t->config.rate, 1u));
}

static unsigned int trouble_us(struct troublemaker *t)
{
	return t->config.min_us + prandom_u32_below(&t->rnd, t->config.max_us - t->config.min_us + 1);
}

/* ---- preempt: a better thread wants the CPU ---- */

static int preempting_thread(void *data)
{
	struct troublemaker *t = data;

	while (!kthread_should_stop()) {
		usleep_range(peace_us(t), 0);
		udelay(trouble_us(t));
	}
	return 0;
}

static void stop_preempting(void)
{
	unsigned int cpu;

	for_each_online_cpu(cpu) {
		struct troublemaker *t = &per_cpu(troublemakers, cpu);

		if (t->task)
			kthread_stop(t->task);
		t->task = NULL;
	}
}

static int start_preempting_cpu(const struct race_run *run, unsigned int cpu)
{
	const struct hv_steal_config often = {
		.rate = 10 * run->steal.rate,
		.min_us = run->steal.min_us / 10,
		.max_us = run->steal.max_us / 10,
		.seed = run->steal.seed,
	};
	struct troublemaker *t = &per_cpu(troublemakers, cpu);
	struct task_struct *task;

	troublemaker_init(t, &often, cpu);
	task = kthread_create_on_cpu(preempting_thread, t, cpu, "race/preempt/%u");
	if (IS_ERR(task))
		return PTR_ERR(task);
	task->sched_class = SCHED_CLASS_STOP;
	t->task = task;
	wake_up_process(task);
	return 0;
}

/* Not on CPU 0: whoever loses the CPU inside rmmod only makes the round longer. */
static int start_preempting(struct race_run *run)
{
	unsigned int cpu;
	int err = 0;

	for (cpu = 1; !err && cpu < run->scenario->nr_participants; cpu++)
		err = start_preempting_cpu(run, cpu);
	if (err)
		stop_preempting();
	return err;
}

/* ---- irq: interrupts whose handlers take their time ---- */

static void rearm(struct troublemaker *t)
{
	mod_timer_deadline(&t->timer, platform->clock() + ns_to_tb((u64)peace_us(t) * NSEC_PER_USEC));
}

static void long_interrupt(struct timer_list *timer)
{
	struct troublemaker *t = from_timer(t, timer, timer);

	udelay(trouble_us(t));
	rearm(t);
}

static void start_interrupting_cpu(void *config)
{
	struct troublemaker *t = this_cpu_ptr(&troublemakers);

	troublemaker_init(t, config, smp_processor_id());
	timer_setup(&t->timer, long_interrupt, TIMER_PINNED);
	rearm(t);
}

static int start_interrupting(struct race_run *run)
{
	on_each_cpu(start_interrupting_cpu, &run->steal, 1);
	return 0;
}

static void stop_interrupting(void)
{
	unsigned int cpu;

	for_each_online_cpu(cpu)
		del_timer_sync(&per_cpu(troublemakers, cpu).timer);
}

static const struct race_adversary adversaries[] = {
	{ "none", "CPUs run as the host lets them", start_nothing, stop_nothing },
	{ "steal", "the shim takes CPUs away at random instructions", start_stealing, hv_steal_stop },
	{ "preempt", "a better thread takes the readers' CPUs, wherever preempt= allows it", start_preempting,
	  stop_preempting },
	{ "irq", "interrupts come at random and take their time", start_interrupting, stop_interrupting },
};

const struct race_adversary *race_adversary_nth(unsigned int i)
{
	return i < ARRAY_SIZE(adversaries) ? &adversaries[i] : NULL;
}

const struct race_adversary *race_adversary_find(const char *name)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(adversaries); i++)
		if (!strcmp(adversaries[i].name, name))
			return &adversaries[i];
	return NULL;
}
