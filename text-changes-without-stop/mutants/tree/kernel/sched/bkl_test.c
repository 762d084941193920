// SPDX-License-Identifier: GPL-2.0
/* The big kernel lock excludes, may be taken again by its holder, and is lost, as long as it lasts, by sleep. */
#include <kunit/test.h>
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/smp_lock.h>

#define THREADS		4
#define ADDITIONS	500
#define WAIT		(60 * HZ)
#define PATIENCE_US	20000

static unsigned long counter;

/* Read, let others run if they can, write. */
static int adder(void *done)
{
	unsigned long value;

	for (int i = 0; i < ADDITIONS; i++) {
		lock_kernel();
		value = READ_ONCE(counter);
		for (int k = 0; k < 50; k++)
			barrier();
		WRITE_ONCE(counter, value + 1);
		unlock_kernel();
	}
	complete(done);
	return 0;
}

static void it_excludes(struct kunit *test)
{
	DECLARE_COMPLETION_ONSTACK(done);
	int finished = 0;

	counter = 0;
	for (int i = 0; i < THREADS; i++)
		KUNIT_ASSERT_NOT_ERR_OR_NULL(test, kthread_run(adder, &done, "adder/%d", i));
	for (int i = 0; i < THREADS; i++)
		finished += wait_for_completion_timeout(&done, WAIT) != 0;
	KUNIT_EXPECT_EQ(test, finished, THREADS);
	KUNIT_EXPECT_EQ(test, counter, THREADS * ADDITIONS);
}

static void its_holder_may_take_it_again(struct kunit *test)
{
	KUNIT_EXPECT_FALSE(test, kernel_locked());
	lock_kernel();
	lock_kernel();
	unlock_kernel();
	KUNIT_EXPECT_TRUE(test, kernel_locked());
	unlock_kernel();
	KUNIT_EXPECT_FALSE(test, kernel_locked());
}

/* Two threads, each waiting for the other with the lock held twice: that only ends if sleep lets go of it. */
struct meeting {
	struct completion here, there;
	int depth;
};

static int guest(void *data)
{
	struct meeting *m = data;

	lock_kernel();
	complete(&m->here);
	wait_for_completion(&m->there);
	WRITE_ONCE(m->depth, current->lock_depth);
	unlock_kernel();
	complete(&m->here);
	return 0;
}

static void sleep_lets_go_of_it_and_takes_it_back(struct kunit *test)
{
	struct meeting m = { 0 };

	init_completion(&m.here);
	init_completion(&m.there);
	lock_kernel();
	lock_kernel();
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, kthread_run(guest, &m, "guest"));
	KUNIT_EXPECT_NE(test, wait_for_completion_timeout(&m.here, WAIT), 0ul);
	KUNIT_EXPECT_EQ(test, current->lock_depth, 2);
	complete(&m.there);
	for (int us = 0; us < PATIENCE_US && !READ_ONCE(m.depth); us++)
		udelay(1);
	KUNIT_EXPECT_EQ(test, READ_ONCE(m.depth), 0);	/* awake, but the lock is not his yet */
	unlock_kernel();
	unlock_kernel();
	KUNIT_EXPECT_NE(test, wait_for_completion_timeout(&m.here, WAIT), 0ul);
	KUNIT_EXPECT_EQ(test, m.depth, 1);
}

static int dying_holder(void *unused)
{
	lock_kernel();
	return 0;
}

static void a_thread_that_ends_lets_go_of_it(struct kunit *test)
{
	struct task_struct *t = kthread_create(dying_holder, NULL, "dying");

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, t);
	get_task_struct(t);
	wake_up_process(t);
	while (READ_ONCE(t->__state) != TASK_DEAD)
		cond_resched();
	put_task_struct(t);
	lock_kernel();
	KUNIT_EXPECT_TRUE(test, kernel_locked());
	unlock_kernel();
}

static struct kunit_case bkl_cases[] = {
	KUNIT_CASE(it_excludes),
	KUNIT_CASE(its_holder_may_take_it_again),
	KUNIT_CASE(sleep_lets_go_of_it_and_takes_it_back),
	KUNIT_CASE(a_thread_that_ends_lets_go_of_it),
	{}
};

static struct kunit_suite bkl_suite = { .name = "bkl", .test_cases = bkl_cases };
kunit_test_suite(bkl_suite);
