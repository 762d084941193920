// SPDX-License-Identifier: GPL-2.0
/*
 * Per-task consistency. A thread is held in the middle of klpt_caller(), between the calls of klpt_a() and klpt_b(), and
 * a patch of all three is enabled, turned round, disabled, forced, while others call them, begin, and load a module.
 * Both a() and b() say which version they are; so a call of both is 0 or 11, or it has seen a mixture.
 */
#include <asm/ptrace.h>
#include <kunit/test.h>
#include <linux/completion.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/fault-inject.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/stacktrace.h>
#include <linux/string.h>
#include <stopgap/livepatch_lesson.h>
#include <stopgap/ramdisk.h>

#include "internal.h"
#include "transition.h"

#define OLD	0
#define NEW	11

static DECLARE_COMPLETION(in_the_middle);
static DECLARE_COMPLETION(go_on);

static __attribute__((__noipa__)) int klpt_a(void)
{
	return 0;
}

static __attribute__((__noipa__)) int klpt_a_new(void)
{
	return 1;
}

static __attribute__((__noipa__)) int klpt_b(int a)
{
	return a;
}

static __attribute__((__noipa__)) int klpt_b_new(int a)
{
	return 10 + a;
}

/* @middle: what to do between the two calls. */
static __attribute__((__noipa__)) int klpt_caller(int (*middle)(void))
{
	int a = klpt_a();

	return (middle ? 100 * middle() : 0) + klpt_b(a);
}

static __attribute__((__noipa__)) int klpt_caller_new(int (*middle)(void))
{
	int a = klpt_a();

	return (middle ? 100 * middle() : 0) + klpt_b(a);
}

static __attribute__((__noipa__)) int klpt_m_b(void)
{
	return 22;
}

/* ---- the patch: in the module of one that does nothing by itself ---- */

static struct klp_func funcs[] = {
	{ .old_name = "klpt_a", .new_func = klpt_a_new },
	{ .old_name = "klpt_b", .new_func = klpt_b_new },
	{ .old_name = "klpt_caller", .new_func = klpt_caller_new },
	{ }
};

static struct klp_func m_funcs[] = {
	{ .old_name = "livepatch_b", .new_func = klpt_m_b },
	{ }
};

static struct klp_object objs[3];
static struct klp_patch patch, other;

static void load(struct kunit *test, const char *name, const char *args)
{
	struct ramdisk_file file;

	if (ramdisk_find(name, &file))
		kunit_skip(test, "no %s in the ramdisk", name);
	KUNIT_ASSERT_EQ(test, load_module_image(file.data, file.size, args, NULL), 0l);
}

/* NULL if the tests are in the kernel itself. */
static const char *our_object(void)
{
	const struct module *mod = __module_address((unsigned long)klpt_a);

	return mod ? mod->name : NULL;
}

static int prepare(struct kunit *test)
{
	load(test, "livepatch_p3.ko", "start=0");
	objs[0] = (struct klp_object){ .name = our_object(), .funcs = funcs };
	objs[1] = (struct klp_object){ .name = "livepatch_m", .funcs = m_funcs };
	patch = (struct klp_patch){ .mod = klp_find_module("livepatch_p3", NULL), .objs = objs };
	reinit_completion(&in_the_middle);
	reinit_completion(&go_on);
	KUNIT_ASSERT_EQ(test, klp_consistency_set("per-task"), 0);
	KUNIT_ASSERT_EQ(test, klp_register_patch(&patch), 0);
	return 0;
}

static bool is_over(void)
{
	return !READ_ONCE(klp_transition_patch);
}

static void expect_over(struct kunit *test)
{
	KUNIT_ASSERT_NE(test, wait_event_timeout(klp_transition_wq, is_over(), 30 * HZ), 0l);
}

static bool has_trace(struct task_struct *task)
{
	return task->patch_state != KLP_UNDEFINED || task->patch_pending;
}

/* After a transition nothing of it is left. */
static void expect_nothing_left(struct kunit *test)
{
	const struct klp_func *func;

	KUNIT_EXPECT_EQ(test, klp_target_state, KLP_UNDEFINED);
	KUNIT_EXPECT_EQ(test, klp_count_tasks(has_trace), 0u);
	klp_for_each_func(&objs[0], func)
		KUNIT_EXPECT_FALSE(test, func->transition);
}

static void retire(struct kunit *test)
{
	if (patch.state == KLP_ENABLED)
		klp_disable_patch(&patch);
	expect_over(test);
	expect_nothing_left(test);
	KUNIT_EXPECT_EQ(test, klp_unregister_patch(&patch), 0);
	klp_consistency_set("immediate");
	delete_module("livepatch_m");
	KUNIT_EXPECT_EQ(test, delete_module("livepatch_p3"), 0l);
}

/* ---- a thread in the middle of it ---- */

static int stand_still(void)
{
	complete(&in_the_middle);
	wait_for_completion(&go_on);
	return 0;
}

static int caller_thread(void *middle)
{
	int first = klpt_caller(middle), second = klpt_caller(NULL);

	/* kthread_should_stop() is where it can be switched. */
	while (!kthread_should_stop())
		schedule_timeout_interruptible(1);
	return 10000 * klpt_caller(NULL) + 100 * second + first;
}

static struct task_struct *start(struct kunit *test, int (*middle)(void))
{
	struct task_struct *task = kthread_run(caller_thread, middle, "klpt");

	KUNIT_ASSERT_FALSE(test, IS_ERR(task));
	wait_for_completion(&in_the_middle);
	return task;
}

/* What is in the way of @task; under klp_mutex. */
static int obstacle_of(struct task_struct *task)
{
	struct klp_obstacle obstacle = { };

	mutex_lock(&klp_mutex);
	klp_try_switch_task(task, &obstacle);
	mutex_unlock(&klp_mutex);
	return obstacle.err;
}

/* Let @task go on, and to its end, when the transition is over. */
static void finish(struct kunit *test, struct task_struct *task, int first, int second, int last)
{
	int calls;

	complete(&go_on);
	expect_over(test);
	calls = kthread_stop(task);
	KUNIT_EXPECT_EQ(test, calls % 100, first);
	KUNIT_EXPECT_EQ(test, calls / 100 % 100, second);
	KUNIT_EXPECT_EQ(test, calls / 10000, last);
}

/* ---- the cases ---- */

static void a_thread_in_the_middle_is_waited_for(struct kunit *test)
{
	struct task_struct *task = start(test, stand_still);

	KUNIT_ASSERT_EQ(test, klp_enable_patch(&patch), 0);
	/* Once it does not run any more. */
	while (obstacle_of(task) == -EBUSY)
		cond_resched();
	KUNIT_EXPECT_EQ(test, obstacle_of(task), -EADDRINUSE);
	KUNIT_EXPECT_FALSE(test, is_over());
	KUNIT_EXPECT_EQ(test, klpt_caller(NULL), NEW);
	KUNIT_EXPECT_EQ(test, task->patch_state, KLP_UNPATCHED);
	KUNIT_EXPECT_EQ(test, current->patch_state, KLP_PATCHED);
	finish(test, task, OLD, OLD, NEW);
	retire(test);
}

static void a_thread_in_the_new_function_is_waited_for(struct kunit *test)
{
	struct task_struct *task;

	KUNIT_ASSERT_EQ(test, klp_enable_patch(&patch), 0);
	expect_over(test);
	task = start(test, stand_still);
	KUNIT_ASSERT_EQ(test, klp_disable_patch(&patch), 0);
	KUNIT_EXPECT_FALSE(test, is_over());
	KUNIT_EXPECT_EQ(test, klpt_caller(NULL), OLD);
	KUNIT_EXPECT_EQ(test, klp_unregister_patch(&patch), -EBUSY);
	KUNIT_EXPECT_NE(test, delete_module("livepatch_p3"), 0l);
	finish(test, task, NEW, NEW, OLD);
	retire(test);
}

static void without_consistency_there_is_a_mixture(struct kunit *test)
{
	struct task_struct *task = start(test, stand_still);

	KUNIT_ASSERT_EQ(test, klp_consistency_set("immediate"), 0);
	KUNIT_ASSERT_EQ(test, klp_enable_patch(&patch), 0);
	KUNIT_EXPECT_TRUE(test, is_over());
	finish(test, task, 10, NEW, NEW);
	retire(test);
}

static void it_can_be_turned_round_and_back(struct kunit *test)
{
	struct task_struct *task = start(test, stand_still);

	KUNIT_ASSERT_EQ(test, klp_enable_patch(&patch), 0);
	KUNIT_EXPECT_EQ(test, klp_enable_patch(&patch), -EINVAL);
	KUNIT_EXPECT_EQ(test, klpt_caller(NULL), NEW);
	KUNIT_EXPECT_EQ(test, klp_disable_patch(&patch), 0);
	expect_over(test);	/* who is in the middle has never left the old ones */
	expect_nothing_left(test);
	KUNIT_EXPECT_EQ(test, patch.state, KLP_DISABLED);
	KUNIT_EXPECT_EQ(test, klpt_caller(NULL), OLD);

	KUNIT_ASSERT_EQ(test, klp_enable_patch(&patch), 0);
	finish(test, task, OLD, OLD, NEW);
	task = start(test, stand_still);
	KUNIT_ASSERT_EQ(test, klp_disable_patch(&patch), 0);
	KUNIT_EXPECT_EQ(test, klp_enable_patch(&patch), 0);
	expect_over(test);
	KUNIT_EXPECT_EQ(test, patch.state, KLP_ENABLED);
	finish(test, task, NEW, NEW, NEW);
	retire(test);
}

static void no_other_patch_meanwhile(struct kunit *test)
{
	struct task_struct *task = start(test, stand_still);

	KUNIT_ASSERT_EQ(test, klp_enable_patch(&patch), 0);
	other = (struct klp_patch){ .mod = patch.mod, .objs = objs + 1 };
	KUNIT_EXPECT_EQ(test, klp_register_patch(&other), 0);
	KUNIT_EXPECT_EQ(test, klp_enable_patch(&other), -EBUSY);
	klp_consistency_set("immediate");
	KUNIT_EXPECT_EQ(test, klp_enable_patch(&other), -EBUSY);
	KUNIT_EXPECT_EQ(test, klp_unregister_patch(&other), 0);
	finish(test, task, OLD, OLD, NEW);
	retire(test);
}

static int child_thread(void *unused)
{
	return klpt_caller(NULL);
}

/* A parent that has not been switched has a child. */
static int have_a_child(void)
{
	struct task_struct *child;
	int calls;

	stand_still();
	child = kthread_run(child_thread, NULL, "klpt_child");
	if (IS_ERR(child))
		return 99;
	get_task_struct(child);
	while (READ_ONCE(child->__state) != TASK_DEAD)
		schedule_timeout_uninterruptible(1);
	calls = kthread_stop(child);
	put_task_struct(child);
	return calls;
}

static void a_new_thread_is_like_its_parent(struct kunit *test)
{
	struct task_struct *task = start(test, have_a_child);
	int calls;

	KUNIT_ASSERT_EQ(test, klp_enable_patch(&patch), 0);
	KUNIT_EXPECT_FALSE(test, is_over());
	KUNIT_EXPECT_EQ(test, child_thread(NULL), NEW);
	complete(&go_on);
	expect_over(test);
	calls = kthread_stop(task);
	KUNIT_EXPECT_EQ(test, calls, 10000 * NEW + 100 * OLD + 100 * OLD + OLD);
	retire(test);
}

static bool busy;

/* As long as there is a transition it neither sleeps nor asks whether to stop. */
static int busy_thread(void *unused)
{
	int calls = 0;

	while (READ_ONCE(busy)) {
		calls |= 1 << klpt_caller(NULL);
		cond_resched();
	}
	while (!kthread_should_stop())
		schedule_timeout_interruptible(1);
	return calls;
}

static void a_busy_thread_switches_itself(struct kunit *test)
{
	struct task_struct *task;

	busy = true;
	task = kthread_run(busy_thread, NULL, "klpt_busy");
	KUNIT_ASSERT_FALSE(test, IS_ERR(task));
	for (unsigned int i = 0; i < 4; i++) {
		KUNIT_ASSERT_EQ(test, klp_enable_patch(&patch), 0);
		expect_over(test);
		KUNIT_ASSERT_EQ(test, klp_disable_patch(&patch), 0);
		expect_over(test);
	}
	WRITE_ONCE(busy, false);
	KUNIT_EXPECT_EQ(test, kthread_stop(task) & ~(1 << OLD | 1 << NEW), 0);
	retire(test);
}

/* As a trap's frame leaves it behind: a thread with this in a frame could never be switched. */
static noinline int trace_with_leftovers(void)
{
	unsigned long frame[80];

	for (unsigned int i = 0; i < ARRAY_SIZE(frame); i++)
		WRITE_ONCE(frame[i], STACK_FRAME_REGS_MARKER);
	return stack_trace_save_tsk_reliable(current, frame + 16, ARRAY_SIZE(frame) - 16);
}

static void leftovers_on_the_stack(struct kunit *test)
{
	KUNIT_EXPECT_GT(test, trace_with_leftovers(), 2);
	retire(test);
}

static int call_m(void)
{
	stand_still();
	return livepatch_call();
}

/* M's functions are replaced for those who call the new ones, and for nobody else, whichever way it goes. */
static void a_module_that_comes_meanwhile(struct kunit *test)
{
	struct task_struct *task = start(test, call_m);
	int calls;

	KUNIT_ASSERT_EQ(test, klp_enable_patch(&patch), 0);
	load(test, "livepatch_m.ko", NULL);
	KUNIT_EXPECT_FALSE(test, is_over());
	KUNIT_EXPECT_EQ(test, livepatch_call(), 22);
	complete(&go_on);
	expect_over(test);
	calls = kthread_stop(task);
	KUNIT_EXPECT_EQ(test, calls % 10000, OLD);
	KUNIT_EXPECT_EQ(test, delete_module("livepatch_m"), 0l);

	task = start(test, call_m);
	KUNIT_ASSERT_EQ(test, klp_disable_patch(&patch), 0);
	load(test, "livepatch_m.ko", NULL);
	KUNIT_EXPECT_FALSE(test, is_over());
	KUNIT_EXPECT_EQ(test, livepatch_call(), 0);
	complete(&go_on);
	expect_over(test);
	calls = kthread_stop(task);
	KUNIT_EXPECT_EQ(test, calls, 10000 * OLD + 100 * NEW + 100 * 22 + NEW);
	retire(test);
}

static void a_module_that_goes_meanwhile(struct kunit *test)
{
	struct task_struct *task;

	load(test, "livepatch_m.ko", NULL);
	task = start(test, stand_still);
	KUNIT_ASSERT_EQ(test, klp_enable_patch(&patch), 0);
	KUNIT_EXPECT_EQ(test, livepatch_call(), 22);
	KUNIT_EXPECT_EQ(test, delete_module("livepatch_m"), 0l);
	KUNIT_EXPECT_FALSE(test, is_over());
	KUNIT_EXPECT_NULL(test, objs[1].mod);
	finish(test, task, OLD, OLD, NEW);
	retire(test);
}

/* At each allocation; and none of those that fail leaves a transition, or a thread that takes part in one. */
static void memory_failure(struct kunit *test)
{
	unsigned int nth = 0;
	int err;

	load(test, "livepatch_m.ko", NULL);
	for (;;) {
		fail_nth_start(++nth);
		err = klp_enable_patch(&patch);
		if (!fail_nth_end())
			break;
		KUNIT_ASSERT_EQ_MSG(test, err, -ENOMEM, "allocation %u", nth);
		KUNIT_EXPECT_TRUE_MSG(test, is_over(), "allocation %u", nth);
		KUNIT_EXPECT_EQ_MSG(test, patch.state, KLP_DISABLED, "allocation %u", nth);
		KUNIT_EXPECT_EQ_MSG(test, klpt_caller(NULL), OLD, "allocation %u", nth);
		expect_nothing_left(test);
	}
	KUNIT_EXPECT_EQ(test, err, 0);
	KUNIT_EXPECT_GE(test, nth, 5u);
	expect_over(test);
	KUNIT_EXPECT_EQ(test, klpt_caller(NULL), NEW);
	retire(test);
}

/* ---- a suite ---- */

static int loglevel;

static int hush(struct kunit *test)
{
	loglevel = console_loglevel;
	console_loglevel = 0;
	return prepare(test);
}

static void restore(struct kunit *test)
{
	console_loglevel = loglevel;
}

static struct kunit_case transition_cases[] = {
	KUNIT_CASE(a_thread_in_the_middle_is_waited_for),
	KUNIT_CASE(a_thread_in_the_new_function_is_waited_for),
	KUNIT_CASE(without_consistency_there_is_a_mixture),
	KUNIT_CASE(it_can_be_turned_round_and_back),
	KUNIT_CASE(no_other_patch_meanwhile),
	KUNIT_CASE(a_new_thread_is_like_its_parent),
	KUNIT_CASE(a_busy_thread_switches_itself),
	KUNIT_CASE(leftovers_on_the_stack),
	KUNIT_CASE(a_module_that_comes_meanwhile),
	KUNIT_CASE(a_module_that_goes_meanwhile),
	KUNIT_CASE(memory_failure),
	{}
};

static struct kunit_suite transition_suite = {
	.name = "livepatch_transition",
	.init = hush,
	.exit = restore,
	.test_cases = transition_cases,
};
kunit_test_suite(transition_suite);
