// SPDX-License-Identifier: GPL-2.0
/* The shell's "usecount": the check of use counts, on and off, and what it has seen. */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include <stopgap/console.h>
#include <stopgap/shell.h>
#include <stopgap/usecount.h>

static int usecount_command(int argc, char **argv)
{
	if (argc == 2 && !strcmp(argv[1], "forget")) {
		usecount_forget();
	} else if (argc == 2 && (!strcmp(argv[1], "on") || !strcmp(argv[1], "off"))) {
		WRITE_ONCE(usecount_validate, !strcmp(argv[1], "on"));
	} else if (argc != 1) {
		cprintf("usage: usecount [on|off|forget]\n");
		return -EINVAL;
	}
	cprintf("usecount: %s, %u reports\n", usecount_validate ? "on" : "off", usecount_reports());
	return 0;
}
SHELL_COMMAND(usecount, usecount_command, NULL, "[on|off|forget]",
	      "the check of modules' use counts; forget: report known places again");
