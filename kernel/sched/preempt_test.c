// SPDX-License-Identifier: GPL-2.0
/*
 * What preempt=none and preempt=full promise: whether a thread that does not offer its CPU loses it
 * all the same.
 */
#include <kunit/test.h>
#include <linux/completion.h>
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/ktime.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <asm/processor.h>

#define SLICES_NS	(50ull * NSEC_PER_MSEC)		/* several time slices */
#define GIVE_UP_NS	(30ull * NSEC_PER_SEC)
#define WAIT		(120 * HZ)

/**
 * struct contest - two threads that want the same CPU
 * @rival: to be woken by the spinner once it spins
 * @rival_ran: the rival got the CPU
 * @lost_cpu: the rival ran while the spinner did not offer the CPU
 * @ran_when_offered: the rival ran at last
 * @done: completed by each of the two at its end
 */
struct contest {
	struct task_struct *rival;
	int rival_ran;
	bool lost_cpu;
	bool ran_when_offered;
	struct completion done;
};

static int rival_thread(void *data)
{
	struct contest *c = data;

	WRITE_ONCE(c->rival_ran, 1);
	complete(&c->done);
	return 0;
}

static int spinner_thread(void *data)
{
	struct contest *c = data;
	u64 start = ktime_get_ns();
	u64 limit = strcmp(preempt_model_name(), "full") ? SLICES_NS : GIVE_UP_NS;

	wake_up_process(c->rival);
	while (!READ_ONCE(c->rival_ran) && ktime_get_ns() - start < limit)
		cpu_relax();
	c->lost_cpu = READ_ONCE(c->rival_ran);
	while (!READ_ONCE(c->rival_ran) && ktime_get_ns() - start < GIVE_UP_NS)
		cond_resched();
	c->ran_when_offered = READ_ONCE(c->rival_ran);
	complete(&c->done);
	return 0;
}

static void hold_contest(struct kunit *test, struct contest *c)
{
	unsigned int cpu = cpumask_first(cpu_online_mask);
	struct task_struct *spinner;

	init_completion(&c->done);
	c->rival = kthread_create_on_cpu(rival_thread, c, cpu, "rival/%u");
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, c->rival);
	spinner = kthread_create_on_cpu(spinner_thread, c, cpu, "spinner/%u");
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, spinner);
	wake_up_process(spinner);
	KUNIT_EXPECT_NE_MSG(test, wait_for_completion_timeout(&c->done, WAIT), 0ul,
			    "waiting for one");
	KUNIT_EXPECT_NE_MSG(test, wait_for_completion_timeout(&c->done, WAIT), 0ul,
			    "waiting for both");
}

static const char *model_before;

static int remember_model(struct kunit *test)
{
	model_before = preempt_model_name();
	return 0;
}

static void restore_model(struct kunit *test)
{
	sched_set_preempt(model_before);
}

static void none_lets_a_thread_keep_its_cpu(struct kunit *test)
{
	struct contest c = {};

	KUNIT_ASSERT_EQ(test, sched_set_preempt("none"), 0);
	hold_contest(test, &c);
	KUNIT_EXPECT_FALSE(test, c.lost_cpu);
	KUNIT_EXPECT_TRUE(test, c.ran_when_offered);
}

static void full_takes_it_away(struct kunit *test)
{
	struct contest c = {};

	KUNIT_ASSERT_EQ(test, sched_set_preempt("full"), 0);
	hold_contest(test, &c);
	KUNIT_EXPECT_TRUE(test, c.lost_cpu);
}

static void there_is_no_third_model(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, sched_set_preempt("lazy"), -EINVAL);
	KUNIT_EXPECT_STREQ(test, preempt_model_name(), model_before);
}

static struct kunit_case preempt_cases[] = {
	KUNIT_CASE(none_lets_a_thread_keep_its_cpu),
	KUNIT_CASE(full_takes_it_away),
	KUNIT_CASE(there_is_no_third_model),
	{}
};

static struct kunit_suite preempt_suite = {
	.name = "preempt",
	.init = remember_model,
	.exit = restore_model,
	.test_cases = preempt_cases,
};
kunit_test_suite(preempt_suite);
