// SPDX-License-Identifier: GPL-2.0
/* Arming, disarming and patching while other CPUs are in the midst of it, and threads asleep in patched functions. */
#include <asm/livepatch.h>
#include <asm/processor.h>
#include <kunit/test.h>
#include <linux/completion.h>
#include <linux/ftrace.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include <linux/stacktrace.h>
#include "ftrace_subjects.h"

static noinline int calls_add_one(int x)
{
	return add_one(x) + 1;
}

/* Sends the call to op->private. */
static notrace void redirect(unsigned long ip, unsigned long parent_ip, struct ftrace_ops *op,
			     struct ftrace_regs *fregs)
{
	ftrace_instruction_pointer_set(fregs, (unsigned long)op->private);
}

static struct ftrace_ops redirecting = { .func = redirect, .flags = FTRACE_OPS_FL_IPMODIFY };

static void release_ops(struct kunit *test)
{
	unregister_ftrace_function(&redirecting);
	ftrace_free_filter(&redirecting);
}

/* Send calls of @from to @to. */
static int patch(void *from, void *to)
{
	redirecting.private = to;
	return ftrace_set_filter_ip(&redirecting, (unsigned long)from, 0, 0) ?:
	       register_ftrace_function(&redirecting);
}

#define WAIT		(60 * HZ)

/* How often to arm and disarm. CPUs stop slowly on a busy host; tests/boot/test_ftrace.py runs this again and again. */
#define ROUNDS		20

static unsigned long wrong_answers, calls_done[NR_CPUS];
/* Odd while nothing changes: 1, 5, ... patched; 3, 7, ... not. Whoever still runs the old text then has run it stale. */
static unsigned int phase;

static bool is_right(long answer, unsigned int before, unsigned int after)
{
	if (before != after || !(before & 1))
		return answer == 55 || answer == 3628800;
	return answer == (before & 2 ? 55 : 3628800);
}

static int caller_thread(void *unused)
{
	unsigned int cpu = smp_processor_id();

	while (!kthread_should_stop()) {
		unsigned int before = smp_load_acquire(&phase);
		long answer = sum_of(10, 1l, 2l, 3l, 4l, 5l, 6l, 7l, 8l, 9l, 10l);

		smp_mb();
		if (!is_right(answer, before, READ_ONCE(phase)))
			wrong_answers++;
		calls_done[cpu]++;
		cond_resched();
	}
	return 0;
}

static struct task_struct *callers[NR_CPUS];

static int start_callers(void)
{
	unsigned int cpu;

	wrong_answers = 0;
	phase = 3;
	for_each_online_cpu(cpu) {
		calls_done[cpu] = 0;
		callers[cpu] = kthread_create_on_cpu(caller_thread, NULL, cpu, "caller/%u");
		if (IS_ERR(callers[cpu]))
			return PTR_ERR(callers[cpu]);
		wake_up_process(callers[cpu]);
	}
	return 0;
}

/* Each has been at it. */
static void wait_for_callers(void)
{
	unsigned long deadline = jiffies + WAIT;
	unsigned int cpu;

	for_each_online_cpu(cpu)
		while (!READ_ONCE(calls_done[cpu]) && time_before(jiffies, deadline))
			schedule_timeout_uninterruptible(1);
}

static void stop_callers(struct kunit *test)
{
	unsigned int cpu;

	for_each_online_cpu(cpu) {
		if (!IS_ERR_OR_NULL(callers[cpu]))
			kthread_stop(callers[cpu]);
		callers[cpu] = NULL;
		KUNIT_EXPECT_GT(test, calls_done[cpu], 0ul);
	}
}

/* Run @change while the callers know that things change. */
static int in_phases(int (*change)(struct ftrace_ops *ops))
{
	int err;

	smp_store_release(&phase, phase + 1);
	smp_mb();
	err = change(&redirecting);
	smp_store_release(&phase, phase + 1);
	return err;
}

static void arm_and_disarm(struct kunit *test, const char *preempt)
{
	const char *before = preempt_model_name();
	int err = 0;

	sched_set_preempt(preempt);
	redirecting.private = product_of;
	KUNIT_ASSERT_EQ(test, ftrace_set_filter_ip(&redirecting, (unsigned long)sum_of, 0, 0), 0);
	KUNIT_EXPECT_EQ(test, start_callers(), 0);
	wait_for_callers();
	for (unsigned int i = 0; i < ROUNDS && !err; i++)
		err = in_phases(register_ftrace_function) ?: in_phases(unregister_ftrace_function);
	stop_callers(test);
	sched_set_preempt(before);
	KUNIT_EXPECT_EQ(test, err, 0);
	KUNIT_EXPECT_EQ(test, wrong_answers, 0ul);
}

static void armed_while_called(struct kunit *test)
{
	arm_and_disarm(test, "none");
}

static void armed_while_preempted(struct kunit *test)
{
	arm_and_disarm(test, "full");
}

static atomic_t sleepers;
static DECLARE_COMPLETION(wake_sleepers);

static noinline int sleep_inside(int x)
{
	atomic_inc(&sleepers);
	wait_for_completion(&wake_sleepers);
	return x + 3;
}

static int sleeper_thread(void *arg)
{
	return calls_add_one((int)(long)arg);
}

/* Its stack can be relied on, and shows who called the patched function. */
static void expect_caller_in_trace(struct kunit *test, struct task_struct *t)
{
	unsigned long ip[16];
	unsigned long deadline = jiffies + WAIT;
	int n, found = 0;

	while (READ_ONCE(t->on_cpu) && time_before(jiffies, deadline))
		schedule_timeout_uninterruptible(1);
	n = stack_trace_save_tsk_reliable(t, ip, ARRAY_SIZE(ip));
	KUNIT_EXPECT_GT(test, n, 3);
	for (int i = 0; i < n; i++)
		found += ip[i] - (unsigned long)calls_add_one < 0x80;
	KUNIT_EXPECT_EQ(test, found, 1);
	KUNIT_EXPECT_EQ(test, stack_trace_save_tsk_reliable(t, ip, 1), -ENOSPC);
}

/* Threads asleep in the patched function, each at home in its own livepatch stack. */
static void patched_functions_sleep(struct kunit *test)
{
	struct task_struct *t[4];
	unsigned long deadline = jiffies + WAIT;

	atomic_set(&sleepers, 0);
	reinit_completion(&wake_sleepers);
	KUNIT_ASSERT_EQ(test, patch(add_one, sleep_inside), 0);
	for (unsigned int i = 0; i < ARRAY_SIZE(t); i++)
		t[i] = get_task_struct(kthread_run(sleeper_thread, (void *)(long)(10 * i), "sleeper"));
	while (atomic_read(&sleepers) < (int)ARRAY_SIZE(t) && time_before(jiffies, deadline))
		schedule_timeout_uninterruptible(1);
	KUNIT_EXPECT_EQ(test, atomic_read(&sleepers), (int)ARRAY_SIZE(t));
	KUNIT_EXPECT_EQ(test, t[0]->livepatch_used, sizeof(struct livepatch_entry));
	expect_caller_in_trace(test, t[0]);
	KUNIT_EXPECT_EQ(test, unregister_ftrace_function(&redirecting), 0);
	complete_all(&wake_sleepers);
	for (unsigned int i = 0; i < ARRAY_SIZE(t); i++) {
		KUNIT_EXPECT_EQ(test, kthread_stop(t[i]), 10 * (int)i + 4);
		put_task_struct(t[i]);
	}
}

#define SPINNERS	3

static atomic_t spinners;

/* Does not sleep: that the others get here, too, takes preemption. */
static noinline int spin_inside(int x)
{
	unsigned long deadline = jiffies + WAIT;

	atomic_inc(&spinners);
	while (atomic_read(&spinners) < SPINNERS && time_before(jiffies, deadline))
		cpu_relax();
	return atomic_read(&spinners) == SPINNERS ? x + 3 : -ETIMEDOUT;
}

/* Threads of one CPU, all preempted in the patched function, but the last: they do not return in the order of a stack. */
static void patched_functions_are_preempted(struct kunit *test)
{
	const char *before = preempt_model_name();
	unsigned long deadline = jiffies + WAIT;
	struct task_struct *t[SPINNERS];

	atomic_set(&spinners, 0);
	sched_set_preempt("full");
	KUNIT_EXPECT_EQ(test, patch(add_one, spin_inside), 0);
	for (int i = 0; i < SPINNERS; i++) {
		t[i] = kthread_create_on_cpu(sleeper_thread, (void *)(long)(10 * i), 0, "spinner/%u");
		KUNIT_ASSERT_FALSE(test, IS_ERR(t[i]));
		wake_up_process(get_task_struct(t[i]));
	}
	while (atomic_read(&spinners) < SPINNERS && time_before(jiffies, deadline))
		schedule_timeout_uninterruptible(1);
	for (int i = 0; i < SPINNERS; i++) {
		KUNIT_EXPECT_EQ(test, kthread_stop(t[i]), 10 * i + 4);
		put_task_struct(t[i]);
	}
	sched_set_preempt(before);
}

static struct kunit_case ftrace_run_cases[] = {
	KUNIT_CASE(armed_while_called),
	KUNIT_CASE(armed_while_preempted),
	KUNIT_CASE(patched_functions_sleep),
	KUNIT_CASE(patched_functions_are_preempted),
	{}
};

static struct kunit_suite ftrace_run_suite = {
	.name = "ftrace_run",
	.exit = release_ops,
	.test_cases = ftrace_run_cases,
};
kunit_test_suite(ftrace_run_suite);
