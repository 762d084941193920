// SPDX-License-Identifier: GPL-2.0
/*
 * Text changes while no CPU runs it: a CPU that is in the midst of calling a function, with preemption off, sees one and
 * the same function for as long as it likes, and who wants to patch it has to wait for that CPU.
 */
#include <asm/processor.h>
#include <kunit/test.h>
#include <linux/completion.h>
#include <linux/err.h>
#include <linux/ftrace.h>
#include <linux/kthread.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#include <linux/smp.h>

#define CALLS		20000
#define MOST_TURNS	100000000u	/* until the other side has come */

static noinline int old_function(int x)
{
	barrier();
	return x + 1;
}

static noinline int new_function(int x)
{
	barrier();
	return x + 2;
}

static notrace void redirect(unsigned long ip, unsigned long parent_ip, struct ftrace_ops *op,
			     struct ftrace_regs *fregs)
{
	ftrace_instruction_pointer_set(fregs, (unsigned long)new_function);
}

static struct ftrace_ops redirecting = { .func = redirect, .flags = FTRACE_OPS_FL_IPMODIFY };

/**
 * struct standoff - a CPU that calls, and one that patches
 * @inside: the caller has switched preemption off
 * @asked: the patcher is about to begin
 * @changed: it has come to an end
 * @disturbed: how often the caller has noticed
 * @met: the patcher had begun before the caller began to call
 */
static struct standoff {
	bool inside, asked, changed, met;
	unsigned int disturbed;
} standoff;
static DECLARE_COMPLETION(over);	/* once for each */

static bool await(const bool *flag)
{
	for (unsigned int i = 0; i < MOST_TURNS && !smp_load_acquire(flag); i++)
		cpu_relax();
	return READ_ONCE(*flag);
}

static int calling_thread(void *unused)
{
	preempt_disable();
	smp_store_release(&standoff.inside, true);
	standoff.met = await(&standoff.asked);
	for (int i = 0; i < CALLS; i++) {
		if (old_function(i) != i + 1 || READ_ONCE(standoff.changed))
			standoff.disturbed++;
		cpu_relax();
	}
	preempt_enable();
	complete(&over);
	return 0;
}

static int patching_thread(void *unused)
{
	int err;

	await(&standoff.inside);
	smp_store_release(&standoff.asked, true);
	err = register_ftrace_function(&redirecting);
	smp_store_release(&standoff.changed, true);
	complete(&over);
	return err;
}

static struct task_struct *start(int (*fn)(void *unused), unsigned int cpu)
{
	struct task_struct *t = kthread_create_on_cpu(fn, NULL, cpu, "standoff/%u");

	if (!IS_ERR(t)) {
		get_task_struct(t);
		wake_up_process(t);
	}
	return t;
}

static void patching_waits_for_a_caller(struct kunit *test)
{
	struct task_struct *caller, *patcher;

	if (num_online_cpus() < 2)
		kunit_skip(test, "needs two CPUs");
	standoff = (struct standoff){ 0 };
	reinit_completion(&over);
	KUNIT_ASSERT_EQ(test, ftrace_set_filter_ip(&redirecting, (unsigned long)old_function, 0, 0), 0);
	caller = start(calling_thread, 1);
	KUNIT_ASSERT_FALSE(test, IS_ERR(caller));
	patcher = start(patching_thread, 0);
	KUNIT_ASSERT_FALSE(test, IS_ERR(patcher));
	wait_for_completion(&over);
	wait_for_completion(&over);
	KUNIT_EXPECT_EQ(test, kthread_stop(caller), 0);
	KUNIT_EXPECT_EQ(test, kthread_stop(patcher), 0);
	put_task_struct(caller);
	put_task_struct(patcher);
	KUNIT_EXPECT_TRUE(test, standoff.met);
	KUNIT_EXPECT_EQ(test, standoff.disturbed, 0u);
	KUNIT_EXPECT_EQ(test, old_function(1), 3);
}

static void release_ops(struct kunit *test)
{
	unregister_ftrace_function(&redirecting);
	ftrace_free_filter(&redirecting);
}

static struct kunit_case ftrace_stop_cases[] = {
	KUNIT_CASE(patching_waits_for_a_caller),
	{}
};

static struct kunit_suite ftrace_stop_suite = {
	.name = "ftrace_stop",
	.exit = release_ops,
	.test_cases = ftrace_stop_cases,
};
kunit_test_suite(ftrace_stop_suite);
