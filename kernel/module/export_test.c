// SPDX-License-Identifier: GPL-2.0
/* Every export can be found by its name, which needs the linker to have sorted them. */
#include <kunit/test.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include "internal.h"

extern const struct kernel_symbol __start___ksymtab[], __stop___ksymtab[];
extern const struct kernel_symbol __start___ksymtab_gpl[], __stop___ksymtab_gpl[];

static bool find(const char *name, bool gpl_ok, struct symbol_search *search)
{
	bool found;

	*search = (struct symbol_search) { .name = name, .gpl_ok = gpl_ok };
	mutex_lock(&module_mutex);
	found = find_exported_symbol(search);
	mutex_unlock(&module_mutex);
	return found;
}

static void every_export_is_found(struct kunit *test)
{
	const struct kernel_symbol *k;
	struct symbol_search search;

	for (k = __start___ksymtab; k < __stop___ksymtab; k++) {
		KUNIT_EXPECT_TRUE_MSG(test, find(k->name, false, &search), "%s", k->name);
		KUNIT_EXPECT_PTR_EQ(test, search.sym, k);
	}
	for (k = __start___ksymtab_gpl; k < __stop___ksymtab_gpl; k++) {
		KUNIT_EXPECT_TRUE_MSG(test, find(k->name, true, &search), "%s", k->name);
		KUNIT_EXPECT_FALSE(test, find(k->name, false, &search));
		KUNIT_EXPECT_TRUE(test, search.gpl_refused);
	}
}

static void others_are_not(struct kunit *test)
{
	static const char *const names[] = { "", "A", "no_such_symbol", "printk_", "zzz", "~" };
	struct symbol_search search;

	for (unsigned int i = 0; i < ARRAY_SIZE(names); i++)
		KUNIT_EXPECT_FALSE_MSG(test, find(names[i], true, &search), "%s", names[i]);
}

static struct kunit_case export_cases[] = {
	KUNIT_CASE(every_export_is_found),
	KUNIT_CASE(others_are_not),
	{}
};

static struct kunit_suite export_suite = { .name = "module_export", .test_cases = export_cases };

kunit_test_suite(export_suite);
