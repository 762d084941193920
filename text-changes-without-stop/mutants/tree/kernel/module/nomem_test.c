// SPDX-License-Identifier: GPL-2.0
/*
 * Out of memory at every allocation that loading a module makes, one after the other: each refusal
 * is -ENOMEM and leaves nothing behind.
 */
#include <kunit/test.h>
#include <linux/errno.h>
#include <linux/fault-inject.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <stopgap/mm.h>
#include <stopgap/ramdisk.h>

#define MOST_ALLOCATIONS	500	/* more than any module here takes */
#define MIN_ALLOCATIONS		4	/* headers, memory, pages, arguments: fewer is no test */

static void expect_same_memory(struct kunit *test, const struct mm_stat *before, unsigned int nth)
{
	struct mm_stat after;

	mm_stat(&after);
	KUNIT_EXPECT_EQ_MSG(test, after.free, before->free, "allocation %u", nth);
	KUNIT_EXPECT_EQ_MSG(test, after.kmalloc_objects, before->kmalloc_objects,
			    "allocation %u", nth);
	KUNIT_EXPECT_EQ_MSG(test, after.percpu_bytes, before->percpu_bytes, "allocation %u", nth);
	KUNIT_EXPECT_EQ_MSG(test, after.vmap_areas, before->vmap_areas, "allocation %u", nth);
}

/* Load @name, with failures up to the last allocation; it stays loaded. */
static void load_against_odds(struct kunit *test, const char *name, const char *args)
{
	struct mm_stat before;
	struct ramdisk_file file;
	unsigned int nth = 0;
	bool failed;
	long ret;

	if (ramdisk_find(name, &file))
		kunit_skip(test, "no %s in the ramdisk", name);
	mm_stat(&before);
	do {
		fail_nth_start(++nth);
		ret = load_module_image(file.data, file.size, args, NULL);
		failed = fail_nth_end();
		if (!failed)
			break;
		KUNIT_ASSERT_EQ_MSG(test, ret, (long)-ENOMEM, "%s, allocation %u", name, nth);
		expect_same_memory(test, &before, nth);
	} while (nth < MOST_ALLOCATIONS);
	KUNIT_ASSERT_EQ(test, ret, 0l);
	KUNIT_EXPECT_GT(test, nth, MIN_ALLOCATIONS);
}

static void a_plain_module(struct kunit *test)
{
	load_against_odds(test, "empty.ko", NULL);
	KUNIT_EXPECT_EQ(test, delete_module("empty"), 0l);
}

static void a_module_with_parameters(struct kunit *test)
{
	load_against_odds(test, "params.ko", "count=1 table=1,2,3 whom=\"nobody at all\"");
	KUNIT_EXPECT_EQ(test, delete_module("params"), 0l);
}

static void a_module_that_uses_another(struct kunit *test)
{
	load_against_odds(test, "exporter.ko", NULL);
	load_against_odds(test, "user.ko", NULL);
	KUNIT_EXPECT_EQ(test, delete_module("user"), 0l);
	KUNIT_EXPECT_EQ(test, delete_module("exporter"), 0l);
}

static void a_module_with_per_cpu_variables(struct kunit *test)
{
	load_against_odds(test, "tally.ko", NULL);
	KUNIT_EXPECT_EQ(test, delete_module("tally"), 0l);
}

static void the_counter_counts(struct kunit *test)
{
	void *p;

	fail_nth_start(2);
	p = kmalloc(16384, GFP_KERNEL);		/* its pages are the second */
	KUNIT_EXPECT_TRUE(test, fail_nth_end());
	KUNIT_EXPECT_NULL(test, p);
	fail_nth_start(3);
	p = kmalloc(16384, GFP_KERNEL);
	KUNIT_EXPECT_FALSE(test, fail_nth_end());
	KUNIT_EXPECT_NOT_NULL(test, p);
	kfree(p);
}

/* Whatever a case that gave up has left behind. */
static void unload_all(struct kunit *test)
{
	static const char *const names[] = { "user", "exporter", "empty", "params", "tally" };

	fail_nth_end();
	for (unsigned int i = 0; i < ARRAY_SIZE(names); i++)
		delete_module(names[i]);
}

static struct kunit_case nomem_cases[] = {
	KUNIT_CASE(the_counter_counts),
	KUNIT_CASE(a_plain_module),
	KUNIT_CASE(a_module_with_parameters),
	KUNIT_CASE(a_module_that_uses_another),
	KUNIT_CASE(a_module_with_per_cpu_variables),
	{}
};

static struct kunit_suite nomem_suite = {
	.name = "module_nomem",
	.exit = unload_all,
	.test_cases = nomem_cases,
};
kunit_test_suite(nomem_suite);
