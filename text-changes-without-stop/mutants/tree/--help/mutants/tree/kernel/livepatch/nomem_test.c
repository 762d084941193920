// SPDX-License-Identifier: GPL-2.0
/*
 * Out of memory at every allocation of registering and enabling a patch, one after the other, and of loading a module
 * that patches wait for: each refusal is -ENOMEM, nothing is half enabled, and nothing is left behind.
 *
 * What is loaded are the modules of the livepatch lesson; their init registers and enables, so its allocations are
 * among those that fail.
 */
#include <kunit/test.h>
#include <linux/errno.h>
#include <linux/fault-inject.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/printk.h>
#include <linux/rcupdate.h>
#include <linux/string.h>
#include <stopgap/livepatch_lesson.h>
#include <stopgap/mm.h>
#include <stopgap/ramdisk.h>

#include "internal.h"

#define MOST_ALLOCATIONS	500	/* more than any module here takes */

static int loglevel;

static void load(struct kunit *test, const char *name)
{
	struct ramdisk_file file;

	if (ramdisk_find(name, &file))
		kunit_skip(test, "no %s in the ramdisk", name);
	KUNIT_ASSERT_EQ(test, load_module_image(file.data, file.size, NULL, NULL), 0l);
}

static struct klp_patch *patch_of(const char *module)
{
	struct klp_patch *patch;

	list_for_each_entry(patch, &klp_patches, list)
		if (!strcmp(patch->mod->name, module))
			return patch;
	return NULL;
}

/* Nothing of what failed is there: not in memory, not among the patches, and in nobody's way. */
static void expect_nothing(struct kunit *test, const struct mm_stat *before, unsigned int nth, int a, int b)
{
	struct mm_stat after;

	rcu_barrier();	/* sites that were armed are let go later */
	mm_stat(&after);
	KUNIT_EXPECT_EQ_MSG(test, livepatch_a(), a, "allocation %u", nth);
	KUNIT_EXPECT_EQ_MSG(test, livepatch_call(), b, "allocation %u", nth);
	KUNIT_EXPECT_EQ_MSG(test, after.free, before->free, "allocation %u", nth);
	KUNIT_EXPECT_EQ_MSG(test, after.kmalloc_objects, before->kmalloc_objects, "allocation %u", nth);
	KUNIT_EXPECT_EQ_MSG(test, after.vmap_areas, before->vmap_areas, "allocation %u", nth);
}

static void unload(const char *ko)
{
	char name[MODULE_NAME_LEN];
	struct klp_patch *patch;

	strscpy(name, ko, min(sizeof(name), strlen(ko) - strlen(".ko") + 1));
	patch = patch_of(name);
	if (patch)
		klp_disable_patch(patch);
	delete_module(name);
}

/*
 * Load @name, with failures up to the last allocation; until it stays, a() and b() answer @a and @b. It is loaded once
 * before, because page tables of the vmap window are kept.
 */
static void load_against_odds(struct kunit *test, const char *name, int a, int b)
{
	struct mm_stat before;
	struct ramdisk_file file;
	unsigned int nth = 0;
	long ret;

	load(test, name);
	unload(name);
	KUNIT_ASSERT_EQ(test, ramdisk_find(name, &file), 0);
	mm_stat(&before);
	for (;;) {
		fail_nth_start(++nth);
		ret = load_module_image(file.data, file.size, NULL, NULL);
		if (!fail_nth_end())
			break;
		KUNIT_ASSERT_EQ_MSG(test, ret, (long)-ENOMEM, "%s, allocation %u", name, nth);
		expect_nothing(test, &before, nth, a, b);
		KUNIT_ASSERT_LT(test, nth, MOST_ALLOCATIONS);
	}
	KUNIT_ASSERT_EQ(test, ret, 0l);
}

/* Enable @patch, which is not; return after how many failures it was. */
static unsigned int enable_against_odds(struct kunit *test, struct klp_patch *patch, int a, int b)
{
	struct mm_stat before;
	unsigned int nth = 0;
	int err;

	mm_stat(&before);
	for (;;) {
		fail_nth_start(++nth);
		err = klp_enable_patch(patch);
		if (!fail_nth_end())
			break;
		KUNIT_ASSERT_EQ_MSG(test, err, -ENOMEM, "allocation %u", nth);
		KUNIT_EXPECT_EQ_MSG(test, patch->state, KLP_DISABLED, "allocation %u", nth);
		KUNIT_EXPECT_EQ_MSG(test, patch->objs[0].state, KLP_DISABLED, "allocation %u", nth);
		KUNIT_EXPECT_EQ_MSG(test, patch->objs[1].state, KLP_DISABLED, "allocation %u", nth);
		expect_nothing(test, &before, nth, a, b);
		KUNIT_ASSERT_LT(test, nth, MOST_ALLOCATIONS);
	}
	KUNIT_ASSERT_EQ(test, err, 0);
	return nth - 1;
}

static void enabling(struct kunit *test)
{
	struct klp_patch *p1;

	load(test, "livepatch_m.ko");
	load(test, "livepatch_p1.ko");
	p1 = patch_of("livepatch_p1");
	KUNIT_ASSERT_NOT_NULL(test, p1);
	KUNIT_ASSERT_EQ(test, klp_disable_patch(p1), 0);
	/* For each of a() and b() at least a stack and a change of the sites. */
	KUNIT_EXPECT_GE(test, enable_against_odds(test, p1, 0, 0), 4u);
	KUNIT_EXPECT_EQ(test, livepatch_call(), 11);
}

/* It never fails, whatever is refused to it, and what could not be tidied up then is tidied up the next time. */
static void disabling(struct kunit *test)
{
	struct mm_stat before;
	struct klp_patch *p1;
	unsigned int nth = 0;
	bool refused;

	load(test, "livepatch_m.ko");
	load(test, "livepatch_p1.ko");
	p1 = patch_of("livepatch_p1");
	KUNIT_ASSERT_NOT_NULL(test, p1);
	KUNIT_ASSERT_EQ(test, klp_disable_patch(p1), 0);
	rcu_barrier();
	mm_stat(&before);
	do {
		KUNIT_ASSERT_EQ(test, klp_enable_patch(p1), 0);
		fail_nth_start(++nth);
		KUNIT_EXPECT_EQ_MSG(test, klp_disable_patch(p1), 0, "allocation %u", nth);
		refused = fail_nth_end();
		KUNIT_EXPECT_EQ_MSG(test, livepatch_call(), 0, "allocation %u", nth);
		KUNIT_ASSERT_LT(test, nth, MOST_ALLOCATIONS);
	} while (refused);
	KUNIT_EXPECT_GT(test, nth, 1u);
	expect_nothing(test, &before, nth, 0, 0);
}

static void registering_and_enabling(struct kunit *test)
{
	load(test, "livepatch_m.ko");
	load_against_odds(test, "livepatch_p1.ko", 0, 0);
	load_against_odds(test, "livepatch_p2.ko", 1, 11);
	KUNIT_EXPECT_EQ(test, livepatch_call(), 22);
}

static void relocations(struct kunit *test)
{
	load(test, "livepatch_m.ko");
	load_against_odds(test, "livepatch_reloc.ko", 0, 0);
	KUNIT_EXPECT_EQ(test, livepatch_call(), 44);
}

static void a_module_that_patches_wait_for(struct kunit *test)
{
	load(test, "livepatch_p1.ko");
	load(test, "livepatch_p2.ko");
	load_against_odds(test, "livepatch_m.ko", 2, -ENODEV);
	KUNIT_EXPECT_EQ(test, livepatch_call(), 22);
}

static int hush(struct kunit *test)
{
	loglevel = console_loglevel;
	console_loglevel = 0;
	return 0;
}

static void unload_all(struct kunit *test)
{
	static const char *const names[] = {
		"livepatch_reloc.ko", "livepatch_p2.ko", "livepatch_p1.ko", "livepatch_m.ko",
	};

	fail_nth_end();
	for (unsigned int i = 0; i < ARRAY_SIZE(names); i++)
		unload(names[i]);
	console_loglevel = loglevel;
}

static struct kunit_case nomem_cases[] = {
	KUNIT_CASE(enabling),
	KUNIT_CASE(disabling),
	KUNIT_CASE(registering_and_enabling),
	KUNIT_CASE(relocations),
	KUNIT_CASE(a_module_that_patches_wait_for),
	{}
};

static struct kunit_suite nomem_suite = {
	.name = "livepatch_nomem",
	.init = hush,
	.exit = unload_all,
	.test_cases = nomem_cases,
};
kunit_test_suite(nomem_suite);
