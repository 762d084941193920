// SPDX-License-Identifier: GPL-2.0
/*
 * What RCU promises: a grace period ends only after every read section that began before it, it does end, and
 * callbacks come after it, once each and in order.
 */
#include <kunit/test.h>
#include <linux/atomic.h>
#include <linux/completion.h>
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/irqflags.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/ktime.h>
#include <linux/rculist.h>
#include <linux/sched.h>
#include <asm/processor.h>

#define WAIT		(60 * HZ)
#define SECTION_NS	(20ull * NSEC_PER_MSEC)
#define GIVE_UP_NS	(30ull * NSEC_PER_SEC)
#define ROUNDS		300
#define NR_CALLBACKS	100

static bool wait_until(const int *flag)
{
	u64 start = ktime_get_ns();

	while (!READ_ONCE(*flag) && ktime_get_ns() - start < GIVE_UP_NS) {
		cpu_relax();
		cond_resched();
	}
	return READ_ONCE(*flag);
}

/**
 * struct section - one long read section on another CPU
 * @enter: begin it
 * @leave: end it
 * @inside: it has begun
 * @over: it is about to end
 * @over_in_time: it was, when a grace period had passed that began inside it
 * @done: completed by either thread
 */
struct section {
	void (*enter)(unsigned long *flags);
	void (*leave)(unsigned long *flags);
	int inside;
	int over;
	int over_in_time;
	struct completion done;
};

static void enter_rcu(unsigned long *flags)
{
	rcu_read_lock();
}

static void leave_rcu(unsigned long *flags)
{
	rcu_read_unlock();
}

static void enter_irq_off(unsigned long *flags)
{
	local_irq_save(*flags);
}

static void leave_irq_off(unsigned long *flags)
{
	local_irq_restore(*flags);
}

static int section_thread(void *data)
{
	struct section *s = data;
	unsigned long flags = 0;
	u64 start;

	s->enter(&flags);
	WRITE_ONCE(s->inside, 1);
	start = ktime_get_ns();
	while (ktime_get_ns() - start < SECTION_NS)
		cpu_relax();
	WRITE_ONCE(s->over, 1);
	s->leave(&flags);
	complete(&s->done);
	return 0;
}

static int writer_thread(void *data)
{
	struct section *s = data;

	if (wait_until(&s->inside)) {
		synchronize_rcu();
		WRITE_ONCE(s->over_in_time, READ_ONCE(s->over));
	}
	complete(&s->done);
	return 0;
}

static void start_on(struct kunit *test, int (*fn)(void *), struct section *s, unsigned int cpu)
{
	struct task_struct *t = kthread_create_on_cpu(fn, s, cpu, "rcu_test/%u");

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, t);
	wake_up_process(t);
}

/* A grace period on the first CPU, begun while the last one is inside @s. */
static void outlast(struct kunit *test, struct section *s)
{
	unsigned int i;

	if (num_online_cpus() < 2) {
		kunit_skip(test, "takes 2 CPUs");
		return;
	}
	init_completion(&s->done);
	start_on(test, writer_thread, s, 0);
	start_on(test, section_thread, s, num_online_cpus() - 1);
	for (i = 0; i < 2; i++)
		KUNIT_EXPECT_NE_MSG(test, wait_for_completion_timeout(&s->done, WAIT), 0ul,
				    "waiting for the reader and the writer");
	KUNIT_EXPECT_TRUE(test, s->over_in_time);
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

static void a_grace_period_outlasts_a_read_section(struct kunit *test)
{
	struct section s = { .enter = enter_rcu, .leave = leave_rcu };

	outlast(test, &s);
}

static void so_it_does_when_threads_are_preempted(struct kunit *test)
{
	struct section s = { .enter = enter_rcu, .leave = leave_rcu };

	KUNIT_ASSERT_EQ(test, sched_set_preempt("full"), 0);
	outlast(test, &s);
}

static void interrupts_off_is_a_read_section(struct kunit *test)
{
	struct section s = { .enter = enter_irq_off, .leave = leave_irq_off };

	outlast(test, &s);
}

static void grace_periods_end_on_idle_cpus(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i < ROUNDS; i++)
		synchronize_rcu();
	KUNIT_EXPECT_EQ(test, rcu_waits_for, 0ul);
}

/* ---- a structure that is replaced again and again under its readers ---- */

#define ALIVE	0x600d600d600d600dul
#define DEAD	0xdeaddeaddeaddeadul

struct box {
	unsigned long word[8];
};

/**
 * struct traffic - readers of a box that is being replaced
 * @box: the current one
 * @reads: how often a box was read
 * @torn: words found that are not those of a box that is alive
 */
struct traffic {
	struct box *box;
	atomic_t reads;
	atomic_t torn;
};

static void read_box(struct traffic *t)
{
	const struct box *box;
	unsigned int i;

	rcu_read_lock();
	box = rcu_dereference(t->box);
	for (i = 0; i < ARRAY_SIZE(box->word); i++)
		if (READ_ONCE(box->word[i]) != ALIVE)
			atomic_inc(&t->torn);
	rcu_read_unlock();
}

static int box_reader(void *data)
{
	struct traffic *t = data;

	while (!kthread_should_stop()) {
		read_box(t);
		atomic_inc(&t->reads);
		cond_resched();
	}
	return 0;
}

static void fill_box(struct box *box, unsigned long value)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(box->word); i++)
		WRITE_ONCE(box->word[i], value);
}

static void replace_boxes(struct traffic *t, struct box *boxes)
{
	unsigned int i;

	for (i = 1; i < ROUNDS; i++) {
		fill_box(&boxes[i & 1], ALIVE);
		rcu_assign_pointer(t->box, &boxes[i & 1]);
		synchronize_rcu();
		fill_box(&boxes[~i & 1], DEAD);
	}
}

static void nobody_reads_what_is_gone(struct kunit *test)
{
	struct task_struct *readers[NR_CPUS];
	struct box boxes[2];
	struct traffic t = { .box = &boxes[0] };
	unsigned int cpu, n = 0;

	fill_box(&boxes[0], ALIVE);
	for_each_online_cpu(cpu) {
		readers[n] = kthread_create_on_cpu(box_reader, &t, cpu, "reader/%u");
		KUNIT_ASSERT_NOT_ERR_OR_NULL(test, readers[n]);
		wake_up_process(readers[n++]);
	}
	replace_boxes(&t, boxes);
	while (n)
		kthread_stop(readers[--n]);
	KUNIT_EXPECT_EQ(test, atomic_read(&t.torn), 0);
	KUNIT_EXPECT_GT(test, atomic_read(&t.reads), 0);
}

/* ---- callbacks ---- */

struct callback {
	struct rcu_head head;
	unsigned int nr;
};

static unsigned int calls, out_of_order;

static void count_call(struct rcu_head *head)
{
	struct callback *c = container_of(head, struct callback, head);

	if (c->nr != calls)
		out_of_order++;
	calls++;
}

static void callbacks_come_once_and_in_order(struct kunit *test)
{
	static struct callback callbacks[NR_CALLBACKS];
	unsigned int i;

	calls = out_of_order = 0;
	for (i = 0; i < NR_CALLBACKS; i++) {
		callbacks[i].nr = i;
		call_rcu(&callbacks[i].head, count_call);
	}
	rcu_barrier();
	KUNIT_EXPECT_EQ(test, calls, (unsigned int)NR_CALLBACKS);
	KUNIT_EXPECT_EQ(test, out_of_order, 0u);
}

static void a_callback_waits_for_a_read_section(struct kunit *test)
{
	static struct callback callback;
	unsigned long flags;

	calls = out_of_order = callback.nr = 0;
	rcu_read_lock();
	local_irq_save(flags);
	call_rcu(&callback.head, count_call);
	local_irq_restore(flags);
	mdelay(20);
	KUNIT_EXPECT_EQ(test, READ_ONCE(calls), 0u);
	rcu_read_unlock();
	rcu_barrier();
	KUNIT_EXPECT_EQ(test, calls, 1u);
}

/* ---- lists ---- */

struct item {
	struct list_head node;
	int value;
};

static void a_reader_on_a_deleted_entry_finds_back(struct kunit *test)
{
	struct item items[3] = { { .value = 0 }, { .value = 1 }, { .value = 2 } }, *pos;
	LIST_HEAD(list);
	int seen = 0;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(items); i++)
		list_add_tail_rcu(&items[i].node, &list);
	rcu_read_lock();
	list_for_each_entry_rcu(pos, &list, node) {
		seen = seen * 10 + pos->value + 1;
		if (pos->value == 1)
			list_del_rcu(&pos->node);
	}
	rcu_read_unlock();
	KUNIT_EXPECT_EQ(test, seen, 123);
	KUNIT_EXPECT_PTR_EQ(test, items[0].node.next, &items[2].node);
	KUNIT_EXPECT_PTR_EQ(test, items[2].node.prev, &items[0].node);
}

static struct kunit_case rcu_cases[] = {
	KUNIT_CASE(a_grace_period_outlasts_a_read_section),
	KUNIT_CASE(so_it_does_when_threads_are_preempted),
	KUNIT_CASE(interrupts_off_is_a_read_section),
	KUNIT_CASE(grace_periods_end_on_idle_cpus),
	KUNIT_CASE(nobody_reads_what_is_gone),
	KUNIT_CASE(callbacks_come_once_and_in_order),
	KUNIT_CASE(a_callback_waits_for_a_read_section),
	KUNIT_CASE(a_reader_on_a_deleted_entry_finds_back),
	{}
};

static struct kunit_suite rcu_suite = {
	.name = "rcu",
	.init = remember_model,
	.exit = restore_model,
	.test_cases = rcu_cases,
};
kunit_test_suite(rcu_suite);
