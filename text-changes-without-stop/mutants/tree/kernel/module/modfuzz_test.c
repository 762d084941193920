// SPDX-License-Identifier: GPL-2.0
/* Some damaged copies of every module in the ramdisk; the shell's modfuzz tries more. */
#include <kunit/test.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include <stopgap/mm.h>
#include "internal.h"
#include "modfuzz.h"

#define COPIES	6	/* of each file */
#define SEED	20050606

static bool is_module(const char *name)
{
	size_t len = strlen(name);

	return len > 3 && !strcmp(name + len - 3, ".ko");
}

static void damaged_modules_leave_nothing(struct kunit *test)
{
	struct modfuzz all = { .seed = SEED, .count = COPIES };
	struct mm_stat before, after;
	struct ramdisk_file file;

	mm_stat(&before);
	for (unsigned int n = 0; !ramdisk_nth(n, &file); n++)
		if (is_module(file.name))
			KUNIT_EXPECT_EQ_MSG(test, modfuzz_run(&all, &file), 0, "%s", file.name);
	mm_stat(&after);
	if (!all.loaded && !all.refused)
		kunit_skip(test, "no modules in the ramdisk");
	/* Damage of both kinds: what matters and what does not. */
	KUNIT_EXPECT_GT(test, all.loaded, 0u);
	KUNIT_EXPECT_GT(test, all.refused, 0u);
	KUNIT_EXPECT_EQ(test, after.free, before.free);
	KUNIT_EXPECT_EQ(test, after.kmalloc_objects, before.kmalloc_objects);
	KUNIT_EXPECT_EQ(test, after.vmap, before.vmap);
}

static struct kunit_case modfuzz_cases[] = {
	KUNIT_CASE(damaged_modules_leave_nothing),
	{}
};

static struct kunit_suite modfuzz_suite = {
	.name = "modfuzz",
	.test_cases = modfuzz_cases,
};
kunit_test_suite(modfuzz_suite);
