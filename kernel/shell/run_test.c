// SPDX-License-Identifier: GPL-2.0
/* What a line of commands does and returns, with commands of the test's own that leave a trace. */
#include <kunit/test.h>
#include <linux/errno.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <stopgap/shell.h>

#include "shell.h"

static char trace[128];

/* Appends its arguments to the trace. */
static int note_run(int argc, char **argv)
{
	int i;

	for (i = 1; i < argc; i++) {
		strlcat(trace, "<", sizeof(trace));
		strlcat(trace, argv[i], sizeof(trace));
		strlcat(trace, ">", sizeof(trace));
	}
	/* As commands may: the next one must not see this. */
	for (i = 1; i < argc; i++)
		argv[i][0] = '\0';
	return 0;
}

static int busy_run(int argc, char **argv)
{
	return -EBUSY;
}

/* Ends its thread as an oops would. */
static int die_run(int argc, char **argv)
{
	do_exit(0);
}

static const struct shell_command commands[] = {
	{ .name = "_note", .run = note_run },
	{ .name = "_busy", .run = busy_run },
	{ .name = "_die", .run = die_run },
	{ .name = "_none", .usage = "", .run = note_run },
	{ .name = "_two", .usage = "WORD [WORD]", .run = note_run },
	{ .name = "_many", .usage = "[WORD...]", .run = note_run },
	{ .name = "_choice", .usage = "on | off", .run = note_run },
};

static int add_commands(struct kunit_suite *suite)
{
	shell_set_extra(commands, ARRAY_SIZE(commands));
	return 0;
}

static void remove_commands(struct kunit_suite *suite)
{
	shell_set_extra(NULL, 0);
}

static int run(const char *text)
{
	char line[128];

	strscpy(line, text, sizeof(line));
	trace[0] = '\0';
	return shell_run_line(line);
}

static void commands_run_in_order(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, run("_note a; _note 'b c' d;; _note e # f"), 0);
	KUNIT_EXPECT_STREQ(test, trace, "<a><b c><d><e>");
}

static void an_empty_line_succeeds(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, run(""), 0);
	KUNIT_EXPECT_EQ(test, run(" ; ;# nothing"), 0);
}

static void the_first_failure_counts_and_the_rest_runs(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, run("_note a; _busy; _note b; false; _note c"), -EBUSY);
	KUNIT_EXPECT_STREQ(test, trace, "<a><b><c>");
}

static void an_unknown_command_is_enoent(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, run("_nonsense; _busy; _note a"), -ENOENT);
	KUNIT_EXPECT_STREQ(test, trace, "<a>");
}

static void a_usage_says_how_many_words(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, run("_none; _two a b; _many c d e; _choice f g h"), 0);
	KUNIT_EXPECT_STREQ(test, trace, "<a><b><c><d><e><f><g><h>");
	KUNIT_EXPECT_EQ(test, run("_none a"), -EINVAL);
	KUNIT_EXPECT_EQ(test, run("_two a b c"), -EINVAL);
	KUNIT_EXPECT_EQ(test, run("_two a b c &"), -EINVAL);
	KUNIT_EXPECT_EQ(test, run("time _none a"), -EINVAL);
	KUNIT_EXPECT_STREQ(test, trace, "");
	KUNIT_EXPECT_EQ(test, run("_two a b & wait"), 0);
	KUNIT_EXPECT_STREQ(test, trace, "<a><b>");
}

static void nothing_runs_of_a_bad_line(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, run("_note a; _note \"b"), -EINVAL);
	KUNIT_EXPECT_STREQ(test, trace, "");
}

static void a_killed_command_is_efault(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, run("_die; _note a"), -EFAULT);
	KUNIT_EXPECT_STREQ(test, trace, "<a>");
}

static void repeat_repeats_until_a_failure(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, run("repeat 3 _note a b"), 0);
	KUNIT_EXPECT_STREQ(test, trace, "<a><b><a><b><a><b>");
	KUNIT_EXPECT_EQ(test, run("repeat 3 _busy"), -EBUSY);
	KUNIT_EXPECT_EQ(test, run("repeat x _note a"), -EINVAL);
	KUNIT_EXPECT_EQ(test, run("repeat 0 _busy"), 0);
}

static void time_returns_the_commands_status(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, run("time _note a"), 0);
	KUNIT_EXPECT_STREQ(test, trace, "<a>");
	KUNIT_EXPECT_EQ(test, run("time _busy"), -EBUSY);
}

static void commands_are_in_order(struct kunit *test)
{
	unsigned int n;

	for (n = 1; shell_nth(n); n++)
		KUNIT_EXPECT_LT(test, strcmp(shell_nth(n - 1)->name, shell_nth(n)->name), 0);
}

static void tab_offers_what_fits(struct kunit *test)
{
	const char *head = "echo a; he";

	KUNIT_EXPECT_STREQ(test, shell_complete(head, head + 8, 0), "help");
	head = "help hel";
	KUNIT_EXPECT_STREQ(test, shell_complete(head, head + 5, 0), "help");
	head = "true ";
	KUNIT_EXPECT_PTR_EQ(test, shell_complete(head, head + 5, 0), NULL);
	head = "_no";
	KUNIT_EXPECT_PTR_EQ(test, shell_complete(head, head, 0), NULL);
}

static struct kunit_case shell_cases[] = {
	KUNIT_CASE(commands_run_in_order),
	KUNIT_CASE(an_empty_line_succeeds),
	KUNIT_CASE(the_first_failure_counts_and_the_rest_runs),
	KUNIT_CASE(an_unknown_command_is_enoent),
	KUNIT_CASE(a_usage_says_how_many_words),
	KUNIT_CASE(nothing_runs_of_a_bad_line),
	KUNIT_CASE(a_killed_command_is_efault),
	KUNIT_CASE(repeat_repeats_until_a_failure),
	KUNIT_CASE(time_returns_the_commands_status),
	KUNIT_CASE(commands_are_in_order),
	KUNIT_CASE(tab_offers_what_fits),
	{}
};

static struct kunit_suite shell_suite = {
	.name = "shell",
	.suite_init = add_commands,
	.suite_exit = remove_commands,
	.test_cases = shell_cases,
};
kunit_test_suite(shell_suite);
