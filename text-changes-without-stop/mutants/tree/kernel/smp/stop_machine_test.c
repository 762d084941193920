// SPDX-License-Identifier: GPL-2.0
/* While stop_machine() runs its function nothing else moves; afterwards everything does. */
#include "internal.h"

#include <asm/processor.h>
#include <kunit/test.h>
#include <linux/atomic.h>
#include <linux/completion.h>
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/ktime.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include <linux/stop_machine.h>

#define STOPS		10
#define WAIT		(60 * HZ)
#define HOG_CPU		1
#define GIVE_UP_NS	(30ull * NSEC_PER_SEC)

typedef int (*stop_fn)(int (*fn)(void *), void *data, const struct cpumask *cpus);

/*
 * A counter per CPU, each turned by a thread that is never still for long, and in the middle of a
 * walk half of the time.
 */
static unsigned long turns[NR_CPUS];
static int walking[NR_CPUS];
static struct task_struct *turner[NR_CPUS];

static int turner_thread(void *unused)
{
	unsigned int cpu = smp_processor_id();
	unsigned int i;

	while (!kthread_should_stop()) {
		WRITE_ONCE(walking[cpu], 1);
		for (i = 0; i < 64; i++)
			WRITE_ONCE(turns[cpu], turns[cpu] + 1);
		WRITE_ONCE(walking[cpu], 0);
		cond_resched();
	}
	return 0;
}

/* No preemption: the promise about walks is only made without. */
static int start_turners(struct kunit *test)
{
	unsigned int cpu;

	test->priv = (void *)preempt_model_name();
	sched_set_preempt("none");
	for_each_online_cpu(cpu) {
		turner[cpu] = kthread_create_on_cpu(turner_thread, NULL, cpu, "turner/%u");
		if (IS_ERR(turner[cpu]))
			return PTR_ERR(turner[cpu]);
		wake_up_process(turner[cpu]);
	}
	return 0;
}

static void stop_turners(struct kunit *test)
{
	unsigned int cpu;

	for_each_online_cpu(cpu)
		kthread_stop(turner[cpu]);
	sched_set_preempt(test->priv);
}

struct observation {
	atomic_t runs;
	atomic_t inside;
	unsigned int moved;		/* counters that changed under fn's eyes */
	unsigned int interrupted;	/* CPUs stopped in the middle of a walk */
	unsigned int overlaps;		/* fn ran twice at once */
	unsigned int irqs_on;
	struct cpumask ran_on;
};

static int observe(void *data)
{
	struct observation *o = data;
	unsigned long before[NR_CPUS];
	unsigned int cpu;

	atomic_inc(&o->runs);
	cpumask_set_cpu(smp_processor_id(), &o->ran_on);
	o->overlaps += atomic_inc_return(&o->inside) != 1;
	o->irqs_on += !irqs_disabled();
	for_each_online_cpu(cpu)
		before[cpu] = READ_ONCE(turns[cpu]);
	udelay(100);
	for_each_online_cpu(cpu) {
		o->moved += READ_ONCE(turns[cpu]) != before[cpu];
		o->interrupted += READ_ONCE(walking[cpu]);
	}
	atomic_dec(&o->inside);
	return 0;
}

static void expect_quiet(struct kunit *test, struct observation *o, int runs)
{
	KUNIT_EXPECT_EQ(test, atomic_read(&o->runs), runs);
	KUNIT_EXPECT_EQ(test, o->moved, 0u);
	KUNIT_EXPECT_EQ(test, o->overlaps, 0u);
	KUNIT_EXPECT_EQ(test, o->irqs_on, 0u);
}

/* Every counter goes on. */
static void expect_movement(struct kunit *test)
{
	unsigned long before;
	unsigned int cpu, wait;

	for_each_online_cpu(cpu) {
		before = READ_ONCE(turns[cpu]);
		for (wait = 0; wait < 6000 && READ_ONCE(turns[cpu]) == before; wait++)
			msleep(10);
		KUNIT_EXPECT_NE_MSG(test, READ_ONCE(turns[cpu]), before, "CPU%u does not go on",
				    cpu);
	}
}

static void nothing_moves_during_a_stop(struct kunit *test)
{
	struct observation o = {};
	int i;

	for (i = 0; i < STOPS; i++) {
		KUNIT_EXPECT_EQ(test, stop_machine(observe, &o, NULL), 0);
		msleep(1);
	}
	expect_quiet(test, &o, STOPS);
	KUNIT_EXPECT_EQ(test, o.interrupted, 0u);
	expect_movement(test);
}

static void nothing_moves_during_an_ipi_stop_either(struct kunit *test)
{
	struct observation o = {};
	int i;

	for (i = 0; i < STOPS; i++) {
		KUNIT_EXPECT_EQ(test, stop_machine_ipi(observe, &o, NULL), 0);
		msleep(1);
	}
	expect_quiet(test, &o, STOPS);
	expect_movement(test);
}

static void the_function_runs_where_it_should(struct kunit *test)
{
	unsigned int cpu;

	for_each_online_cpu(cpu) {
		struct observation o = {};

		KUNIT_EXPECT_EQ(test, stop_machine_run(observe, &o, cpu), 0);
		expect_quiet(test, &o, 1);
		KUNIT_EXPECT_TRUE(test, cpumask_equal(&o.ran_on, cpumask_of(cpu)));
	}
}

static int count_run(void *data)
{
	atomic_inc((atomic_t *)data);
	return 0;
}

static void on_all_cpus_at_once(struct kunit *test)
{
	atomic_t runs = ATOMIC_INIT(0);

	KUNIT_EXPECT_EQ(test, stop_machine(count_run, &runs, cpu_online_mask), 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), (int)num_online_cpus());
}

static int return_it(void *data)
{
	return *(int *)data;
}

static void the_return_value_comes_back(struct kunit *test)
{
	int value = -123;

	KUNIT_EXPECT_EQ(test, stop_machine(return_it, &value, NULL), -123);
	KUNIT_EXPECT_EQ(test, stop_machine_run(return_it, &value, NR_CPUS), -123);
	KUNIT_EXPECT_EQ(test, stop_machine_ipi(return_it, &value, NULL), -123);
}

struct stop_caller {
	struct observation *o;
	stop_fn stop;
	struct completion *done;
};

static int stop_caller_thread(void *data)
{
	struct stop_caller *c = data;
	int i;

	for (i = 0; i < STOPS; i++)
		c->stop(observe, c->o, NULL);
	complete(c->done);
	return 0;
}

static void two_threads_stop_at_once(struct kunit *test)
{
	DECLARE_COMPLETION_ONSTACK(done);
	struct observation o = {};
	struct stop_caller c[] = { { &o, stop_machine, &done }, { &o, stop_machine_ipi, &done } };
	unsigned int i, finished = 0;

	for (i = 0; i < ARRAY_SIZE(c); i++)
		KUNIT_ASSERT_NOT_ERR_OR_NULL(test, kthread_run(stop_caller_thread, &c[i],
							       "stop/%u", i));
	for (i = 0; i < ARRAY_SIZE(c); i++)
		finished += wait_for_completion_timeout(&done, WAIT) != 0;
	KUNIT_ASSERT_EQ(test, finished, 2u);
	expect_quiet(test, &o, 2 * STOPS);
}

struct hog {
	struct completion spinning, done;
};

/* Keeps its CPU to itself until somebody complains about that. */
static int hog_thread(void *data)
{
	u64 start = ktime_get_ns();
	struct hog *h = data;

	preempt_disable();
	complete(&h->spinning);
	while (!cpumask_test_cpu(HOG_CPU, &stop_unanswered) && ktime_get_ns() - start < GIVE_UP_NS)
		cpu_relax();
	preempt_enable();
	complete(&h->done);
	return 0;
}

static int stop_from_here(void *done)
{
	int value = 0;

	stop_machine(return_it, &value, NULL);
	complete(done);
	return 0;
}

static void the_cpu_that_does_not_answer_is_named(struct kunit *test)
{
	unsigned int timeout_before = stop_timeout_ms;
	DECLARE_COMPLETION_ONSTACK(stopped);
	struct hog h;

	if (num_online_cpus() < 2)
		kunit_skip(test, "needs two CPUs");
	init_completion(&h.spinning);
	init_completion(&h.done);
	stop_timeout_ms = 50;
	cpumask_clear(&stop_unanswered);
	wake_up_process(kthread_create_on_cpu(hog_thread, &h, HOG_CPU, "hog/%u"));
	KUNIT_EXPECT_NE_MSG(test, wait_for_completion_timeout(&h.spinning, WAIT), 0ul,
			    "waiting for the hog");
	wake_up_process(kthread_create_on_cpu(stop_from_here, &stopped, 0, "stop/%u"));
	wait_for_completion(&stopped);
	wait_for_completion(&h.done);
	stop_timeout_ms = timeout_before;
	KUNIT_EXPECT_TRUE(test, cpumask_test_cpu(HOG_CPU, &stop_unanswered));
}

static struct kunit_case stop_cases[] = {
	KUNIT_CASE(nothing_moves_during_a_stop),
	KUNIT_CASE(nothing_moves_during_an_ipi_stop_either),
	KUNIT_CASE(the_function_runs_where_it_should),
	KUNIT_CASE(on_all_cpus_at_once),
	KUNIT_CASE(the_return_value_comes_back),
	KUNIT_CASE(two_threads_stop_at_once),
	{}
};

static struct kunit_suite stop_suite = {
	.name = "stop_machine",
	.init = start_turners,
	.exit = stop_turners,
	.test_cases = stop_cases,
};
kunit_test_suite(stop_suite);

static struct kunit_case stop_patience_cases[] = {
	KUNIT_CASE(the_cpu_that_does_not_answer_is_named),
	{}
};

static struct kunit_suite stop_patience_suite = {
	.name = "stop_machine_patience",
	.test_cases = stop_patience_cases,
};
kunit_test_suite(stop_patience_suite);
