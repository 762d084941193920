// SPDX-License-Identifier: GPL-2.0
/* The harness counts what goes wrong, once a round, and leaves the parameters as it found them. */
#include <kunit/test.h>
#include <linux/atomic.h>
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <stopgap/race.h>

#define ROUNDS	12

/* A scenario that goes wrong, in two places at once, in every third round from the second on. */
static struct {
	int racing;
	atomic_t strays;	/* acts of the second participant while nobody races */
	unsigned int prepared, raced, finished, torn_down;
} stage;

static int stage_setup(struct race_run *run)
{
	memset(&stage, 0, sizeof(stage));
	return 0;
}

static int stage_prepare(struct race_run *run)
{
	stage.prepared++;
	WRITE_ONCE(stage.racing, 1);
	return 0;
}

static int stage_act(struct race_run *run)
{
	stage.raced++;
	if (run->round % 3 == 2) {
		race_hit(run, "round %u", run->round);
		race_hit(run, "round %u again", run->round);
	}
	return 0;
}

static int stage_disturb(struct race_run *run)
{
	if (!READ_ONCE(stage.racing))
		atomic_inc(&stage.strays);
	return 0;
}

static int stage_finish(struct race_run *run)
{
	WRITE_ONCE(stage.racing, 0);
	stage.finished++;
	return 0;
}

static void stage_teardown(struct race_run *run)
{
	stage.torn_down++;
}

static const char *const colours[] = { "red", "green", NULL };
static struct race_choice colour = { .values = colours };
static const char *const sizes[] = { "small", "large", NULL };
static struct race_choice size = { .values = sizes };

static const struct race_axis stage_axes[] = {
	RACE_CHOICE("colour", &colour),
	RACE_CHOICE("size", &size),
};

static const struct race_participant stage_participants[] = {
	{ "actor", stage_act },
	{ "noise", stage_disturb },
};

static const struct race_scenario stage_scenario = {
	.name = "stage",
	.axes = stage_axes,
	.nr_axes = ARRAY_SIZE(stage_axes),
	.participants = stage_participants,
	.nr_participants = ARRAY_SIZE(stage_participants),
	.setup = stage_setup,
	.prepare = stage_prepare,
	.finish = stage_finish,
	.teardown = stage_teardown,
};

static struct race_run stage_run(void)
{
	return (struct race_run){ .scenario = &stage_scenario, .adversary = "none", .n = ROUNDS, .seed = 1,
				  .steal = HV_STEAL_DEFAULT };
}

static void hits_are_counted_once_a_round(struct kunit *test)
{
	struct race_run run = stage_run();

	if (num_online_cpus() < 2) {
		kunit_skip(test, "takes 2 CPUs");
		return;
	}
	KUNIT_ASSERT_EQ(test, race_run(&run), 0);
	KUNIT_EXPECT_EQ(test, run.hits, 4u);
	KUNIT_EXPECT_EQ(test, run.first, 2u);
	KUNIT_EXPECT_STREQ(test, run.what, "round 2");
	KUNIT_EXPECT_EQ(test, stage.prepared, (unsigned int)ROUNDS);
	KUNIT_EXPECT_EQ(test, stage.raced, (unsigned int)ROUNDS);
	KUNIT_EXPECT_EQ(test, stage.finished, (unsigned int)ROUNDS);
	KUNIT_EXPECT_EQ(test, stage.torn_down, 1u);
}

static void nobody_acts_outside_a_round(struct kunit *test)
{
	const struct race_adversary *a;
	struct race_run run;
	unsigned int i;

	if (num_online_cpus() < 2) {
		kunit_skip(test, "takes 2 CPUs");
		return;
	}
	for (i = 0; (a = race_adversary_nth(i)); i++) {
		run = stage_run();
		run.adversary = a->name;
		KUNIT_ASSERT_EQ_MSG(test, race_run(&run), 0, "adversary %s", a->name);
		KUNIT_EXPECT_EQ_MSG(test, atomic_read(&stage.strays), 0, "adversary %s", a->name);
	}
}

static volatile int *volatile nowhere = (volatile int *)16;

static int load_from_nowhere(struct race_run *run)
{
	preempt_disable();
	return *nowhere;
}

static void a_fault_is_a_hit(struct kunit *test)
{
	struct race_run run = stage_run();
	int before = preempt_count();

	run.round = 1;
	KUNIT_EXPECT_EQ(test, race_guarded(&run, load_from_nowhere), -EFAULT);
	KUNIT_EXPECT_EQ(test, preempt_count(), before);
	run.round = 2;
	KUNIT_EXPECT_EQ(test, race_guarded(&run, load_from_nowhere), -EFAULT);
	KUNIT_EXPECT_EQ(test, run.hits, 2u);
	KUNIT_EXPECT_TRUE(test, strstr(run.what, "load_from_nowhere") != NULL);
}

static void a_fault_in_interrupt_context_is_a_hit(struct kunit *test)
{
	struct race_run run = stage_run();
	unsigned long flags;
	bool still_off;
	int err;

	run.round = 3;
	local_irq_save(flags);
	irq_enter();
	err = race_guarded(&run, load_from_nowhere);
	still_off = irqs_disabled();
	irq_exit();
	local_irq_restore(flags);
	KUNIT_EXPECT_EQ(test, err, -EFAULT);
	KUNIT_EXPECT_TRUE(test, still_off);
	KUNIT_EXPECT_EQ(test, run.hits, 1u);
}

static void axes_are_applied_and_put_back(struct kunit *test)
{
	struct race_run run = stage_run();
	const char *old[RACE_MAX_AXES];
	const char *model = preempt_model_name();
	char text[80];

	run.given[1] = "large";
	KUNIT_ASSERT_EQ(test, race_axes_apply(&run, old), 0);
	KUNIT_EXPECT_STREQ(test, race_choice_get(&stage_axes[0]), "red");
	KUNIT_EXPECT_STREQ(test, race_choice_get(&stage_axes[1]), "large");
	race_axes_print(&run, text, sizeof(text));
	KUNIT_EXPECT_TRUE(test, strstarts(text, "size=large preempt="));
	race_axes_restore(&run, old);
	KUNIT_EXPECT_STREQ(test, race_choice_get(&stage_axes[1]), "small");
	KUNIT_EXPECT_STREQ(test, preempt_model_name(), model);
}

static void a_value_there_is_none_of_changes_nothing(struct kunit *test)
{
	struct race_run run = stage_run();
	const char *old[RACE_MAX_AXES];

	run.given[0] = "green";
	run.given[1] = "medium";
	KUNIT_EXPECT_EQ(test, race_axes_apply(&run, old), -EINVAL);
	KUNIT_EXPECT_STREQ(test, race_choice_get(&stage_axes[0]), "red");
	KUNIT_EXPECT_STREQ(test, race_choice_get(&stage_axes[1]), "small");
}

static struct kunit_case race_cases[] = {
	KUNIT_CASE(hits_are_counted_once_a_round),
	KUNIT_CASE(nobody_acts_outside_a_round),
	KUNIT_CASE(a_fault_is_a_hit),
	KUNIT_CASE(a_fault_in_interrupt_context_is_a_hit),
	KUNIT_CASE(axes_are_applied_and_put_back),
	KUNIT_CASE(a_value_there_is_none_of_changes_nothing),
	{}
};

static struct kunit_suite race_suite = {
	.name = "race",
	.test_cases = race_cases,
};
kunit_test_suite(race_suite);
