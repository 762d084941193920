// SPDX-License-Identifier: GPL-2.0
/*
 * Runs lines of commands. Each command runs in a thread of its own, which the caller waits for: an
 * oops kills the command and not the shell.
 */
#include <linux/completion.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/slab.h>
#include <linux/sort.h>
#include <linux/string.h>
#include <stopgap/console.h>
#include <stopgap/shell.h>

#include "parse.h"
#include "shell.h"

/* One command on its way; on the stack of the thread that waits for it. */
struct shell_job {
	const struct shell_command *cmd;
	int argc;
	char **argv;
	int status;
	bool finished;			/* it returned: an oops did not kill it */
	struct completion started;
};

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

static int not_found(const char *name)
{
	cprintf("%s: command not found\n", name);
	return -ENOENT;
}

int shell_call(int argc, char **argv)
{
	const struct shell_command *cmd = shell_find(argv[0]);

	return cmd ? cmd->run(argc, argv) : not_found(argv[0]);
}

static int job_thread(void *data)
{
	struct shell_job *job = data;

	complete(&job->started);
	job->status = job->cmd->run(job->argc, job->argv);
	job->finished = true;
	return 0;
}

/*
 * Run @job in a thread and wait for its end. kthread_stop() asks it to stop too, which no command
 * looks at.
 */
static int run_job(struct shell_job *job)
{
	struct task_struct *task;

	init_completion(&job->started);
	task = kthread_create(job_thread, job, "sh/%s", job->cmd->name);
	if (IS_ERR(task)) {
		cprintf("%s: no thread: %pe\n", job->cmd->name, task);
		return PTR_ERR(task);
	}
	get_task_struct(task);	/* it may end before kthread_stop() */
	wake_up_process(task);
	/* A thread that is stopped before it began would never call job_thread(). */
	wait_for_completion(&job->started);
	kthread_stop(task);
	put_task_struct(task);
	if (!job->finished) {
		cprintf("%s: killed by an oops\n", job->cmd->name);
		return -EFAULT;
	}
	return job->status;
}

static int run_command(int argc, char **argv)
{
	struct shell_job job = { .cmd = shell_find(argv[0]), .argc = argc, .argv = argv };

	return job.cmd ? run_job(&job) : not_found(argv[0]);
}

/* Which quotes @word needs to be read as one word. */
static const char *quote_for(const char *word)
{
	if (*word && !strpbrk(word, " \t\n;#\\\"'"))
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

/* Run the commands shell_parse() found. */
static int run_all(char **words, unsigned int flags)
{
	int first = 0;

	for (; *words; words += words_of(words) + 1) {
		int err;

		if (flags & SHELL_ECHO)
			echo_command(words);
		err = run_command(words_of(words), words);
		if (err && (flags & SHELL_NOTE))
			cprintf("[%d: %s]\n", err, shell_strerror(err));
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
	if (err < 0)
		cprintf("sh: %s\n", why);
	else
		err = run_all(words, flags);
	kfree(words);
	return err;
}

/**
 * shell_run_line() - run a line of commands
 * @line: commands separated by ';'; overwritten
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
 * Shows each command behind a prompt, as if it had been typed.
 *
 * Context: may sleep.
 * Return: as shell_run_line().
 */
int shell_batch(const char *cmds)
{
	char *line = kstrdup(cmds, GFP_KERNEL);
	int err;

	if (!line) {
		cprintf("sh: out of memory\n");
		return -ENOMEM;
	}
	err = shell_run(line, SHELL_ECHO | SHELL_NOTE);
	kfree(line);
	return err;
}
