// SPDX-License-Identifier: GPL-2.0
/*
 * The ramdisk this kernel was booted with: whatever is in it must be found, by number and by name.
 */
#include <kunit/test.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include <stopgap/boot_info.h>
#include <stopgap/ramdisk.h>

static int needs_a_ramdisk(struct kunit *test)
{
	if (boot_info.initrd_start == boot_info.initrd_end)
		kunit_skip(test, "no initrd");
	return 0;
}

static unsigned int count_files(void)
{
	struct ramdisk_file file;
	unsigned int n = 0;

	while (ramdisk_nth(n, &file) == 0)
		n++;
	return n;
}

static void it_is_not_empty_and_ends(struct kunit *test)
{
	struct ramdisk_file file;
	unsigned int count = count_files();

	KUNIT_EXPECT_GT(test, count, 0u);
	KUNIT_EXPECT_EQ(test, ramdisk_nth(count, &file), -ENOENT);
	KUNIT_EXPECT_EQ(test, ramdisk_nth(UINT_MAX, &file), -ENOENT);
}

static void every_file_is_found_by_name(struct kunit *test)
{
	struct ramdisk_file file, found;
	char name[256];
	unsigned int n;

	for (n = 0; ramdisk_nth(n, &file) == 0; n++) {
		KUNIT_EXPECT_NE(test, file.name[0], '/');
		KUNIT_EXPECT_FALSE(test, strstarts(file.name, "./"));
		KUNIT_EXPECT_EQ(test, (unsigned long)file.data % 4, 0ul);
		snprintf(name, sizeof(name), "./%s", file.name);
		KUNIT_EXPECT_EQ(test, ramdisk_find(name, &found), 0);
		KUNIT_EXPECT_EQ(test, ramdisk_find(name + 1, &found), 0);
		KUNIT_ASSERT_EQ(test, ramdisk_find(file.name, &found), 0);
		KUNIT_EXPECT_STREQ(test, found.name, file.name);
	}
}

static void what_is_not_there_is_not_found(struct kunit *test)
{
	struct ramdisk_file file;

	KUNIT_EXPECT_EQ(test, ramdisk_find("no such file", &file), -ENOENT);
	KUNIT_EXPECT_EQ(test, ramdisk_find("", &file), -ENOENT);
}

static struct kunit_case ramdisk_cases[] = {
	KUNIT_CASE(it_is_not_empty_and_ends),
	KUNIT_CASE(every_file_is_found_by_name),
	KUNIT_CASE(what_is_not_there_is_not_found),
	{}
};

static struct kunit_suite ramdisk_suite = {
	.name = "ramdisk",
	.init = needs_a_ramdisk,
	.test_cases = ramdisk_cases,
};
kunit_test_suite(ramdisk_suite);
