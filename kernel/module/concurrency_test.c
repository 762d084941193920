// SPDX-License-Identifier: GPL-2.0
/*
 * Several CPUs at one module. A notifier holds the first loader just before init, so that the
 * others meet a module that is coming, however fast the machine is.
 */
#include <kunit/test.h>
#include <linux/completion.h>
#include <linux/cpumask.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/notifier.h>
#include <linux/string.h>
#include <stopgap/mm.h>
#include <stopgap/ramdisk.h>

#define MAX_LOADERS	4
#define PATIENCE	(30 * HZ)	/* for what takes no time unless it hangs */
#define ROUNDS		10

/* A thread that loads the module, and what came of it. */
struct loader {
	struct completion done;
	long ret;
};

static struct ramdisk_file file;
static struct loader loaders[MAX_LOADERS];
static DECLARE_COMPLETION(arrived);
static DECLARE_COMPLETION(go_on);
static unsigned long when;	/* the module is held */
static int veto;	/* what the notifier answers the next module that comes, once */

static int hold_module(struct notifier_block *nb, unsigned long action, void *data)
{
	const struct module *mod = data;
	int err = veto;

	if (action != when || (strcmp(mod->name, "empty") && strcmp(mod->name, "initfail")))
		return NOTIFY_DONE;
	veto = 0;
	complete(&arrived);
	wait_for_completion_timeout(&go_on, PATIENCE);
	return notifier_from_errno(err);
}

static struct notifier_block holder = { .notifier_call = hold_module };

static int load_thread(void *data)
{
	struct loader *l = data;

	l->ret = load_module_image(file.data, file.size, NULL, NULL);
	complete(&l->done);
	return 0;
}

/* Start a loader on CPU @n, or as many CPUs as there are. */
static void start_loader(struct kunit *test, unsigned int n)
{
	struct task_struct *p;

	init_completion(&loaders[n].done);
	p = kthread_create_on_cpu(load_thread, &loaders[n], n % num_online_cpus(), "load/%u");
	KUNIT_ASSERT_FALSE(test, IS_ERR(p));
	wake_up_process(p);
}

static long result(struct kunit *test, unsigned int n)
{
	KUNIT_ASSERT_TRUE_MSG(test, wait_for_completion_timeout(&loaders[n].done, PATIENCE),
			      "loader %u did not come back", n);
	return loaders[n].ret;
}

static void start_held(struct kunit *test)
{
	init_completion(&arrived);
	init_completion(&go_on);
	KUNIT_ASSERT_EQ(test, register_module_notifier(&holder), 0);
	start_loader(test, 0);
	KUNIT_ASSERT_TRUE(test, wait_for_completion_timeout(&arrived, PATIENCE));
}

static void the_second_waits_for_the_first(struct kunit *test)
{
	start_held(test);
	for (unsigned int n = 1; n < MAX_LOADERS; n++)
		start_loader(test, n);
	for (unsigned int n = 1; n < MAX_LOADERS; n++)
		KUNIT_EXPECT_FALSE(test, wait_for_completion_timeout(&loaders[n].done, HZ / 20));
	complete_all(&go_on);
	KUNIT_EXPECT_EQ(test, result(test, 0), 0l);
	for (unsigned int n = 1; n < MAX_LOADERS; n++)
		KUNIT_EXPECT_EQ(test, result(test, n), (long)-EEXIST);
	KUNIT_EXPECT_EQ(test, delete_module("empty"), 0l);
}

static void the_second_comes_in_when_the_first_fails(struct kunit *test)
{
	veto = -EPERM;
	start_held(test);
	start_loader(test, 1);
	complete_all(&go_on);
	KUNIT_EXPECT_EQ(test, result(test, 0), (long)-EPERM);
	KUNIT_EXPECT_EQ(test, result(test, 1), 0l);
	KUNIT_EXPECT_EQ(test, delete_module("empty"), 0l);
}

/* Its init has failed, and its name is not free yet. */
static void the_second_waits_for_the_end_of_a_failure(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, ramdisk_find("initfail.ko", &file), 0);
	when = MODULE_STATE_GOING;
	start_held(test);
	start_loader(test, 1);
	KUNIT_EXPECT_FALSE(test, wait_for_completion_timeout(&loaders[1].done, HZ / 20));
	complete_all(&go_on);
	KUNIT_EXPECT_EQ(test, result(test, 0), (long)-EINVAL);
	KUNIT_EXPECT_EQ(test, result(test, 1), (long)-EINVAL);
}

static void a_coming_module_cannot_be_removed(struct kunit *test)
{
	start_held(test);
	KUNIT_EXPECT_EQ(test, delete_module("empty"), (long)-EBUSY);
	complete_all(&go_on);
	KUNIT_EXPECT_EQ(test, result(test, 0), 0l);
	KUNIT_EXPECT_EQ(test, delete_module("empty"), 0l);
}

static void of_many_at_once_one_wins(struct kunit *test)
{
	struct mm_stat before, after;

	mm_stat(&before);
	for (unsigned int round = 0; round < ROUNDS; round++) {
		unsigned int won = 0, lost = 0;

		for (unsigned int n = 0; n < MAX_LOADERS; n++)
			start_loader(test, n);
		for (unsigned int n = 0; n < MAX_LOADERS; n++) {
			long ret = result(test, n);

			won += ret == 0;
			lost += ret == -EEXIST;
		}
		KUNIT_ASSERT_EQ(test, won, 1u);
		KUNIT_ASSERT_EQ(test, lost, MAX_LOADERS - 1u);
		KUNIT_ASSERT_EQ(test, delete_module("empty"), 0l);
	}
	mm_stat(&after);
	KUNIT_EXPECT_EQ(test, after.vmap, before.vmap);
}

static int concurrency_init(struct kunit *test)
{
	when = MODULE_STATE_COMING;
	if (ramdisk_find("empty.ko", &file))
		kunit_skip(test, "no empty.ko in the ramdisk");
	return 0;
}

static void concurrency_exit(struct kunit *test)
{
	complete_all(&go_on);
	unregister_module_notifier(&holder);
	delete_module("empty");
}

static struct kunit_case concurrency_cases[] = {
	KUNIT_CASE(the_second_waits_for_the_first),
	KUNIT_CASE(the_second_comes_in_when_the_first_fails),
	KUNIT_CASE(the_second_waits_for_the_end_of_a_failure),
	KUNIT_CASE(a_coming_module_cannot_be_removed),
	KUNIT_CASE(of_many_at_once_one_wins),
	{}
};

static struct kunit_suite concurrency_suite = {
	.name = "module_concurrency",
	.init = concurrency_init,
	.exit = concurrency_exit,
	.test_cases = concurrency_cases,
};
kunit_test_suite(concurrency_suite);
