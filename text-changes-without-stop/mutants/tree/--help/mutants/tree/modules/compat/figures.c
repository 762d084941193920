// SPDX-License-Identifier: GPL-2.0
/* Small functions of the library: numbers, words, bits, checksums, sorting. */
#include <linux/bitmap.h>
#include <linux/bitops.h>
#include <linux/crc32.h>
#include <linux/ctype.h>
#include <linux/init.h>
#include <linux/jhash.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/sort.h>
#include <linux/string.h>

#undef pr_fmt
#define pr_fmt(fmt)	KBUILD_MODNAME ": " fmt

static int greater(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

static void words(void)
{
	char line[] = "alpha,,beta", *rest = line, *word, *joined;
	int major, minor;

	while ((word = strsep(&rest, ",")) != NULL)
		pr_info("word '%s'\n", word);
	if (sscanf("release 6.1", "release %d.%d", &major, &minor) == 2)
		pr_info("major %d, minor %d\n", major, minor);
	joined = kasprintf(GFP_KERNEL, "%s-%03d", "part", 7);
	if (joined)
		pr_info("%s has %zu letters\n", joined, strlen(joined));
	kfree(joined);
}

static void bits(void)
{
	DECLARE_BITMAP(map, 100);
	unsigned long bit;

	bitmap_zero(map, 100);
	set_bit(3, map);
	__set_bit(99, map);
	for_each_set_bit(bit, map, 100)
		pr_info("bit %lu\n", bit);
	pr_info("weight %d, mask %#lx, order %d\n", bitmap_weight(map, 100), GENMASK(7, 4), ilog2(4096));
}

static int __init figures_init(void)
{
	int numbers[] = { 7, -2, 19, 0 };
	unsigned int value;

	words();
	bits();
	sort(numbers, ARRAY_SIZE(numbers), sizeof(numbers[0]), greater, NULL);
	pr_info("from %d to %d\n", numbers[0], numbers[3]);
	pr_info("crc %08x\n", crc32(~0, "123456789", 9) ^ ~0);
	pr_info("hash %08x\n", jhash("stopgap", 7, 0));
	pr_info("kstrtouint says %d, clamped to %d, at least %u\n", kstrtouint("-1", 10, &value),
		clamp(120, 0, 100), max_t(unsigned int, 3, 2));
	return 0;
}

static void __exit figures_exit(void)
{
}

module_init(figures_init);
module_exit(figures_exit);

MODULE_LICENSE("GPL");
