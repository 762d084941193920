// SPDX-License-Identifier: GPL-2.0
/*
 * Does a page that is freed stay within reach as long as nobody could notice, and no longer? This file is explored
 * code.
 */
#include <kunit/test.h>
#include <asm/page.h>
#include <asm/processor.h>
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include <stopgap/vmap.h>

#include "../explore/explore_test.h"
#include "stale.h"

#define CONTENTS	0x4e800020	/* as text, two characters; as code, blr */

void __tsan_read1(void *p);	/* what GCC calls before code like this file's reads a byte */

static u32 *page;
static bool freed;

static int drop_page(struct race_run *run)
{
	if (page[0] != CONTENTS)
		race_hit(run, "%x: the page is not back", page[0]);
	vfree(page);
	if (!stale.start)
		race_hit(run, "its translation has been forgotten");
	WRITE_ONCE(freed, true);
	return 0;
}

static int do_nothing(struct race_run *run)
{
	return 0;
}

static void await_freed(void)
{
	while (!READ_ONCE(freed))
		cpu_relax();
}

static int print_page(struct race_run *run)
{
	char text[8];

	await_freed();
	snprintf(text, sizeof(text), "%s", (char *)page);
	return 0;
}

static int run_page(struct race_run *run)
{
	void (*code)(void);

	code = (void *)READ_ONCE(page);
	code();
	await_freed();
	code();
	return 0;
}

/* From behind the contents on, code that calls @access with @p. */
static int drop_and_run_page(struct race_run *run)
{
	void (*code)(void *p, void (*access)(void *p)) = (void *)(page + 1);

	drop_page(run);
	code(&freed, __tsan_read1);
	return 0;
}

static int prepare_page(struct race_run *run)
{
	freed = false;
	page = vmalloc(PAGE_SIZE);
	if (!page)
		return -ENOMEM;
	page[0] = CONTENTS;
	return 0;
}

static int prepare_caller(struct race_run *run)
{
	static const u32 caller[] = {
		0x7c0802a6, 0xf8010010, 0xf821ffe1,	/* mflr r0; std r0,16(r1); stdu r1,-32(r1) */
		0x7c8c2378, 0x7d8903a6, 0x4e800421,	/* mr r12,r4; mtctr r12; bctrl */
		0x38210020, 0xe8010010, 0x7c0803a6,	/* addi r1,r1,32; ld r0,16(r1); mtlr r0 */
		0x4e800020,				/* blr */
	};
	int err = prepare_page(run);

	if (err)
		return err;
	memcpy(page + 1, caller, sizeof(caller));
	return vmap_protect(page, PAGE_SIZE, VMAP_RX);
}

static int prepare_code(struct race_run *run)
{
	return prepare_page(run) ?: vmap_protect(page, PAGE_SIZE, VMAP_RX);
}

/* However it goes, somebody touches the page when it has been freed. */
static void expect_trap(struct kunit *test, const struct toy *toy, const char *trap)
{
	struct race_run run = { .n = SCHEDULES, .seed = 1 };
	struct explore_stats stats;

	KUNIT_EXPECT_EQ(test, explore_toy(test, toy, "random", &run, &stats), 0);
	KUNIT_EXPECT_EQ(test, run.hits, (unsigned int)SCHEDULES);
	KUNIT_EXPECT_NOT_NULL_MSG(test, strstr(run.what, trap), "%s", run.what);
	vfree(page);	/* after these, nobody acts in the last round */
}

static void text_in_freed_memory_faults(struct kunit *test)
{
	const struct toy toy = { { drop_page, print_page }, prepare_page, NULL };

	expect_trap(test, &toy, "trap 300");
}

static void code_in_freed_memory_faults(struct kunit *test)
{
	const struct toy toy = { { drop_page, run_page }, prepare_code, NULL };

	expect_trap(test, &toy, "trap 400");
}

static void code_that_was_freed_by_its_caller_faults(struct kunit *test)
{
	const struct toy toy = { { drop_and_run_page, do_nothing }, prepare_caller, NULL };

	expect_trap(test, &toy, "trap 400");
}

static void a_shootdown_is_put_off(struct kunit *test)
{
	const struct toy toy = { { drop_page, do_nothing }, prepare_page, NULL };
	struct race_run run = { .n = SCHEDULES, .seed = 1 };
	struct explore_stats stats;

	KUNIT_EXPECT_EQ(test, explore_toy(test, &toy, "random", &run, &stats), 0);
	KUNIT_EXPECT_EQ_MSG(test, run.hits, 0u, "%s", run.what);
}

static int stale_test_init(struct kunit *test)
{
	if (num_online_cpus() < 2)
		kunit_skip(test, "takes 2 CPUs");
	return 0;
}

static struct kunit_case stale_cases[] = {
	KUNIT_CASE(text_in_freed_memory_faults),
	KUNIT_CASE(code_in_freed_memory_faults),
	KUNIT_CASE(code_that_was_freed_by_its_caller_faults),
	KUNIT_CASE(a_shootdown_is_put_off),
	{ 0 }
};

static struct kunit_suite stale_suite = {
	.name = "stale",
	.init = stale_test_init,
	.test_cases = stale_cases,
};
kunit_test_suite(stale_suite);
