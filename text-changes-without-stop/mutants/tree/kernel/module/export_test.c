// SPDX-License-Identifier: GPL-2.0
/*
 * Every export can be found by its name, which needs the linker to have sorted them; and who may
 * use what is found.
 */
#include <kunit/test.h>
#include <linux/errno.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/string.h>
#include <stopgap/backdoor.h>
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

static void the_back_door_opens_and_shuts(struct kunit *test)
{
	static const char *const names[] = { "kallsyms_lookup_name", "kallsyms_on_each_symbol" };
	const char *before = backdoor_get();
	struct symbol_search search;

	for (unsigned int i = 0; i < ARRAY_SIZE(names); i++) {
		KUNIT_EXPECT_EQ(test, backdoor_set("none"), 0);
		KUNIT_EXPECT_FALSE_MSG(test, find(names[i], true, &search), "%s", names[i]);
		KUNIT_EXPECT_FALSE(test, search.gpl_refused);
		KUNIT_EXPECT_EQ(test, backdoor_set("gpl"), 0);
		KUNIT_EXPECT_TRUE_MSG(test, find(names[i], true, &search), "%s", names[i]);
		KUNIT_EXPECT_FALSE(test, find(names[i], false, &search));
		KUNIT_EXPECT_TRUE(test, search.gpl_refused);
	}
	KUNIT_EXPECT_EQ(test, backdoor_set("maybe"), -EINVAL);
	KUNIT_EXPECT_STREQ(test, backdoor_get(), "gpl");
	backdoor_set(before);
}

/* ---- rules ---- */

#define PROPRIETARY	(1UL << TAINT_PROPRIETARY_MODULE)

/* A module that uses a symbol of class @license, whose owner is tainted @owner_taints. */
static int admit(struct module *user, enum mod_license license, unsigned long owner_taints)
{
	static const struct kernel_symbol sym = { .name = "thing" };
	struct module owner = { .name = "owner", .taints = owner_taints };
	struct load_info info = { .name = "user", .mod = user };
	struct symbol_search search = { .name = sym.name, .owner = &owner, .sym = &sym,
					.license = license };

	return admit_export(&info, &search);
}

static void gpl_only_and_proprietary_do_not_mix(struct kunit *test)
{
	struct module first = { .name = "first" }, second = { .name = "second" };

	KUNIT_EXPECT_EQ(test, admit(&first, NOT_GPL_ONLY, 0), 0);
	KUNIT_EXPECT_FALSE(test, first.using_gplonly_symbols);
	KUNIT_EXPECT_EQ(test, admit(&first, GPL_ONLY, 0), 0);
	KUNIT_EXPECT_TRUE(test, first.using_gplonly_symbols);
	KUNIT_EXPECT_EQ(test, admit(&first, NOT_GPL_ONLY, PROPRIETARY), -ENOENT);
	KUNIT_EXPECT_EQ(test, first.taints, 0ul);

	KUNIT_EXPECT_EQ(test, admit(&second, NOT_GPL_ONLY, PROPRIETARY), 0);
	KUNIT_EXPECT_EQ(test, second.taints, PROPRIETARY);
}

static void an_owner_out_of_tree_taints_nobody(struct kunit *test)
{
	struct module user = { .name = "user" };

	KUNIT_EXPECT_EQ(test, admit(&user, GPL_ONLY, 1UL << TAINT_OOT_MODULE), 0);
	KUNIT_EXPECT_EQ(test, user.taints, 0ul);
}

static void a_namespace_has_to_be_imported(struct kunit *test)
{
	static const struct kernel_symbol sym = { .name = "thing", .namespace = "ELSEWHERE" };
	static const struct elf_image says_nothing;
	struct module user = { .name = "user" };
	struct load_info info = { .name = "user", .mod = &user, .img = &says_nothing };
	struct symbol_search search = { .name = sym.name, .sym = &sym };

	KUNIT_EXPECT_EQ(test, admit_export(&info, &search), -EINVAL);
}

static void each_taint_of_a_module_has_its_letter(struct kunit *test)
{
	unsigned long all = PROPRIETARY | 1UL << TAINT_OOT_MODULE | 1UL << TAINT_FORCED_MODULE |
			    1UL << TAINT_DIE;
	char letters[MODULE_FLAGS_BUF_SIZE];

	KUNIT_EXPECT_EQ(test, module_flags_taint(0, letters), 0ul);
	letters[module_flags_taint(all, letters)] = '\0';
	KUNIT_EXPECT_STREQ(test, letters, "PFO");
}

static struct kunit_case export_cases[] = {
	KUNIT_CASE(every_export_is_found),
	KUNIT_CASE(others_are_not),
	KUNIT_CASE(the_back_door_opens_and_shuts),
	KUNIT_CASE(gpl_only_and_proprietary_do_not_mix),
	KUNIT_CASE(an_owner_out_of_tree_taints_nobody),
	KUNIT_CASE(a_namespace_has_to_be_imported),
	KUNIT_CASE(each_taint_of_a_module_has_its_letter),
	{}
};

static struct kunit_suite export_suite = { .name = "module_export", .test_cases = export_cases };

kunit_test_suite(export_suite);
