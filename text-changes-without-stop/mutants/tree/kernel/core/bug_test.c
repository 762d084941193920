// SPDX-License-Identifier: GPL-2.0
/*
 * The table behind BUG and WARN: every entry leads to a trap instruction and back, and a warning is
 * survived.
 */
#include <kunit/test.h>
#include <linux/bug.h>

#define TWI_31_0_22	0x0fe00016

static void entries_lead_to_traps(struct kunit *test)
{
	const struct bug_entry *bug;

	KUNIT_EXPECT_GT(test, __stop___bug_table - __start___bug_table, 0L);
	for (bug = __start___bug_table; bug < __stop___bug_table; bug++) {
		unsigned long addr = (unsigned long)&bug->bug_addr_disp + bug->bug_addr_disp;
		const char *file = (const char *)&bug->file_disp + bug->file_disp;

		KUNIT_ASSERT_EQ_MSG(test, *(const u32 *)addr, (u32)TWI_31_0_22, "at %pS",
				    (void *)addr);
		KUNIT_EXPECT_PTR_EQ(test, find_bug(addr), bug);
		KUNIT_EXPECT_NULL(test, find_bug(addr + 4));
		KUNIT_EXPECT_NOT_NULL(test, strchr(file, '.'));
	}
}

static void warnings_are_survived(struct kunit *test)
{
	int i, warned = 0;

	for (i = 0; i < 3; i++)
		warned += WARN_ONCE(i > 0, "this warning is part of a test\n");
	KUNIT_EXPECT_EQ(test, warned, 2);
	KUNIT_EXPECT_FALSE(test, WARN_ON(warned < 0));
}

static struct kunit_case bug_cases[] = {
	KUNIT_CASE(entries_lead_to_traps),
	KUNIT_CASE(warnings_are_survived),
	{}
};

static struct kunit_suite bug_suite = { .name = "bug", .test_cases = bug_cases };
kunit_test_suite(bug_suite);
