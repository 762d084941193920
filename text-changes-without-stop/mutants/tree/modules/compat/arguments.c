// SPDX-License-Identifier: GPL-2.0
/* Parameters of several types, with permissions by name. */
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/stat.h>

static short small = 1;
static int number = 420;
static long large = 9999;
static char *text = "blah";
static int pair[2] = { 420, 420 };
static int pair_given;

module_param(small, short, S_IRUSR | S_IWUSR | S_IRGRP | S_IWGRP);
MODULE_PARM_DESC(small, "A short integer");
module_param(number, int, S_IRUGO);
MODULE_PARM_DESC(number, "An integer");
module_param(large, long, S_IRUSR);
MODULE_PARM_DESC(large, "A long integer");
module_param(text, charp, 0000);
MODULE_PARM_DESC(text, "A character string");
module_param_array(pair, int, &pair_given, 0000);
MODULE_PARM_DESC(pair, "An array of integers");

static int __init arguments_init(void)
{
	size_t i;

	pr_info("arguments: small %hd, number %d, large %ld, text %s\n", small, number, large,
		text);
	for (i = 0; i < ARRAY_SIZE(pair); i++)
		pr_info("arguments: pair[%zu] = %d\n", i, pair[i]);
	pr_info("arguments: %d of the pair were given\n", pair_given);
	return 0;
}

static void __exit arguments_exit(void)
{
}

module_init(arguments_init);
module_exit(arguments_exit);

MODULE_LICENSE("GPL");
