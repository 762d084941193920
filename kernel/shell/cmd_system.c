// SPDX-License-Identifier: GPL-2.0
/* Commands about the system as a whole: its end and its log. */
#include <linux/console.h>
#include <linux/kernel.h>
#include <linux/panic.h>
#include <linux/reboot.h>
#include <linux/string.h>
#include <stopgap/console.h>
#include <stopgap/shell.h>

#include "shell.h"

static int poweroff_run(int argc, char **argv)
{
	machine_power_off();
}
SHELL_COMMAND(poweroff, poweroff_run, NULL, "", "switch the machine off; QEMU exits with status 0");

static int reboot_run(int argc, char **argv)
{
	machine_restart();
}
SHELL_COMMAND(reboot, reboot_run, NULL, "", "start the machine again");

static int panic_run(int argc, char **argv)
{
	char message[128] = "";
	int i;

	for (i = 1; i < argc; i++) {
		strlcat(message, i > 1 ? " " : "", sizeof(message));
		strlcat(message, argv[i], sizeof(message));
	}
	panic("%s", argc > 1 ? message : "asked for in the shell");
}
SHELL_COMMAND(panic, panic_run, NULL, "[WORD...]",
	      "panic, as if something had gone wrong beyond repair");

static void print_log_line(void *arg, const char *line)
{
	shell_puts(line);
	shell_puts("\n");
}

static int dmesg_run(int argc, char **argv)
{
	dmesg_for_each(print_log_line, NULL);
	return 0;
}
SHELL_COMMAND(dmesg, dmesg_run, NULL, "", "print the kernel's log");
