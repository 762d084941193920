// SPDX-License-Identifier: GPL-2.0
/*
 * Parameters: words, types, errors and their messages, as the boot line and insmod will meet them.
 */
// LINK: kernel/core/params.c kernel/core/param_types.c
#define KBUILD_MODNAME "hello"

#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/moduleparam.h>

#include "unit.h"

static u8 b;
module_param(b, byte, 0644);
MODULE_PARM_DESC(b, "a byte");
static int num = -1;
module_param_named(some_number, num, int, 0444);
static char *word = "default";
module_param(word, charp, 0444);
static bool flag;
module_param(flag, bool, 0644);
static bool off = true;
core_param(noflag, off, invbool, 0644);
static char name[8] = "none";
module_param_string(name, name, sizeof(name), 0644);
static int list[3];
static unsigned int list_num;
module_param_array(list, int, &list_num, 0444);
static char *words[2];
module_param_array(words, charp, NULL, 0444);
static unsigned long long big;
core_param(big, big, ullong, 0);

static char line[256];

static long parse(const char *text, parse_unknown_fn unknown, void *arg)
{
	char *rest;

	unit_log_clear();
	libc_strcpy(line, text);
	rest = parse_args("hello", line, __start___param, __stop___param - __start___param, arg,
			  unknown);
	return IS_ERR(rest) ? PTR_ERR(rest) : rest ? rest - line : 0;
}

TEST(types)
{
	CHECK_EQ(parse("hello.b=255 hello.some-number=-7 hello.word=x hello.flag noflag=n "
		       "big=0xffffffffffffffff",
		       NULL, NULL), 0);
	CHECK_EQ(b, 255);
	CHECK_EQ(num, -7);
	CHECK_STR(word, "x");
	CHECK(flag && off);
	CHECK_EQ(big, -1);
	CHECK_EQ(parse("hello.flag=off noflag=1", NULL, NULL), 0);
	CHECK(!flag && !off);
	CHECK_STR(unit_log, "");
}

TEST(quotes)
{
	CHECK_EQ(parse("hello.word=\"b c\" hello.b=1", NULL, NULL), 0);
	CHECK_STR(word, "b c");
	CHECK_EQ(b, 1);
	CHECK_EQ(parse("  \"hello.word=d  e\"  hello.b=2 ", NULL, NULL), 0);
	CHECK_STR(word, "d  e");
	CHECK_EQ(b, 2);
	CHECK_EQ(parse("hello.word=a=b hello.b=3", NULL, NULL), 0);
	CHECK_STR(word, "a=b");
	CHECK_EQ(parse("hello.word=\"open end", NULL, NULL), 0);
	CHECK_STR(word, "open end");
	CHECK_EQ(parse("hello.word=", NULL, NULL), 0);
	CHECK_STR(word, "");
}

TEST(errors_are_named)
{
	CHECK_EQ(parse("hello.b=300", NULL, NULL), -ERANGE);
	CHECK_STR(unit_log, "hello: `300' invalid for parameter `hello.b'\n");
	CHECK_EQ(parse("hello.b", NULL, NULL), -EINVAL);
	CHECK_STR(unit_log, "hello: `' invalid for parameter `hello.b'\n");
	CHECK_EQ(parse("hello.name=12345678", NULL, NULL), -ENOSPC);
	CHECK_STR(unit_log, "hello: `12345678' too large for parameter `hello.name'\n");
	CHECK_EQ(parse("frob=1", NULL, NULL), -ENOENT);
	CHECK_STR(unit_log, "hello: Unknown parameter `frob'\n");
}

TEST(an_error_does_not_stop_the_rest)
{
	CHECK_EQ(parse("frob hello.b=x hello.some_number=5", NULL, NULL), -ENOENT);
	CHECK_EQ(num, 5);
}

static int note_unknown(char *param, char *val, const char *doing, void *arg)
{
	snprintf(arg, 32, "%s:%s:%s", doing, param, val ? val : "-");
	return 0;
}

TEST(unknown_words_are_handed_on)
{
	char seen[32];

	CHECK_EQ(parse("quiet", note_unknown, seen), 0);
	CHECK_STR(seen, "hello:quiet:-");
	CHECK_EQ(parse("a=b", note_unknown, seen), 0);
	CHECK_STR(seen, "hello:a:b");
}

TEST(two_dashes_end_it)
{
	CHECK_EQ(parse("hello.b=9 -- b=10; more", NULL, NULL), 13);
	CHECK_EQ(b, 9);
	CHECK_STR(line + 13, "b=10; more");
}

TEST(strings_and_arrays)
{
	CHECK_EQ(parse("hello.name=1234567 hello.list=1,-2,0x3 hello.words=ab,cd", NULL, NULL), 0);
	CHECK_STR(name, "1234567");
	CHECK_EQ(list_num, 3);
	CHECK_EQ(list[0] + 10 * list[1] + 100 * list[2], 1 - 20 + 300);
	CHECK_STR(words[0], "ab");
	CHECK_STR(words[1], "cd");
	CHECK_EQ(parse("hello.list=1,2,3,4", NULL, NULL), -EINVAL);
	CHECK_STR(unit_log, "hello.list: can only take 3 arguments\n"
			    "hello: `1,2,3,4' invalid for parameter `hello.list'\n");
	CHECK_EQ(parse("hello.list=7,x", NULL, NULL), -EINVAL);
	CHECK_STR(unit_log, "hello: `7,x' invalid for parameter `hello.list'\n");
	CHECK_EQ(list_num, 3);
}

static const char *value(const char *wanted)
{
	static char buffer[PARAM_GET_SIZE];
	const struct kernel_param *kp;

	for (kp = __start___param; kp < __stop___param; kp++)
		if (parameq(kp->name, wanted))
			break;
	if (kp < __stop___param)
		return kp->ops->get(buffer, kp) == (int)strlen(buffer) ? buffer : "wrong length";
	return "no such parameter";
}

TEST(values_print_as_they_parse)
{
	CHECK_EQ(parse("hello.b=17 hello.list=4,5 hello.flag=1 noflag=1 hello.name=abc "
		       "hello.word=w", NULL, NULL), 0);
	CHECK_STR(value("hello.b"), "17");
	CHECK_STR(value("hello.list"), "4,5");
	CHECK_STR(value("hello.flag"), "Y");
	CHECK_STR(value("noflag"), "Y");
	CHECK_STR(value("hello.name"), "abc");
	CHECK_STR(value("hello-word"), "no such parameter");
	CHECK_STR(value("hello.word"), "w");
}

TEST(boot_line)
{
	unit_log_clear();
	libc_strcpy(line, "hello.b=5 root=/dev/sda quiet");
	parse_boot_params(line);
	CHECK_EQ(b, 5);
	CHECK_STR(unit_log,
		  "Unknown boot parameter `root=/dev/sda', ignored\n"
		  "Unknown boot parameter `quiet', ignored\n");
}
