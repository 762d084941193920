// SPDX-License-Identifier: GPL-2.0
/* The symbol table of the running kernel: every symbol both ways, and the formats people read. */
#include <kunit/test.h>
#include <linux/kallsyms.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include "kallsyms_internal.h"

/* A function of the image, of known name, to look up. */
#define TARGET	((unsigned long)sprint_symbol)

static void looks_up_a_function_by_address(struct kunit *test)
{
	unsigned long size = 0, offset = ~0ul;
	char name[KSYM_NAME_LEN + 1];
	char *modname = name;

	KUNIT_ASSERT_PTR_EQ(test, kallsyms_lookup(TARGET + 4, &size, &offset, &modname, name),
			    name);
	KUNIT_EXPECT_STREQ(test, name, "sprint_symbol");
	KUNIT_EXPECT_EQ(test, offset, 4ul);
	KUNIT_EXPECT_GT(test, size, 4ul);
	KUNIT_EXPECT_NULL(test, modname);
	KUNIT_EXPECT_NOT_NULL(test, kallsyms_lookup(TARGET + size - 1, NULL, &offset, NULL, name));
	KUNIT_EXPECT_STREQ(test, name, "sprint_symbol");
	KUNIT_EXPECT_EQ(test, offset, size - 1);
}

static void looks_up_names(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, kallsyms_lookup_name("sprint_symbol"), TARGET);
	KUNIT_EXPECT_EQ(test, kallsyms_lookup_name("kallsyms_lookup"),
			(unsigned long)kallsyms_lookup);
	KUNIT_EXPECT_EQ(test, kallsyms_lookup_name("sprint_symbo"), 0ul);
	KUNIT_EXPECT_EQ(test, kallsyms_lookup_name("no_such_module:kallsyms_lookup"), 0ul);
	KUNIT_EXPECT_EQ(test, kallsyms_lookup_name(""), 0ul);
}

static void knows_no_name_for_foreign_addresses(struct kunit *test)
{
	char name[KSYM_NAME_LEN + 1] = "before";

	KUNIT_EXPECT_NULL(test, kallsyms_lookup(0, NULL, NULL, NULL, name));
	KUNIT_EXPECT_NULL(test, kallsyms_lookup(~0ul, NULL, NULL, NULL, name));
	KUNIT_EXPECT_NULL(test, kallsyms_lookup(kallsyms_kernel_table.base - 1, NULL, NULL, NULL,
						name));
	KUNIT_EXPECT_FALSE(test, is_kernel_text((unsigned long)name));
	KUNIT_EXPECT_TRUE(test, is_kernel_text(TARGET));
	KUNIT_EXPECT_TRUE(test, is_ksym_addr((unsigned long)&kallsyms_kernel_table));
}

struct name_search {
	unsigned long addr;
	bool found;
};

static int note_address(void *data, unsigned long addr)
{
	struct name_search *search = data;

	search->found |= addr == search->addr;
	return 0;
}

/*
 * Name to address, to this symbol among those of its name; address to a name, to this one or an
 * alias.
 */
static int check_symbol(void *data, const char *name, unsigned long addr)
{
	struct name_search search = { .addr = addr };
	char found[KSYM_NAME_LEN + 1];
	struct kunit *test = data;
	unsigned long offset = ~0ul;

	kallsyms_on_each_match_symbol(note_address, name, &search);
	KUNIT_EXPECT_TRUE_MSG(test, search.found, "%s not found at %lx", name, addr);
	KUNIT_EXPECT_NOT_NULL_MSG(test, kallsyms_lookup(addr, NULL, &offset, NULL, found), "%s",
				  name);
	KUNIT_EXPECT_EQ_MSG(test, offset, 0ul, "%s resolves to %s", name, found);
	search.found = false;
	kallsyms_on_each_match_symbol(note_address, found, &search);
	KUNIT_EXPECT_TRUE_MSG(test, search.found, "%s at %lx resolves to %s", name, addr, found);
	return 0;
}

static void resolves_every_symbol_both_ways(struct kunit *test)
{
	KUNIT_EXPECT_GT(test, kallsyms_kernel_table.num_syms, 100u);
	KUNIT_EXPECT_EQ(test, kallsyms_on_each_symbol(check_symbol, test), 0);
}

static int stop_at_third(void *data, const char *name, unsigned long addr)
{
	return ++*(int *)data == 3 ? -EINTR : 0;
}

static void ends_a_walk_when_asked(struct kunit *test)
{
	int calls = 0;

	KUNIT_EXPECT_EQ(test, kallsyms_on_each_symbol(stop_at_third, &calls), -EINTR);
	KUNIT_EXPECT_EQ(test, calls, 3);
	KUNIT_EXPECT_EQ(test, kallsyms_on_each_match_symbol(note_address, "no_such_symbol", NULL),
			-ESRCH);
}

static void prints_symbols(struct kunit *test)
{
	char text[KSYM_SYMBOL_LEN], want[KSYM_SYMBOL_LEN];
	unsigned long size = 0;

	KUNIT_ASSERT_EQ(test, kallsyms_lookup_size_offset(TARGET, &size, NULL), 1);
	snprintf(want, sizeof(want), "sprint_symbol+0x8/0x%lx", size);
	KUNIT_EXPECT_EQ(test, sprint_symbol(text, TARGET + 8), (int)strlen(want));
	KUNIT_EXPECT_STREQ(test, text, want);
	sprint_symbol_no_offset(text, TARGET + 8);
	KUNIT_EXPECT_STREQ(test, text, "sprint_symbol");
	/* As a return address, the function's end belongs to the function. */
	snprintf(want, sizeof(want), "sprint_symbol+0x%lx/0x%lx", size, size);
	sprint_backtrace(text, TARGET + size);
	KUNIT_EXPECT_STREQ(test, text, want);
	KUNIT_EXPECT_EQ(test, sprint_symbol(text, 0x1234), 6);
	KUNIT_EXPECT_STREQ(test, text, "0x1234");
	sprint_backtrace(text, 0x1234);
	KUNIT_EXPECT_STREQ(test, text, "0x1234");
}

/* A line of source may follow. */
static void expect_start(struct kunit *test, const char *text, const char *start)
{
	KUNIT_EXPECT_TRUE_MSG(test, strstarts(text, start), "\"%s\" is not \"%s\"", text, start);
}

static void formats_symbols(struct kunit *test)
{
	char text[2 * KSYM_SYMBOL_LEN], want[KSYM_SYMBOL_LEN];

	sprint_symbol(want, TARGET + 4);
	snprintf(text, sizeof(text), "%pS", (void *)(TARGET + 4));
	expect_start(test, text, want);
	sprint_backtrace(want, TARGET);
	snprintf(text, sizeof(text), "%pB", (void *)TARGET);
	expect_start(test, text, want);
	snprintf(text, sizeof(text), "%ps", (void *)(TARGET + 4));
	KUNIT_EXPECT_STREQ(test, text, "sprint_symbol");
	snprintf(text, 9, "%pS", (void *)TARGET);
	KUNIT_EXPECT_STREQ(test, text, "sprint_s");
}

static struct kunit_case kallsyms_cases[] = {
	KUNIT_CASE(looks_up_a_function_by_address),
	KUNIT_CASE(looks_up_names),
	KUNIT_CASE(knows_no_name_for_foreign_addresses),
	KUNIT_CASE(resolves_every_symbol_both_ways),
	KUNIT_CASE(ends_a_walk_when_asked),
	KUNIT_CASE(prints_symbols),
	KUNIT_CASE(formats_symbols),
	{}
};

static struct kunit_suite kallsyms_suite = { .name = "kallsyms", .test_cases = kallsyms_cases };

kunit_test_suite(kallsyms_suite);
