// SPDX-License-Identifier: GPL-2.0
/* Function calls reach every CPU they are sent to, once, and in the right context. */
#include <kunit/test.h>
#include <linux/atomic.h>
#include <linux/completion.h>
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/smp.h>

#define ROUNDS		100
#define WAIT		(60 * HZ)

struct tally {
	atomic_t calls[NR_CPUS];
	atomic_t with_irqs_on;
	atomic_t outside_irq;
};

static void count_call(void *info)
{
	struct tally *t = info;

	atomic_inc(&t->calls[smp_processor_id()]);
	if (!irqs_disabled())
		atomic_inc(&t->with_irqs_on);
	if (!in_hardirq())
		atomic_inc(&t->outside_irq);
}

static void expect_calls(struct kunit *test, struct tally *t, int each)
{
	unsigned int cpu;

	for (cpu = 0; cpu < NR_CPUS; cpu++)
		KUNIT_EXPECT_EQ_MSG(test, atomic_read(&t->calls[cpu]), cpu_online(cpu) ? each : 0,
				    "CPU%u", cpu);
	KUNIT_EXPECT_EQ(test, atomic_read(&t->with_irqs_on), 0);
}

static void a_call_reaches_each_cpu_once(struct kunit *test)
{
	struct tally t = {};
	unsigned int cpu;
	int i;

	for (i = 0; i < ROUNDS; i++) {
		for_each_online_cpu(cpu)
			KUNIT_EXPECT_EQ(test, smp_call_function_single(cpu, count_call, &t, 1), 0);
	}
	expect_calls(test, &t, ROUNDS);
}

static void on_each_cpu_is_all_of_them(struct kunit *test)
{
	struct tally t = {};
	int i;

	for (i = 0; i < ROUNDS; i++)
		on_each_cpu(count_call, &t, 1);
	expect_calls(test, &t, ROUNDS);
	KUNIT_EXPECT_EQ(test, atomic_read(&t.outside_irq), ROUNDS);
}

static void the_others_are_all_but_one(struct kunit *test)
{
	struct tally t = {};
	unsigned int cpu;
	int sum = 0;

	smp_call_function(count_call, &t, 1);
	for (cpu = 0; cpu < NR_CPUS; cpu++)
		sum += atomic_read(&t.calls[cpu]);
	KUNIT_EXPECT_EQ(test, sum, (int)num_online_cpus() - 1);
	KUNIT_EXPECT_EQ(test, atomic_read(&t.outside_irq), 0);
}

/* A call that is waited for comes after those that were not: the queue is in order. */
static void calls_without_waiting_are_not_lost(struct kunit *test)
{
	struct tally t = {};
	unsigned int cpu;
	int i;

	preempt_disable();
	for (i = 0; i < ROUNDS - 1; i++) {
		for_each_online_cpu(cpu)
			smp_call_function_single(cpu, count_call, &t, 0);
	}
	for_each_online_cpu(cpu)
		smp_call_function_single(cpu, count_call, &t, 1);
	preempt_enable();
	expect_calls(test, &t, ROUNDS);
}

static void a_cpu_that_is_not_there(struct kunit *test)
{
	struct tally t = {};

	KUNIT_EXPECT_EQ(test, smp_call_function_single(NR_CPUS, count_call, &t, 1), -ENXIO);
	KUNIT_EXPECT_EQ(test, smp_call_function_single(-1, count_call, &t, 1), -ENXIO);
	expect_calls(test, &t, 0);
}

struct caller {
	struct tally *tally;
	struct completion done;
};

static int caller_thread(void *data)
{
	struct caller *c = data;
	int i;

	for (i = 0; i < ROUNDS; i++)
		on_each_cpu(count_call, c->tally, 1);
	complete(&c->done);
	return 0;
}

static void all_cpus_call_all_at_once(struct kunit *test)
{
	struct tally t = {};
	struct caller c = { .tally = &t };
	unsigned int cpu, finished = 0;

	init_completion(&c.done);
	for_each_online_cpu(cpu) {
		struct task_struct *p = kthread_create_on_cpu(caller_thread, &c, cpu, "caller/%u");

		KUNIT_ASSERT_NOT_ERR_OR_NULL(test, p);
		wake_up_process(p);
	}
	for_each_online_cpu(cpu)
		finished += wait_for_completion_timeout(&c.done, WAIT) != 0;
	KUNIT_ASSERT_EQ(test, finished, num_online_cpus());
	expect_calls(test, &t, ROUNDS * (int)num_online_cpus());
}

static struct kunit_case call_cases[] = {
	KUNIT_CASE(a_call_reaches_each_cpu_once),
	KUNIT_CASE(on_each_cpu_is_all_of_them),
	KUNIT_CASE(the_others_are_all_but_one),
	KUNIT_CASE(calls_without_waiting_are_not_lost),
	KUNIT_CASE(a_cpu_that_is_not_there),
	KUNIT_CASE(all_cpus_call_all_at_once),
	{}
};

static struct kunit_suite call_suite = { .name = "smp_call", .test_cases = call_cases };
kunit_test_suite(call_suite);
