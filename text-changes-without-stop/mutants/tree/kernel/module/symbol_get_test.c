// SPDX-License-Identifier: GPL-2.0
/* An address from symbol_get() comes with a reference to the module, and only then. */
#include <kunit/test.h>
#include <linux/errno.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <stopgap/ramdisk.h>
#include "internal.h"

/* exporter.ko's; declared here so that symbol_get() knows their types. */
extern int exporter_gpl_value(void);
extern int exporter_calls;
extern void synchronize_rcu(void);

static int load_exporter(struct kunit *test)
{
	struct ramdisk_file file;

	if (ramdisk_find("exporter.ko", &file)) {
		kunit_skip(test, "no exporter.ko in the ramdisk");
		return -ENOENT;
	}
	return (int)load_module_image(file.data, file.size, NULL, NULL);
}

static int references(const char *name)
{
	int count;

	mutex_lock(&module_mutex);
	count = module_refcount(find_module(name));
	mutex_unlock(&module_mutex);
	return count;
}

static void the_module_is_held(struct kunit *test)
{
	int (*value)(void);

	if (load_exporter(test))
		return;
	value = symbol_get(exporter_gpl_value);
	KUNIT_ASSERT_NOT_NULL(test, value);
	KUNIT_EXPECT_EQ(test, value(), 42);
	KUNIT_ASSERT_EQ(test, references("exporter"), 1);
	KUNIT_EXPECT_EQ(test, delete_module("exporter"), (long)-EWOULDBLOCK);
	symbol_put(exporter_gpl_value);
	KUNIT_EXPECT_EQ(test, references("exporter"), 0);
	KUNIT_ASSERT_NOT_NULL(test, symbol_get(exporter_gpl_value));
	symbol_put_addr(value);
	KUNIT_EXPECT_EQ(test, delete_module("exporter"), 0l);
}

static void what_is_not_there_is_not_held(struct kunit *test)
{
	KUNIT_EXPECT_NULL(test, symbol_get(exporter_gpl_value));
}

static void only_gpl_symbols(struct kunit *test)
{
	if (load_exporter(test))
		return;
	KUNIT_EXPECT_NULL(test, symbol_get(exporter_calls));
	KUNIT_EXPECT_EQ(test, references("exporter"), 0);
	KUNIT_EXPECT_EQ(test, delete_module("exporter"), 0l);
}

static void the_kernel_needs_no_reference(struct kunit *test)
{
	KUNIT_EXPECT_PTR_EQ(test, symbol_get(synchronize_rcu), &synchronize_rcu);
	symbol_put(synchronize_rcu);
	symbol_put_addr(&synchronize_rcu);
}

static struct kunit_case symbol_get_cases[] = {
	KUNIT_CASE(the_module_is_held),
	KUNIT_CASE(what_is_not_there_is_not_held),
	KUNIT_CASE(only_gpl_symbols),
	KUNIT_CASE(the_kernel_needs_no_reference),
	{}
};

static struct kunit_suite symbol_get_suite = {
	.name = "symbol_get", .test_cases = symbol_get_cases,
};

kunit_test_suite(symbol_get_suite);
