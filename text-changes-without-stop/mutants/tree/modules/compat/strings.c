// SPDX-License-Identifier: GPL-2.0
/* String helpers, and a line for the terminal instead of the log. */
#include <linux/ctype.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/tty.h>

static void print_string(char *str)
{
	struct tty_struct *tty = get_current_tty();

	if (!tty)
		return;
	tty->driver->ops->write(tty, (unsigned char *)str, strlen(str));
	tty->driver->ops->write(tty, (unsigned char *)"\015\012", 2);
	tty_kref_put(tty);
}

static int __init strings_init(void)
{
	char line[] = "  red,green,blue  ", *rest = strim(line), *word, *p;
	int a, b;

	while ((word = strsep(&rest, ",")) != NULL) {
		for (p = word; *p; p++)
			*p = toupper(*p);
		pr_info("strings: %s\n", word);
	}
	if (sscanf("6x7", "%dx%d", &a, &b) == 2)
		pr_info("strings: product %d\n", a * b);
	print_hex_dump(KERN_INFO, "strings: ", DUMP_PREFIX_OFFSET, 16, 1, "dump", 4, true);
	print_string("strings: straight to the terminal");
	return 0;
}

static void __exit strings_exit(void)
{
	print_string("strings: gone");
}

module_init(strings_init);
module_exit(strings_exit);

MODULE_LICENSE("GPL");
