// SPDX-License-Identifier: GPL-2.0
/*
 * Parameters in the kernel itself: the linker's table, and parsing into a table of the test's own.
 */
#include <kunit/test.h>
#include <linux/moduleparam.h>
#include <linux/printk.h>

static int number;
static bool flag;
static char *word;

static const struct kernel_param own[] = {
	{ .name = "number", .ops = &param_ops_int, .arg = &number },
	{ .name = "flag", .ops = &param_ops_bool, .arg = &flag },
	{ .name = "word", .ops = &param_ops_charp, .arg = &word },
};

static long parse(char *line)
{
	return PTR_ERR(parse_args("params_test", line, own, ARRAY_SIZE(own), NULL, NULL));
}

static void values_arrive(struct kunit *test)
{
	char line[] = "number=-12 flag word=\"two words\"";

	KUNIT_EXPECT_EQ(test, parse(line), 0);
	KUNIT_EXPECT_EQ(test, number, -12);
	KUNIT_EXPECT_TRUE(test, flag);
	KUNIT_EXPECT_STREQ(test, word, "two words");
}

static void errors_come_back(struct kunit *test)
{
	char range[] = "number=3000000000", unknown[] = "frob=1", missing[] = "number";

	KUNIT_EXPECT_EQ(test, parse(range), -ERANGE);
	KUNIT_EXPECT_EQ(test, parse(unknown), -ENOENT);
	KUNIT_EXPECT_EQ(test, parse(missing), -EINVAL);
}

static void built_in_table_holds_loglevel(struct kunit *test)
{
	const struct kernel_param *kp;

	for (kp = __start___param; kp < __stop___param; kp++)
		if (parameq(kp->name, "loglevel"))
			break;
	KUNIT_ASSERT_TRUE(test, kp < __stop___param);
	KUNIT_EXPECT_PTR_EQ(test, kp->arg, (void *)&console_loglevel);
	KUNIT_EXPECT_NULL(test, kp->mod);
}

static struct kunit_case params_cases[] = {
	KUNIT_CASE(values_arrive),
	KUNIT_CASE(errors_come_back),
	KUNIT_CASE(built_in_table_holds_loglevel),
	{}
};

static struct kunit_suite params_suite = { .name = "params", .test_cases = params_cases };
kunit_test_suite(params_suite);
