// SPDX-License-Identifier: GPL-2.0
/* Mutexes exclude, wait queues wake, and a timeout tells which of the two it was. */
#include <kunit/test.h>
#include <linux/atomic.h>
#include <linux/completion.h>
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/mutex.h>
#include <linux/sched.h>
#include <linux/wait.h>

#define THREADS		8
#define ADDITIONS	500
#define WAIT		(60 * HZ)

static DEFINE_MUTEX(counter_mutex);
static unsigned long counter;
static atomic_t inside, intruders;

/* An increment that is wide open to others: read, dawdle, write. */
static void add_one_slowly(void)
{
	unsigned long value;

	if (atomic_inc_return(&inside) != 1)
		atomic_inc(&intruders);
	value = READ_ONCE(counter);
	if (value % 64 == 0)
		yield();
	ndelay(200);
	WRITE_ONCE(counter, value + 1);
	atomic_dec(&inside);
}

static int adder(void *done)
{
	int i;

	for (i = 0; i < ADDITIONS; i++) {
		mutex_lock(&counter_mutex);
		add_one_slowly();
		mutex_unlock(&counter_mutex);
	}
	complete(done);
	return 0;
}

static void a_mutex_excludes(struct kunit *test)
{
	DECLARE_COMPLETION_ONSTACK(done);
	int i, finished = 0;

	counter = 0;
	atomic_set(&intruders, 0);
	for (i = 0; i < THREADS; i++)
		KUNIT_ASSERT_NOT_ERR_OR_NULL(test, kthread_run(adder, &done, "adder/%d", i));
	for (i = 0; i < THREADS; i++)
		finished += wait_for_completion_timeout(&done, WAIT) != 0;
	KUNIT_EXPECT_EQ_MSG(test, finished, THREADS, "waiting for the adders");
	KUNIT_EXPECT_EQ(test, counter, (unsigned long)THREADS * ADDITIONS);
	KUNIT_EXPECT_EQ(test, atomic_read(&intruders), 0);
	KUNIT_EXPECT_FALSE(test, mutex_is_locked(&counter_mutex));
}

static void trylock_takes_only_a_free_mutex(struct kunit *test)
{
	DEFINE_MUTEX(m);

	KUNIT_EXPECT_EQ(test, mutex_trylock(&m), 1);
	KUNIT_EXPECT_PTR_EQ(test, m.owner, current);
	KUNIT_EXPECT_EQ(test, mutex_trylock(&m), 0);
	mutex_unlock(&m);
	KUNIT_EXPECT_FALSE(test, mutex_is_locked(&m));
}

static void an_event_that_never_comes_times_out(struct kunit *test)
{
	DECLARE_WAIT_QUEUE_HEAD(wq);
	int never = 0;

	KUNIT_EXPECT_EQ(test, wait_event_timeout(wq, READ_ONCE(never), 2), 0l);
	KUNIT_EXPECT_FALSE(test, waitqueue_active(&wq));
	KUNIT_EXPECT_EQ(test, wait_event_timeout(wq, !READ_ONCE(never), 0), 1l);
	KUNIT_EXPECT_EQ(test, wait_event_timeout(wq, !READ_ONCE(never), 5), 5l);
}

struct event {
	struct wait_queue_head wq;
	int happened;
	atomic_t seen;
};

static int event_waiter(void *data)
{
	struct event *e = data;

	if (wait_event_timeout(e->wq, READ_ONCE(e->happened), WAIT))
		atomic_inc(&e->seen);
	while (!kthread_should_stop())
		msleep(1);
	return 0;
}

static void wake_up_all_wakes_all(struct kunit *test)
{
	struct event e = { .seen = ATOMIC_INIT(0) };
	struct task_struct *p[THREADS];
	int i, wait;

	init_waitqueue_head(&e.wq);
	for (i = 0; i < THREADS; i++) {
		p[i] = kthread_run(event_waiter, &e, "waiter/%d", i);
		KUNIT_ASSERT_NOT_ERR_OR_NULL(test, p[i]);
	}
	msleep(5);
	KUNIT_EXPECT_EQ(test, atomic_read(&e.seen), 0);
	WRITE_ONCE(e.happened, 1);
	wake_up_all(&e.wq);
	for (wait = 0; wait < 6000 && atomic_read(&e.seen) < THREADS; wait++)
		msleep(10);
	KUNIT_EXPECT_EQ_MSG(test, atomic_read(&e.seen), THREADS, "waiting for all waiters to wake");
	for (i = 0; i < THREADS; i++)
		kthread_stop(p[i]);
	KUNIT_EXPECT_FALSE(test, waitqueue_active(&e.wq));
}

static void completions_are_counted(struct kunit *test)
{
	DECLARE_COMPLETION_ONSTACK(x);

	KUNIT_EXPECT_FALSE(test, try_wait_for_completion(&x));
	complete(&x);
	complete(&x);
	KUNIT_EXPECT_TRUE(test, try_wait_for_completion(&x));
	wait_for_completion(&x);
	KUNIT_EXPECT_FALSE(test, completion_done(&x));
	KUNIT_EXPECT_EQ(test, wait_for_completion_timeout(&x, 1), 0ul);
	complete_all(&x);
	wait_for_completion(&x);
	wait_for_completion(&x);
	KUNIT_EXPECT_TRUE(test, completion_done(&x));
	reinit_completion(&x);
	KUNIT_EXPECT_FALSE(test, completion_done(&x));
}

static struct kunit_case sync_cases[] = {
	KUNIT_CASE(a_mutex_excludes),
	KUNIT_CASE(trylock_takes_only_a_free_mutex),
	KUNIT_CASE(an_event_that_never_comes_times_out),
	KUNIT_CASE(wake_up_all_wakes_all),
	KUNIT_CASE(completions_are_counted),
	{}
};

static struct kunit_suite sync_suite = { .name = "sync", .test_cases = sync_cases };
kunit_test_suite(sync_suite);
