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

#include "explore_test.h"
#include "stale.h"

#define CONTENTS	0x4e800020	/* as text, two characters; as code, blr */

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

static int prepare_page(struct race_run *run)
{
	freed = false;
	page = vmalloc(PAGE_SIZE);
	if (!page)
		return -ENOMEM;
	page[0] = CONTENTS;
	return 0;
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
	KUNIT_CASE(a_shootdown_is_put_off),
	{ 0 }
};

static struct kunit_suite stale_suite = {
	.name = "stale",
	.init = stale_test_init,
	.test_cases = stale_cases,
};
kunit_test_suite(stale_suite);
