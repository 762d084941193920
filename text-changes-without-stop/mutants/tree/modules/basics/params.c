// SPDX-License-Identifier: GPL-2.0
/* Parameters: insmod params.ko count=3 loud=y whom="old friend" table=1,2,3 */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/moduleparam.h>

static int count = 1;
module_param(count, int, 0444);
MODULE_PARM_DESC(count, "how often to say it");

static bool loud;
module_param(loud, bool, 0444);
MODULE_PARM_DESC(loud, "with an exclamation mark");

static char *whom = "world";
module_param(whom, charp, 0444);
MODULE_PARM_DESC(whom, "whom to greet");

static int table[4];
static unsigned int table_len;
module_param_array(table, int, &table_len, 0444);
MODULE_PARM_DESC(table, "up to four numbers");

static int __init params_init(void)
{
	for (int i = 0; i < count; i++)
		pr_info("params: Hello, %s%s\n", whom, loud ? "!" : "");
	for (unsigned int i = 0; i < table_len; i++)
		pr_info("params: table[%u] = %d\n", i, table[i]);
	return 0;
}

static void __exit params_exit(void)
{
}

module_init(params_init);
module_exit(params_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Takes an int, a bool, a string and an array");
