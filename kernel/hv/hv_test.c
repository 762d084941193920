// SPDX-License-Identifier: GPL-2.0
/* The shim steals what it says it steals, where it says, and nothing when told to stop. */
#include <asm/barrier.h>
#include <asm/reg.h>
#include <kunit/test.h>
#include <linux/printk.h>
#include <linux/bitmap.h>
#include <linux/bitops.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include <stopgap/boot_info.h>

#include "internal.h"
#include "../trace/trace.h"

#define BOUND_SECONDS	20
#define STRAIGHT_WORDS	48	/* 16 times load, add, store */

static volatile unsigned long work;

static unsigned long total_steals(void)
{
	unsigned long n = 0;
	unsigned int cpu;

	for_each_online_cpu(cpu)
		n += hv_stat(cpu).steals;
	return n;
}

/* Work until @n steals have been counted. Return: whether they were, before the bound. */
static bool work_until_stolen(unsigned long n)
{
	u64 start = mftb();

	while (total_steals() < n && mftb() - start < BOUND_SECONDS * boot_info.tb_freq)
		work++;
	return total_steals() >= n;
}

static void random_steals_happen(struct kunit *test)
{
	const struct hv_steal_config c = { .rate = 2000, .min_us = 10, .max_us = 50, .seed = 7 };
	struct hv_stat s;

	hv_stat_reset();
	KUNIT_ASSERT_EQ(test, hv_steal_start(&c), 0);
	KUNIT_EXPECT_TRUE(test, work_until_stolen(20));
	hv_steal_stop();
	s = hv_stat(raw_smp_processor_id());
	KUNIT_EXPECT_GE(test, s.stolen, s.steals * 10 * (boot_info.tb_freq / 1000000));
}

static void steals_ignore_the_soft_mask(struct kunit *test)
{
	const struct hv_steal_config c = { .rate = 2000, .min_us = 10, .max_us = 20, .seed = 8 };
	unsigned int cpu;
	unsigned long flags, before;
	u64 start;

	KUNIT_ASSERT_EQ(test, hv_steal_start(&c), 0);
	local_irq_save(flags);
	cpu = raw_smp_processor_id();
	before = hv_stat(cpu).steals;
	start = mftb();
	while (hv_stat(cpu).steals < before + 5 && mftb() - start < 2 * boot_info.tb_freq)
		barrier();
	KUNIT_EXPECT_GE(test, hv_stat(cpu).steals, before + 5);
	local_irq_restore(flags);
	hv_steal_stop();
}

static void no_steals_after_stop(struct kunit *test)
{
	unsigned long before;
	unsigned int i;

	hv_steal_stop();
	before = total_steals();
	for (i = 0; i < 1000000; i++)
		work++;
	KUNIT_EXPECT_EQ(test, total_steals(), before);
}

#define WORK4	work++; work++; work++; work++

/* Instructions without a branch: where this machine takes interrupts, one block. */
static noinline void straight(void)
{
	WORK4; WORK4; WORK4; WORK4;
}

/* How many different instructions of straight() are in @log as places of steals. */
static unsigned int places_stolen_at(const struct trace_log *log)
{
	DECLARE_BITMAP(seen, STRAIGHT_WORDS) = { 0 };
	unsigned int i;

	for (i = 0; i < log->n; i++) {
		unsigned long word = (log->events[i].pc - (unsigned long)straight) / 4;

		if (log->events[i].kind == TRACE_STEAL && word < STRAIGHT_WORDS)
			__set_bit(word, seen);
	}
	return bitmap_weight(seen, STRAIGHT_WORDS);
}

/* Interrupts come between blocks of instructions only; steals come inside them too. */
static void steals_come_between_neighbours(struct kunit *test)
{
	const struct hv_steal_config c = { .rate = 5000, .min_us = 1, .max_us = 2, .seed = 9 };
	struct trace_log log;
	u64 start = mftb();
	unsigned int cpu;

	hv_stat_reset();
	KUNIT_ASSERT_EQ(test, trace_ring_start(), 0);
	KUNIT_EXPECT_EQ(test, hv_steal_start(&c), 0);
	cpu = get_cpu();	/* what is stolen from the others does not count */
	while (hv_stat(cpu).steals < 200 && mftb() - start < BOUND_SECONDS * boot_info.tb_freq)
		for (unsigned int i = 0; i < 100; i++)
			straight();
	put_cpu();
	hv_steal_stop();
	trace_ring_stop();
	KUNIT_ASSERT_EQ(test, trace_ring_log(&log), 0);
	KUNIT_EXPECT_GE(test, places_stolen_at(&log), 12u);
	trace_ring_log_free(&log);
}

static void bad_configurations_are_refused(struct kunit *test)
{
	const struct hv_steal_config upside_down = { .rate = 1, .min_us = 2, .max_us = 1 };
	const struct hv_steal_config too_long = { .rate = 1, .min_us = 0, .max_us = 2000000 };

	KUNIT_EXPECT_EQ(test, hv_steal_start(&upside_down), -EINVAL);
	KUNIT_EXPECT_EQ(test, hv_steal_start(&too_long), -EINVAL);
	KUNIT_EXPECT_EQ(test, hv_steal_at(1, 0, 1), -EINVAL);
	KUNIT_EXPECT_EQ(test, hv_steal_at(0x1000, 0, 1), -EINVAL);
	KUNIT_EXPECT_EQ(test, hv_steal_at((unsigned long)&console_loglevel, 0, 1), -EINVAL);
}

static noinline unsigned long stepped_over(unsigned long x)
{
	return x * 3 + 1;
}

/* The place is hit each time, and what stood there is still done. */
static void steal_at_hits_each_time(struct kunit *test)
{
	unsigned long (*volatile fn)(unsigned long) = stepped_over;
	unsigned int cpu, i;
	unsigned long before;

	KUNIT_ASSERT_EQ(test, hv_steal_at((unsigned long)stepped_over, 1, 2), 0);
	KUNIT_EXPECT_EQ(test, hv_steal_at((unsigned long)total_steals, 1, 2), -EBUSY);
	cpu = get_cpu();
	before = hv_stat(cpu).steals;
	for (i = 0; i < 10; i++)
		KUNIT_EXPECT_EQ(test, fn(i), i * 3ul + 1);
	KUNIT_EXPECT_EQ(test, hv_stat(cpu).steals, before + 10);
	put_cpu();
	hv_steal_at_stop();
	KUNIT_EXPECT_EQ(test, hv_steal_at_addr(), 0ul);
	before = total_steals();
	KUNIT_EXPECT_EQ(test, fn(5), 16ul);
	KUNIT_EXPECT_EQ(test, total_steals(), before);
}

static struct kunit_case hv_cases[] = {
	KUNIT_CASE(random_steals_happen),
	KUNIT_CASE(steals_ignore_the_soft_mask),
	KUNIT_CASE(no_steals_after_stop),
	KUNIT_CASE(steals_come_between_neighbours),
	KUNIT_CASE(bad_configurations_are_refused),
	KUNIT_CASE(steal_at_hits_each_time),
	{}
};

static struct kunit_suite hv_suite = {
	.name = "hv",
	.test_cases = hv_cases,
};
kunit_test_suite(hv_suite);
