// SPDX-License-Identifier: GPL-2.0
/* Threads begin, wake each other across CPUs, end, and can be waited for. */
#include <kunit/test.h>
#include <linux/atomic.h>
#include <linux/completion.h>
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/errno.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/smp.h>

#define MANY		100
#define ROUNDS		200
#define RING		6
#define WAIT		(60 * HZ)
#define TURNS		6000	/* of 10 ms */

static int count_and_wait(void *data)
{
	atomic_inc((atomic_t *)data);
	while (!kthread_should_stop())
		msleep(1);
	return 42;
}

static void many_threads_start_and_stop(struct kunit *test)
{
	atomic_t started = ATOMIC_INIT(0);
	struct task_struct **p = kunit_kzalloc(test, MANY * sizeof(*p), GFP_KERNEL);
	int i, wait, codes = 0;

	KUNIT_ASSERT_NOT_NULL(test, p);
	for (i = 0; i < MANY; i++) {
		p[i] = kthread_run(count_and_wait, &started, "many/%d", i);
		KUNIT_ASSERT_NOT_ERR_OR_NULL(test, p[i]);
	}
	for (wait = 0; wait < TURNS && atomic_read(&started) < MANY; wait++)
		msleep(10);
	KUNIT_EXPECT_EQ_MSG(test, atomic_read(&started), MANY, "waiting for all threads to start");
	for (i = 0; i < MANY; i++)
		codes += kthread_stop(p[i]);
	KUNIT_EXPECT_EQ(test, codes, MANY * 42);
}

static int return_at_once(void *data)
{
	complete(data);
	return -17;
}

static void stop_after_the_end(struct kunit *test)
{
	DECLARE_COMPLETION_ONSTACK(ran);
	struct task_struct *p = kthread_create(return_at_once, &ran, "short");

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, p);
	get_task_struct(p);
	wake_up_process(p);
	KUNIT_EXPECT_NE_MSG(test, wait_for_completion_timeout(&ran, WAIT), 0ul,
			    "waiting for the thread");
	KUNIT_EXPECT_EQ(test, kthread_stop(p), -17);
	KUNIT_EXPECT_EQ(test, atomic_read(&p->usage), 1);
	KUNIT_EXPECT_EQ(test, READ_ONCE(p->__state), (unsigned int)TASK_DEAD);
	put_task_struct(p);
}

static void stop_before_the_beginning(struct kunit *test)
{
	DECLARE_COMPLETION_ONSTACK(ran);
	struct task_struct *p = kthread_create(return_at_once, &ran, "unborn");

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, p);
	KUNIT_EXPECT_EQ(test, kthread_stop(p), -EINTR);
	KUNIT_EXPECT_FALSE(test, completion_done(&ran));
}

static int exit_in_the_middle(void *data)
{
	complete(data);
	do_exit(7);
	return 8;
}

static void do_exit_gives_the_code(struct kunit *test)
{
	DECLARE_COMPLETION_ONSTACK(ran);
	struct task_struct *p = kthread_create(exit_in_the_middle, &ran, "exit");

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, p);
	get_task_struct(p);
	wake_up_process(p);
	KUNIT_EXPECT_NE_MSG(test, wait_for_completion_timeout(&ran, WAIT), 0ul,
			    "waiting for the thread");
	KUNIT_EXPECT_EQ(test, kthread_stop(p), 7);
	put_task_struct(p);
}

/* One who waits for the ball and passes it on. @cpu is where it is bound, NR_CPUS if it is not. */
struct player {
	struct completion ball, done, *other;
	unsigned int cpu, wrong_cpu, lost;
};

static int play(void *data)
{
	struct player *me = data;
	int i;

	for (i = 0; i < ROUNDS && !me->lost; i++) {
		if (!wait_for_completion_timeout(&me->ball, WAIT))
			me->lost++;
		if (me->cpu != NR_CPUS && raw_smp_processor_id() != me->cpu)
			me->wrong_cpu++;
		complete(me->other);
	}
	complete(&me->done);
	return 0;
}

static void player_init(struct player *me, unsigned int cpu, struct player *other)
{
	me->cpu = cpu;
	me->other = &other->ball;
	init_completion(&me->ball);
	init_completion(&me->done);
}

static struct task_struct *player_create(struct player *me, unsigned int cpu, struct player *other)
{
	player_init(me, cpu, other);
	return kthread_create_on_cpu(play, me, cpu, "player/%u");
}

static void ping_pong(struct kunit *test, unsigned int cpu0, unsigned int cpu1)
{
	struct player a = {}, b = {};
	struct task_struct *ta = player_create(&a, cpu0, &b);
	struct task_struct *tb = player_create(&b, cpu1, &a);

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, ta);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, tb);
	wake_up_process(ta);
	wake_up_process(tb);
	complete(&a.ball);
	wait_for_completion(&a.done);
	wait_for_completion(&b.done);
	KUNIT_EXPECT_EQ_MSG(test, a.lost + b.lost, 0u,
			    "waiting for the ball between CPU%u and CPU%u", cpu0, cpu1);
	KUNIT_EXPECT_EQ(test, a.wrong_cpu + b.wrong_cpu, 0u);
}

static void threads_pass_a_ball_between_cpus(struct kunit *test)
{
	unsigned int cpu;

	for_each_online_cpu(cpu)
		ping_pong(test, 0, cpu);
}

/*
 * A ring of unbound threads, several balls: each wake-up chooses a CPU anew, often while the thread
 * to be woken is still on its way out of the CPU it slept on.
 */
static void unbound_threads_pass_balls_around(struct kunit *test)
{
	struct player ring[RING] = {};
	struct task_struct *p[RING];
	unsigned int i, lost = 0;

	for (i = 0; i < RING; i++) {
		p[i] = kthread_create(play, &ring[i], "ring/%u", i);
		KUNIT_ASSERT_NOT_ERR_OR_NULL(test, p[i]);
		player_init(&ring[i], NR_CPUS, &ring[(i + 1) % RING]);
	}
	for (i = 0; i < RING; i++) {
		wake_up_process(p[i]);
		if (i % 2)
			complete(&ring[i].ball);
	}
	for (i = 0; i < RING; i++) {
		wait_for_completion(&ring[i].done);
		lost += ring[i].lost;
	}
	KUNIT_EXPECT_EQ_MSG(test, lost, 0u, "waiting for a ball to come round");
}

static int remember_cpu(void *data)
{
	*(unsigned int *)data = raw_smp_processor_id();
	while (!kthread_should_stop())
		msleep(1);
	return 0;
}

static void a_bound_thread_runs_where_it_is_bound(struct kunit *test)
{
	unsigned int cpu, seen;

	for_each_online_cpu(cpu) {
		struct task_struct *p = kthread_create_on_cpu(remember_cpu, &seen, cpu, "bound/%u");
		int wait;

		KUNIT_ASSERT_NOT_ERR_OR_NULL(test, p);
		WRITE_ONCE(seen, NR_CPUS);
		wake_up_process(p);
		for (wait = 0; wait < TURNS && READ_ONCE(seen) == NR_CPUS; wait++)
			msleep(10);
		kthread_stop(p);
		KUNIT_EXPECT_EQ(test, seen, cpu);
	}
}

static void a_thread_is_found_by_its_pid(struct kunit *test)
{
	struct task_struct *p = find_get_task_by_pid(current->pid);

	KUNIT_EXPECT_PTR_EQ(test, p, current);
	if (p)
		put_task_struct(p);
	KUNIT_EXPECT_NULL(test, find_get_task_by_pid(0x7fffffff));
}

static struct kunit_case sched_cases[] = {
	KUNIT_CASE(many_threads_start_and_stop),
	KUNIT_CASE(stop_after_the_end),
	KUNIT_CASE(stop_before_the_beginning),
	KUNIT_CASE(do_exit_gives_the_code),
	KUNIT_CASE(threads_pass_a_ball_between_cpus),
	KUNIT_CASE(unbound_threads_pass_balls_around),
	KUNIT_CASE(a_bound_thread_runs_where_it_is_bound),
	KUNIT_CASE(a_thread_is_found_by_its_pid),
	{}
};

static struct kunit_suite sched_suite = { .name = "sched", .test_cases = sched_cases };
kunit_test_suite(sched_suite);
