// SPDX-License-Identifier: GPL-2.0
/*
 * The runner of in-kernel tests: the KTAP it prints for cases that pass, fail, skip and give up,
 * and what it cleans up.
 */
// LINK: kernel/core/kunit.c
#include <kunit/test.h>

#include "unit.h"

/* The linker's set is empty here; the tests bring suites of their own. */
struct kunit_suite * const __start_kunit_suites[1], * const __stop_kunit_suites[1];

static int inits, exits, after_assert;

static void passes(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, 1 + 1, 2);
	KUNIT_EXPECT_STREQ(test, "a", "a");
	KUNIT_EXPECT_PTR_EQ(test, test->priv, &inits);
	KUNIT_EXPECT_NOT_ERR_OR_NULL(test, kunit_kzalloc(test, 10, GFP_KERNEL));
}

static void fails_twice(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, -1, inits - inits);
	KUNIT_EXPECT_TRUE_MSG(test, !test, "round %d", 7);
}

static void gives_up(struct kunit *test)
{
	KUNIT_EXPECT_NOT_NULL(test, kunit_kmalloc(test, 100, GFP_KERNEL));
	KUNIT_ASSERT_STREQ(test, "left", "right");
	after_assert++;
}

static void skips(struct kunit *test)
{
	kunit_skip(test, "needs %d CPUs", 2);
	after_assert++;
}

static int init(struct kunit *test)
{
	inits++;
	test->priv = &inits;
	return 0;
}

static void finish(struct kunit *test)
{
	exits++;
}

static struct kunit_case mixed_cases[] = {
	KUNIT_CASE(passes), KUNIT_CASE(fails_twice), KUNIT_CASE(gives_up), KUNIT_CASE(skips), {}
};
static struct kunit_suite mixed = {
	.name = "mixed", .init = init, .exit = finish, .test_cases = mixed_cases
};

static struct kunit_case good_cases[] = { KUNIT_CASE(passes), {} };
static struct kunit_suite good = { .name = "good", .init = init, .test_cases = good_cases };

static int refuse(struct kunit_suite *suite)
{
	return -ENODEV;
}
static struct kunit_suite broken = {
	.name = "broken", .suite_init = refuse, .test_cases = good_cases
};

static struct kunit_suite * const both[] = { &good, &mixed };

static int run(struct kunit_suite * const *suites, int n, const char *filter,
	       struct kunit_result *res)
{
	unit_log_clear();
	return kunit_run_suites(suites, suites + n, filter, res);
}

TEST(a_good_suite)
{
	struct kunit_result res;

	CHECK_EQ(run(both, 1, NULL, &res), 0);
	CHECK_STR(unit_log,
		  "KTAP version 1\n1..1\n"
		  "    KTAP version 1\n    # Subtest: good\n    1..1\n    ok 1 passes\nok 1 good\n"
		  "# Totals: pass:1 fail:0 skip:0 total:1\n");
	CHECK_EQ(unit_kmalloc_live, 0);
}

TEST(failures_are_told)
{
	struct kunit_result res;

	inits = exits = 0;
	CHECK_EQ(run(both, 2, NULL, &res), -EIO);
	CHECK_EQ(res.passed, 2);
	CHECK_EQ(res.failed, 2);
	CHECK_EQ(res.skipped, 1);
	CHECK_EQ(inits, 5);
	CHECK_EQ(exits, 4);
	CHECK_EQ(after_assert, 0);
	CHECK_EQ(unit_kmalloc_live, 0);
	CHECK(strstr(unit_log, "# fails_twice: EXPECTATION FAILED at kunit_test.c:"));
	CHECK(strstr(unit_log, "#   left:  -1 (0xffffffffffffffff)\n    #   right: 0 (0x0)\n"));
	CHECK(strstr(unit_log, "# Expected !test to be true, but it is false\n    # round 7\n"));
	CHECK(strstr(unit_log, "# gives_up: ASSERTION FAILED"));
	CHECK(strstr(unit_log, "#   left:  \"left\"\n    #   right: \"right\"\n"));
	CHECK(strstr(unit_log,
		     "    not ok 3 gives_up\n    ok 4 skips # SKIP needs 2 CPUs\n"
		     "not ok 2 mixed\n"));
}

TEST(filters)
{
	struct kunit_result res;

	CHECK_EQ(run(both, 2, "good", &res), 0);
	CHECK_EQ(run(both, 2, "*.passes", &res), 0);
	CHECK_EQ(res.passed, 2);
	CHECK_EQ(run(both, 2, "mixed.skip?", &res), 0);
	CHECK_EQ(res.skipped, 1);
	CHECK_EQ(run(both, 2, "nothing", &res), -ENOENT);
	CHECK_EQ(run(both, 2, "good.skips", &res), -ENOENT);
	CHECK_STR(unit_log, "");
}

TEST(a_suite_that_cannot_start)
{
	struct kunit_suite * const suites[] = { &broken };
	struct kunit_result res;

	CHECK_EQ(run(suites, 1, NULL, &res), -EIO);
	CHECK(strstr(unit_log, "    # suite_init failed: -ENODEV\nnot ok 1 broken\n"));
}
