// SPDX-License-Identifier: GPL-2.0
/* Runs lines of commands: finds each one, and starts it (jobs.c). */
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/sort.h>
#include <linux/string.h>
#include <stopgap/console.h>
#include <stopgap/shell.h>

#include "parse.h"
#include "shell.h"

/* The linker set in alphabetical order. */
static const struct shell_command **sorted __ro_after_init;
static unsigned int nr_sorted __ro_after_init;
/* A test's own, neither listed nor completed. */
static const struct shell_command *extra;
static unsigned int nr_extra;

static int by_name(const void *a, const void *b)
{
	const struct shell_command *const *left = a, *const *right = b;

	return strcmp((*left)->name, (*right)->name);
}

static int __init sort_commands(void)
{
	size_t count = __stop_shell_commands - __start_shell_commands;
	size_t i;

	sorted = kmalloc_array(count, sizeof(*sorted), GFP_KERNEL);
	if (!sorted)
		return -ENOMEM;
	for (i = 0; i < count; i++)
		sorted[i] = &__start_shell_commands[i];
	sort(sorted, count, sizeof(*sorted), by_name, NULL);
	nr_sorted = count;
	return 0;
}
core_initcall(sort_commands);

const struct shell_command *shell_nth(unsigned int n)
{
	return n < nr_sorted ? sorted[n] : NULL;
}

const struct shell_command *shell_find(const char *name)
{
	const struct shell_command *cmd;
	unsigned int n;

	for (n = 0; (cmd = shell_nth(n)) != NULL; n++)
		if (strcmp(cmd->name, name) == 0)
			return cmd;
	for (n = 0; n < nr_extra; n++)
		if (strcmp(extra[n].name, name) == 0)
			return &extra[n];
	return NULL;
}

void shell_set_extra(const struct shell_command *cmds, unsigned int n)
{
	extra = cmds;
	nr_extra = n;
}

void shell_puts(const char *s)
{
	console_write(s, strlen(s));
}

int shell_usage(const struct shell_command *cmd)
{
	bool bare = !cmd->usage || !*cmd->usage;

	cprintf("usage: %s%s%s\n", cmd->name, bare ? "" : " ", bare ? "" : cmd->usage);
	return -EINVAL;
}

/* As many words as a usage has are the most a command takes; "..." and a choice, " | ", only the command can judge. */
static int most_words(const char *usage)
{
	int words;

	if (!usage || strstr(usage, "...") || strstr(usage, " | "))
		return INT_MAX;
	for (words = *usage != '\0'; *usage; usage++)
		words += *usage == ' ';
	return words;
}

/* Find the command for these words. Return: 0, or an errno after a message: no such command, too many words. */
static int look_up(int argc, char **argv, const struct shell_command **cmd)
{
	*cmd = shell_find(argv[0]);
	if (!*cmd) {
		cprintf("%s: command not found\n", argv[0]);
		return -ENOENT;
	}
	return argc - 1 > most_words((*cmd)->usage) ? shell_usage(*cmd) : 0;
}

int shell_call(int argc, char **argv)
{
	const struct shell_command *cmd;

	return look_up(argc, argv, &cmd) ?: cmd->run(argc, argv);
}

static int run_command(int argc, char **argv)
{
	bool background = argv[argc - 1] == shell_ampersand;
	const struct shell_command *cmd;
	int err;

	argc -= background;
	err = look_up(argc, argv, &cmd);
	if (err)
		return err;
	return background ? shell_run_background(cmd, argc, argv) : shell_run_job(cmd, argc, argv);
}

/* Which quotes @word needs to be read as one word. */
static const char *quote_for(const char *word)
{
	if (word == shell_ampersand || (*word && !strpbrk(word, " \t\n;&#\\\"'")))
		return "";
	return strchr(word, '\'') ? "\"" : "'";
}

/* Show a command as it could have been typed. */
static void echo_command(char **argv)
{
	cprintf("%s", SHELL_PROMPT);
	for (; *argv; argv++) {
		const char *quote = quote_for(*argv);

		shell_puts(quote);
		shell_puts(*argv);
		shell_puts(quote);
		shell_puts(argv[1] ? " " : "\n");
	}
}

static int words_of(char **argv)
{
	int argc = 0;

	while (argv[argc])
		argc++;
	return argc;
}

/* Say what went wrong in general, behind what the command has said. */
static void note(int err, unsigned int flags)
{
	if (err && (flags & SHELL_NOTE))
		cprintf("[%d: %s]\n", err, shell_strerror(err));
}

/* Run the commands shell_parse() found. */
static int run_all(char **words, unsigned int flags)
{
	int first = 0;

	for (; *words; words += words_of(words) + 1) {
		int err;

		if (flags & SHELL_ECHO)
			echo_command(words);
		err = run_command(words_of(words), words);
		note(err, flags);
		if (!first)
			first = err;
		if (shell_interrupted())
			return first ? first : -EINTR;
	}
	return first;
}

/* shell_run_line(), showing more as @flags ask. */
int shell_run(char *line, unsigned int flags)
{
	size_t room = shell_parse_room(strlen(line));
	char **words = kmalloc_array(room, sizeof(*words), GFP_KERNEL);
	const char *why;
	int err;

	if (!words) {
		cprintf("sh: out of memory\n");
		return -ENOMEM;
	}
	err = shell_parse(line, words, &why);
	if (err < 0) {
		cprintf("sh: %s\n", why);
		note(err, flags);
	} else {
		err = run_all(words, flags);
	}
	kfree(words);
	return err;
}

/**
 * shell_run_line() - run a line of commands
 * @line: commands separated by ';', or by '&', which runs the one before it in the background; overwritten
 *
 * Nothing runs if the line cannot be parsed. A command that fails does not keep the next ones from
 * running; ^C does.
 *
 * Context: may sleep.
 * Return: 0, or the errno of the first command that failed (-ENOENT: no such command, -EFAULT:
 * killed by an oops), or -EINVAL if the line cannot be parsed.
 */
int shell_run_line(char *line)
{
	return shell_run(line, 0);
}

/**
 * shell_batch() - run commands nobody typed
 * @cmds: as for shell_run_line(), not overwritten
 *
 * Shows each command behind a prompt, as if it had been typed. At the end waits for those that are still in the
 * background.
 *
 * Context: may sleep.
 * Return: as shell_run_line(), or what failed in the background.
 */
int shell_batch(const char *cmds)
{
	char *line = kstrdup(cmds, GFP_KERNEL);
	int err, background;

	if (!line) {
		cprintf("sh: out of memory\n");
		return -ENOMEM;
	}
	err = shell_run(line, SHELL_ECHO | SHELL_NOTE);
	kfree(line);
	background = shell_wait_all();
	return err ?: background;
}
