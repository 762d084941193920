// SPDX-License-Identifier: GPL-2.0
/* The commands every shell has. */
#include <linux/delay.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/kstrtox.h>
#include <linux/ktime.h>
#include <linux/minmax.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <stopgap/console.h>
#include <stopgap/shell.h>

#include "proc_files.h"
#include "shell.h"

#define USAGE_COLUMN	36	/* where help's second column begins */
#define SLEEP_STEP_MS	20	/* how often sleep looks for ^C */

static int usage(const char *name)
{
	return shell_usage(shell_find(name));
}

static void help_one(const struct shell_command *cmd)
{
	const char *args = cmd->usage ?: "";
	int used = strlen(cmd->name) + 1 + strlen(args);

	cprintf("%s %s", cmd->name, args);
	if (used >= USAGE_COLUMN) {
		cprintf("\n");
		used = 0;
	}
	cprintf("%*s%s\n", USAGE_COLUMN - used, "", cmd->help);
}

static int help_run(int argc, char **argv)
{
	const struct shell_command *cmd;
	unsigned int n;

	if (argc == 2) {
		cmd = shell_find(argv[1]);
		if (!cmd || !cmd->help) {
			cprintf("help: %s: no such command\n", argv[1]);
			return -ENOENT;
		}
		help_one(cmd);
		return 0;
	}
	for (n = 0; (cmd = shell_nth(n)) != NULL; n++)
		if (cmd->help)
			help_one(cmd);
	cprintf("\nCOMMAND; COMMAND runs both. \"...\", '...' and \\ quote, # begins a comment.\n");
	cprintf("Tab completes, cursor up recalls, ^C interrupts, ^L clears (and resizes).\n");
	return 0;
}
SHELL_COMMAND(help, help_run, shell_complete_command, "[COMMAND]",
	      "list all commands, or describe one");

static int echo_run(int argc, char **argv)
{
	int i;

	if (argc > 2 && !strcmp(argv[argc - 2], ">"))
		return shell_echo_tree(argv[argc - 1], argc - 3, argv + 1);
	if (argc > 1 && argv[argc - 1][0] == '>' && argv[argc - 1][1])
		return shell_echo_tree(argv[argc - 1] + 1, argc - 2, argv + 1);
	for (i = 1; i < argc; i++) {
		shell_puts(argv[i]);
		if (i + 1 < argc)
			shell_puts(" ");
	}
	shell_puts("\n");
	return 0;
}
SHELL_COMMAND(echo, echo_run, NULL, "[WORD...] [> FILE]",
	      "print the words, or write them to a file in /proc, /sys, /dev");

static int history_run(int argc, char **argv)
{
	unsigned int back = 0;

	while (shell_history(back + 1))
		back++;
	for (; back; back--) {
		const char *line = shell_history(back);

		cprintf("%4d  ", -(int)back);
		shell_puts(line);
		shell_puts("\n");
	}
	return 0;
}
SHELL_COMMAND(history, history_run, NULL, "", "list the last lines typed");

static int clear_run(int argc, char **argv)
{
	cprintf("\033[H\033[2J");
	return 0;
}
SHELL_COMMAND(clear, clear_run, NULL, "", "clear the terminal");

static int true_run(int argc, char **argv)
{
	return 0;
}
SHELL_COMMAND(true, true_run, NULL, "", "succeed");

static int false_run(int argc, char **argv)
{
	return -EPERM;
}
SHELL_COMMAND(false, false_run, NULL, "", "fail");

/* "2", "0.5", "1.25": seconds to milliseconds. */
static int parse_seconds(char *text, unsigned int *ms)
{
	char *point = strchr(text, '.');
	unsigned int seconds = 0, part = 0, weight = 100;

	if (point) {
		*point++ = '\0';
		if (!*point)
			return -EINVAL;
		for (; *point; point++, weight /= 10) {
			if (*point < '0' || *point > '9')
				return -EINVAL;
			part += (*point - '0') * weight;
		}
	}
	if (!(point && !*text) && (kstrtouint(text, 10, &seconds) || seconds > UINT_MAX / 1000 - 1))
		return -EINVAL;
	*ms = seconds * 1000 + part;
	return 0;
}

static int sleep_run(int argc, char **argv)
{
	u64 now, end;
	unsigned int ms;

	if (argc != 2 || parse_seconds(argv[1], &ms))
		return usage("sleep");
	end = ktime_get_ns() + ms * (u64)NSEC_PER_MSEC;
	while ((now = ktime_get_ns()) < end) {
		if (shell_interrupted())
			return -EINTR;
		msleep(min_t(u64, SLEEP_STEP_MS, DIV_ROUND_UP(end - now, NSEC_PER_MSEC)));
	}
	return 0;
}
SHELL_COMMAND(sleep, sleep_run, NULL, "SECONDS", "wait; fractions are fine; ^C ends it");

static int time_run(int argc, char **argv)
{
	u64 start, us;
	int err;

	if (argc < 2)
		return usage("time");
	start = ktime_get_ns();
	err = shell_call(argc - 1, argv + 1);
	us = (ktime_get_ns() - start) / NSEC_PER_USEC;
	cprintf("time: %llu.%03llu ms\n", us / 1000, us % 1000);
	return err;
}

static const char *time_complete(int argc, const char *word, int n)
{
	return argc == 2 ? shell_complete_command(argc, word, n) : NULL;
}
SHELL_COMMAND(time, time_run, time_complete, "COMMAND [ARG...]",
	      "run a command and print how long it took");

/* shell_call() with copies of the words, since a command may cut up its own. */
static int call_with_copies(int argc, char **argv)
{
	char **copies = kmalloc_array(argc + 1, sizeof(*copies), GFP_KERNEL);
	int err = -ENOMEM;
	int n;

	if (!copies)
		return -ENOMEM;
	for (n = 0; n < argc; n++) {
		copies[n] = kstrdup(argv[n], GFP_KERNEL);
		if (!copies[n])
			goto out_free;
	}
	copies[argc] = NULL;
	err = shell_call(argc, copies);
out_free:
	while (n-- > 0)
		kfree(copies[n]);
	kfree(copies);
	return err;
}

static int repeat_run(int argc, char **argv)
{
	unsigned int count, i;
	int err;

	if (argc < 3 || kstrtouint(argv[1], 0, &count))
		return usage("repeat");
	for (i = 0; i < count; i++) {
		err = call_with_copies(argc - 2, argv + 2);
		cond_resched();
		if (!err && shell_interrupted())
			err = -EINTR;
		if (err) {
			cprintf("repeat: stopped in round %u of %u\n", i + 1, count);
			return err;
		}
	}
	return 0;
}

static const char *repeat_complete(int argc, const char *word, int n)
{
	return argc == 3 ? shell_complete_command(argc, word, n) : NULL;
}
SHELL_COMMAND(repeat, repeat_run, repeat_complete, "N COMMAND [ARG...]",
	      "run a command N times, or until it fails");

static int uptime_run(int argc, char **argv)
{
	u64 ms = ktime_get_ns() / NSEC_PER_MSEC;

	cprintf("up %llu.%03llu s\n", ms / 1000, ms % 1000);
	return 0;
}
SHELL_COMMAND(uptime, uptime_run, NULL, "", "print the time since the kernel was entered");
