// SPDX-License-Identifier: GPL-2.0
/*
 * Recording, and reading with the kernel's own names. The run is made up: what another CPU would have done is done
 * here, and announced in its name. It stays in the log, so that "trace story" and "trace export" have one to show.
 */
#include <kunit/test.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/vmalloc.h>
#include <stopgap/dispatch.h>

#include "trace.h"

static unsigned long trace_test_word;

#define CODE_SIZE	64	/* as far as record_run() pretends to run */

/* Two CPUs and a word: one reads it, is stolen, the other writes it. */
static void record_run(void)
{
	unsigned long addr = (unsigned long)&trace_test_word;
	unsigned long pc = (unsigned long)record_run;

	trace_test_word = 1;
	trace_run_begin();
	/* The test may be a module, and these its names. */
	trace_name_object(addr, sizeof(trace_test_word), NULL, "trace_test_word");
	trace_name_object(pc, CODE_SIZE, NULL, "record_run");
	trace_thread_name(0, "reader");
	trace_thread_name(1, "writer");
	trace_event(1, 0, TRACE_READ, addr, 8, TRACE_NO_VALUE, pc + 4);
	trace_switch(2, 0, 1, true);
	trace_event(2, 1, TRACE_READ, (unsigned long)&modules, 8, TRACE_NO_VALUE, pc + 8);
	trace_event(3, 1, TRACE_WRITE, addr, 8, TRACE_NO_VALUE, pc + 12);
	trace_test_word = 2;
	trace_switch(4, 1, 0, true);
	trace_event(4, 0, TRACE_READ, addr, 8, TRACE_NO_VALUE, pc + 16);
	trace_fault(5, 0, addr, pc + 16, "TWO ANSWERS");
	trace_run_end();
}

static void values_are_looked_up(struct kunit *test)
{
	const struct trace_log *log = trace_run_log();

	record_run();
	KUNIT_ASSERT_EQ(test, log->n, 9u);
	KUNIT_EXPECT_EQ(test, log->events[2].value, 1ul);
	KUNIT_EXPECT_EQ(test, log->events[4].value, *(unsigned long *)&modules);
	KUNIT_EXPECT_EQ(test, log->events[5].value, 2ul);
	KUNIT_EXPECT_EQ(test, log->events[7].value, 2ul);
}

static void memory_that_is_gone_has_no_value(struct kunit *test)
{
	unsigned long *p = vzalloc(1);

	KUNIT_ASSERT_NOT_NULL(test, p);
	vfree(p);
	KUNIT_ASSERT_EQ(test, trace_run_begin(), 0);
	trace_event(1, 0, TRACE_READ, (unsigned long)p, 8, TRACE_NO_VALUE, 0);
	trace_run_end();
	KUNIT_EXPECT_EQ(test, trace_run_log()->events[0].value, TRACE_NO_VALUE);
}

static void nothing_is_recorded_outside_a_run(struct kunit *test)
{
	record_run();
	trace_event(9, 0, TRACE_READ, 0, 8, 0, 0);
	trace_mark(9, 0, "late");
	KUNIT_EXPECT_EQ(test, trace_run_log()->n, 9u);
}

static void a_full_log_counts_the_rest(struct kunit *test)
{
	unsigned int i;

	KUNIT_ASSERT_EQ(test, trace_run_begin(), 0);
	for (i = 0; i < TRACE_RUN_EVENTS + 5; i++)
		trace_event(i, 0, TRACE_READ, (unsigned long)&trace_test_word, 8, 0, 0);
	trace_run_end();
	KUNIT_EXPECT_EQ(test, trace_run_log()->n, (unsigned int)TRACE_RUN_EVENTS);
	KUNIT_EXPECT_EQ(test, trace_run_log()->dropped, 5u);
	record_run();
	KUNIT_EXPECT_EQ(test, trace_run_log()->dropped, 0u);
}

static void points_name_their_thread_and_never_go_back(struct kunit *test)
{
	struct sched_point p = {
		.kind = POINT_ACCESS, .cpu = 0, .addr = (unsigned long)&trace_test_word, .size = 8,
		.step = 7,
	};
	const struct trace_event *e;

	KUNIT_ASSERT_EQ(test, trace_run_begin(), 0);
	trace_point(&p);
	p.kind = POINT_YIELD;
	trace_point(&p);
	p.kind = POINT_ATOMIC;
	p.step = 3;
	trace_point(&p);
	trace_run_end();
	e = trace_run_log()->events;
	KUNIT_ASSERT_EQ(test, trace_run_log()->n, 3u);
	KUNIT_EXPECT_EQ(test, e[0].kind, TRACE_THREAD);
	KUNIT_EXPECT_STREQ(test, e[0].text, current->comm);
	KUNIT_EXPECT_EQ(test, e[1].kind, TRACE_READ);
	KUNIT_EXPECT_EQ(test, e[2].kind, TRACE_ATOMIC);
	KUNIT_EXPECT_EQ(test, e[2].when, 7ull);
}

static void the_same_run_has_the_same_hash(struct kunit *test)
{
	u64 hash;

	record_run();
	hash = trace_run_hash();
	KUNIT_EXPECT_NE(test, hash, 0ull);
	record_run();
	KUNIT_EXPECT_EQ(test, trace_run_hash(), hash);
	KUNIT_ASSERT_EQ(test, trace_run_begin(), 0);
	trace_run_end();
	KUNIT_EXPECT_NE(test, trace_run_hash(), hash);
}

static void check_name(struct kunit *test, const void *addr, const char *want)
{
	char name[TRACE_CELL_LEN] = "";

	trace_kernel_names.data(name, sizeof(name), (unsigned long)addr);
	KUNIT_EXPECT_STREQ(test, name, want);
}

static void kernel_data_has_names(struct kunit *test)
{
	char name[TRACE_CELL_LEN] = "";

	trace_objects_clear();
	check_name(test, &modules.prev, "modules.prev");
	check_name(test, &console_loglevel, "console_loglevel");
	check_name(test, (char *)&console_loglevel + 3, "console_loglevel+0x3");
	check_name(test, NULL, "");
	trace_kernel_names.code(name, sizeof(name), (unsigned long)find_module + 8);
	KUNIT_EXPECT_STREQ(test, name, "find_module+0x8");
}

/* ---- rings ---- */

static bool has_mark(const struct trace_log *log, const char *text)
{
	unsigned int i;

	for (i = 0; i < log->n; i++)
		if (log->events[i].kind == TRACE_MARK && !strcmp(log->events[i].text, text))
			return true;
	return false;
}

static void rings_keep_steals_and_remarks_in_order(struct kunit *test)
{
	struct trace_log log;
	unsigned int i;

	KUNIT_ASSERT_EQ(test, trace_ring_start(), 0);
	KUNIT_EXPECT_EQ(test, trace_ring_start(), -EBUSY);
	trace_ring_mark("first");
	trace_ring_steal((unsigned long)record_run, 1, 1000);
	trace_ring_stop();
	trace_ring_mark("late");
	KUNIT_ASSERT_EQ(test, trace_ring_log(&log), 0);
	KUNIT_EXPECT_GE(test, log.n, 2u);
	KUNIT_EXPECT_EQ(test, log.events[0].kind, TRACE_STEAL);
	KUNIT_EXPECT_EQ(test, log.events[0].value, 1000ul);
	KUNIT_EXPECT_TRUE(test, has_mark(&log, "first"));
	KUNIT_EXPECT_FALSE(test, has_mark(&log, "late"));
	for (i = 1; i < log.n; i++)
		KUNIT_EXPECT_LE(test, log.events[i - 1].when, log.events[i].when);
	trace_ring_log_free(&log);
}

static void a_ring_keeps_the_newest(struct kunit *test)
{
	struct trace_log log;
	unsigned int i;

	KUNIT_ASSERT_EQ(test, trace_ring_start(), 0);
	preempt_disable();
	for (i = 0; i < 10000; i++)
		trace_ring_steal(0, i, i);
	preempt_enable();
	trace_ring_stop();
	KUNIT_ASSERT_EQ(test, trace_ring_log(&log), 0);
	KUNIT_EXPECT_EQ(test, log.n + log.dropped, 10000u);
	KUNIT_EXPECT_GT(test, log.dropped, 0u);
	KUNIT_EXPECT_EQ(test, log.events[log.n - 1].value, 9999ul);
	KUNIT_EXPECT_EQ(test, log.events[0].value, 10000ul - log.n);
	trace_ring_log_free(&log);
}

/* Whatever ran before, a whole run is left in the log. */
static void record_for_readers(struct kunit_suite *suite)
{
	record_run();
}

static struct kunit_case trace_cases[] = {
	KUNIT_CASE(values_are_looked_up),
	KUNIT_CASE(memory_that_is_gone_has_no_value),
	KUNIT_CASE(nothing_is_recorded_outside_a_run),
	KUNIT_CASE(a_full_log_counts_the_rest),
	KUNIT_CASE(points_name_their_thread_and_never_go_back),
	KUNIT_CASE(the_same_run_has_the_same_hash),
	KUNIT_CASE(kernel_data_has_names),
	KUNIT_CASE(rings_keep_steals_and_remarks_in_order),
	KUNIT_CASE(a_ring_keeps_the_newest),
	{}
};

static struct kunit_suite trace_suite = {
	.name = "trace",
	.suite_exit = record_for_readers,
	.test_cases = trace_cases,
};
kunit_test_suite(trace_suite);
