/* SPDX-License-Identifier: GPL-2.0 */
/* How any part of the kernel adds a command to the serial shell. */
#ifndef _STOPGAP_SHELL_H
#define _STOPGAP_SHELL_H

#include <linux/types.h>

struct task_struct;

/**
 * struct shell_command - one command, placed in the linker set .shell_commands by SHELL_COMMAND()
 * @name: the word typed
 * @usage: its arguments, for help. More words than it has are refused before @run is called, unless "..." or " | " is
 *	in it, as only @run knows then; NULL: any number
 * @help: one line; NULL keeps the command out of help and completion (tests have such)
 * @run: gets argc/argv as main() would; returns 0 or a negative errno, having printed why
 * @complete: completes argument number @argc - 1; may be NULL
 */
struct shell_command {
	const char *name;
	const char *usage;
	const char *help;
	int (*run)(int argc, char **argv);
	/* Return the @n-th candidate that starts with @word, NULL when there are no more. */
	const char *(*complete)(int argc, const char *word, int n);
};

#define SHELL_COMMAND(_name, _run, _complete, _usage, _help)				\
	static const struct shell_command __PASTE(__shell_command_, _name)		\
		__used __section(".shell_commands") __aligned(8) = {			\
			.name = #_name, .usage = (_usage), .help = (_help),		\
			.run = (_run), .complete = (_complete) }

/* A command with data of its own, or which would measure what others do: see shell_run_alone(). */
#define SHELL_COMMAND_ALONE(_name, _run, _complete, _usage, _help)			\
	static int __PASTE(__shell_alone_, _name)(int argc, char **argv)		\
	{										\
		return shell_run_alone(_run, argc, argv);				\
	}										\
	SHELL_COMMAND(_name, __PASTE(__shell_alone_, _name), _complete, _usage, _help)

int shell_run_alone(int (*run)(int argc, char **argv), int argc, char **argv);

extern const struct shell_command __start_shell_commands[], __stop_shell_commands[];

int shell_run_line(char *line);
int shell_batch(const char *cmds);
void __noreturn shell_loop(void);

/*
 * Has ^C been typed since the line that is running began? Long commands look now and then, and
 * return -EINTR. Never true for a command in the background.
 */
bool shell_interrupted(void);
/* The same, asked by a thread that a command has made: @task is the command's own. */
bool shell_interrupted_for(struct task_struct *task);

/* For .complete: names of files in the ramdisk, names of commands. */
const char *shell_complete_file(int argc, const char *word, int n);
const char *shell_complete_command(int argc, const char *word, int n);
void shell_completing_word(int index, char *buf, size_t size);

#endif
