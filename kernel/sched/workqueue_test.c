// SPDX-License-Identifier: GPL-2.0
/* Work is done once per queueing, in order where that is promised, and can be taken back. */
#include <kunit/test.h>
#include <linux/atomic.h>
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/interrupt.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/ktime.h>
#include <linux/rwsem.h>
#include <linux/semaphore.h>
#include <linux/timer.h>
#include <linux/workqueue.h>

#define WAIT		(60 * HZ)
#define FAR_AWAY	(3600 * HZ)
#define MANY		50
#define CANCELS		500

static struct workqueue_struct *wq;
static atomic_t runs;

static int make_queue(struct kunit *test)
{
	atomic_set(&runs, 0);
	wq = alloc_ordered_workqueue("testing", 0);
	return wq ? 0 : -ENOMEM;
}

static void end_queue(struct kunit *test)
{
	destroy_workqueue(wq);
}

static void count_run(struct work_struct *work)
{
	atomic_inc(&runs);
}

struct numbered {
	struct work_struct work;
	int number;
};

static int last_number;

static void check_number(struct work_struct *work)
{
	if (container_of(work, struct numbered, work)->number == last_number + 1)
		last_number++;
}

static void an_ordered_queue_keeps_the_order(struct kunit *test)
{
	struct numbered *works = kunit_kzalloc(test, MANY * sizeof(*works), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, works);
	last_number = -1;
	for (int i = 0; i < MANY; i++) {
		INIT_WORK(&works[i].work, check_number);
		works[i].number = i;
		KUNIT_EXPECT_TRUE(test, queue_work(wq, &works[i].work));
	}
	flush_workqueue(wq);
	KUNIT_EXPECT_EQ(test, last_number, MANY - 1);
}

static DECLARE_COMPLETION(may_go_on);

static void wait_to_go_on(struct work_struct *work)
{
	wait_for_completion(&may_go_on);
	atomic_inc(&runs);
}

static void pending_work_is_queued_once(struct kunit *test)
{
	DECLARE_WORK(blocker, wait_to_go_on);
	DECLARE_WORK(work, count_run);

	queue_work(wq, &blocker);
	KUNIT_EXPECT_TRUE(test, queue_work(wq, &work));
	KUNIT_EXPECT_FALSE(test, queue_work(wq, &work));
	KUNIT_EXPECT_TRUE(test, work_pending(&work));
	complete(&may_go_on);
	flush_work(&work);	/* it may have run already */
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 2);
	KUNIT_EXPECT_FALSE(test, flush_work(&work));
	KUNIT_EXPECT_TRUE(test, queue_work(wq, &work));
	flush_work(&work);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 3);
}

static void cancelled_work_does_not_run(struct kunit *test)
{
	DECLARE_WORK(blocker, wait_to_go_on);
	DECLARE_WORK(work, count_run);

	queue_work(wq, &blocker);
	queue_work(wq, &work);
	KUNIT_EXPECT_TRUE(test, cancel_work_sync(&work));
	KUNIT_EXPECT_FALSE(test, cancel_work_sync(&work));
	complete(&may_go_on);
	flush_workqueue(wq);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
}

static void delayed_work_waits(struct kunit *test)
{
	struct delayed_work dwork;

	INIT_DELAYED_WORK(&dwork, count_run);
	KUNIT_EXPECT_TRUE(test, queue_delayed_work(wq, &dwork, FAR_AWAY));
	KUNIT_EXPECT_FALSE(test, queue_delayed_work(wq, &dwork, 0));
	flush_workqueue(wq);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 0);
	KUNIT_EXPECT_TRUE(test, cancel_delayed_work_sync(&dwork));
	KUNIT_EXPECT_FALSE(test, delayed_work_pending(&dwork));
	KUNIT_EXPECT_FALSE(test, mod_delayed_work(wq, &dwork, FAR_AWAY));
	KUNIT_EXPECT_TRUE(test, mod_delayed_work(wq, &dwork, 1));
	for (int i = 0; i < 6000 && !atomic_read(&runs); i++)
		msleep(10);
	KUNIT_EXPECT_EQ_MSG(test, atomic_read(&runs), 1, "waiting for the delayed work");
	queue_delayed_work(wq, &dwork, FAR_AWAY);
	flush_delayed_work(&dwork);	/* it may have run already */
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 2);
}

static struct delayed_work ticker;

static void tick(struct work_struct *work)
{
	atomic_inc(&runs);
	queue_delayed_work(wq, &ticker, atomic_read(&runs) % 2);
}

static void self_queueing_work_can_be_stopped(struct kunit *test)
{
	INIT_DELAYED_WORK(&ticker, tick);
	queue_delayed_work(wq, &ticker, 0);
	for (int i = 0; i < 6000 && atomic_read(&runs) < 3; i++)
		msleep(10);
	KUNIT_EXPECT_GE_MSG(test, atomic_read(&runs), 3, "waiting for three ticks");
	flush_delayed_work(&ticker);
	cancel_delayed_work_sync(&ticker);
	atomic_set(&runs, 0);
	flush_workqueue(wq);
	KUNIT_EXPECT_FALSE(test, delayed_work_pending(&ticker));
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 0);
}

static void work_may_wait_for_other_work(struct kunit *test)
{
	DECLARE_WORK(waiter, wait_to_go_on);
	DECLARE_WORK(other, count_run);

	schedule_work(&waiter);
	schedule_work(&other);
	flush_work(&other);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
	complete(&may_go_on);
	flush_work(&waiter);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 2);
}

static void count_tasklet(struct tasklet_struct *t)
{
	atomic_inc(&runs);
}

static void a_tasklet_runs_when_enabled(struct kunit *test)
{
	DECLARE_TASKLET(tasklet, count_tasklet);

	tasklet_disable(&tasklet);
	tasklet_schedule(&tasklet);
	tasklet_schedule(&tasklet);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 0);
	tasklet_enable(&tasklet);
	tasklet_kill(&tasklet);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
}

static DEFINE_SEMAPHORE(gate);
static DECLARE_RWSEM(rwsem);

static int pass_gate(void *data)
{
	down(&gate);
	atomic_inc(&runs);
	up(&gate);
	down_write(&rwsem);
	atomic_inc(&runs);
	up_write(&rwsem);
	complete(data);
	return 0;
}

static void semaphores_hold_off(struct kunit *test)
{
	DECLARE_COMPLETION_ONSTACK(through);

	KUNIT_EXPECT_EQ(test, down_trylock(&gate), 0);
	KUNIT_EXPECT_EQ(test, down_trylock(&gate), 1);
	down_read(&rwsem);
	KUNIT_EXPECT_EQ(test, down_read_trylock(&rwsem), 1);
	KUNIT_EXPECT_EQ(test, down_write_trylock(&rwsem), 0);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, kthread_run(pass_gate, &through, "gate"));
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 0);
	up(&gate);
	up_read(&rwsem);
	KUNIT_EXPECT_FALSE(test, completion_done(&through));
	up_read(&rwsem);
	KUNIT_EXPECT_NE_MSG(test, wait_for_completion_timeout(&through, WAIT), 0ul,
			    "waiting for the thread to pass");
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 2);
	KUNIT_EXPECT_FALSE(test, rwsem_is_locked(&rwsem));
}

struct canceller {
	struct timer_list timer;
	struct work_struct work;
	int fired;
};

static void cancel_and_come_again(struct timer_list *t)
{
	struct canceller *c = from_timer(c, t, timer);

	cancel_work(&c->work);
	if (++c->fired < CANCELS)
		mod_timer_ktime(t, ktime_get() + 20 * NSEC_PER_USEC);
}

/* Whoever has got the pending bit and is interrupted would be waited for for ever: the watchdog ends this then. */
static void an_interrupt_may_cancel_what_is_being_queued(struct kunit *test)
{
	struct canceller c = {};

	INIT_WORK(&c.work, count_run);
	timer_setup(&c.timer, cancel_and_come_again, 0);
	preempt_disable();
	mod_timer(&c.timer, jiffies);
	while (READ_ONCE(c.fired) < CANCELS)
		queue_work(wq, &c.work);
	preempt_enable();
	del_timer_sync(&c.timer);
	cancel_work_sync(&c.work);
	KUNIT_EXPECT_FALSE(test, work_pending(&c.work));
}

static DEFINE_RWLOCK(rwlock);

static void reader_locks_nest(struct kunit *test)
{
	unsigned long flags;

	read_lock(&rwlock);
	KUNIT_EXPECT_TRUE(test, read_trylock(&rwlock));
	KUNIT_EXPECT_FALSE(test, write_trylock(&rwlock));
	read_unlock(&rwlock);
	read_unlock(&rwlock);
	write_lock_irqsave(&rwlock, flags);
	KUNIT_EXPECT_FALSE(test, read_trylock(&rwlock));
	write_unlock_irqrestore(&rwlock, flags);
	KUNIT_EXPECT_TRUE(test, write_trylock(&rwlock));
	write_unlock(&rwlock);
	KUNIT_EXPECT_EQ(test, preempt_count(), 0);
}

static struct kunit_case workqueue_cases[] = {
	KUNIT_CASE(an_ordered_queue_keeps_the_order),
	KUNIT_CASE(pending_work_is_queued_once),
	KUNIT_CASE(cancelled_work_does_not_run),
	KUNIT_CASE(delayed_work_waits),
	KUNIT_CASE(self_queueing_work_can_be_stopped),
	KUNIT_CASE(an_interrupt_may_cancel_what_is_being_queued),
	KUNIT_CASE(work_may_wait_for_other_work),
	KUNIT_CASE(a_tasklet_runs_when_enabled),
	KUNIT_CASE(semaphores_hold_off),
	KUNIT_CASE(reader_locks_nest),
	{}
};

static struct kunit_suite workqueue_suite = {
	.name = "workqueue",
	.init = make_queue,
	.exit = end_queue,
	.test_cases = workqueue_cases,
};
kunit_test_suite(workqueue_suite);
