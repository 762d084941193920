/* SPDX-License-Identifier: GPL-2.0 */
/* Between the files of the shell. */
#ifndef _SHELL_SHELL_H
#define _SHELL_SHELL_H

#include <linux/types.h>

struct shell_command;
struct task_struct;

#define SHELL_PROMPT	"stopgap# "

/* What shell_run() shows besides the commands' own output. */
#define SHELL_ECHO	1	/* each command, behind a prompt, before it runs */
#define SHELL_NOTE	2	/* the meaning of the errno of each command that fails */

int shell_run(char *line, unsigned int flags);
/*
 * Run a command in a thread of its own, and wait for it. Context: may sleep. Return: its status; -EFAULT if an oops
 * killed it, after a message.
 */
int shell_run_job(const struct shell_command *cmd, int argc, char **argv);
/* The same, but do not wait. Return: 0, or an errno after a message if it could not be started. */
int shell_run_background(const struct shell_command *cmd, int argc, char **argv);
/* Return: whether the thread is a command's that the shell goes on without. Context: any; @task exists. */
bool shell_in_background(struct task_struct *task);
/* Wait for all in the background. Return: the first status that is not 0. */
int shell_wait_all(void);
/* Run a command in the calling thread. Return: its status. */
int shell_call(int argc, char **argv);
/* Print how @cmd is used. Return: -EINVAL. */
int shell_usage(const struct shell_command *cmd);
/* Return: the command called @name, or NULL. */
const struct shell_command *shell_find(const char *name);
/* Commands that run besides the listed ones: a test's. Context: no line is running. */
void shell_set_extra(const struct shell_command *cmds, unsigned int n);
/* Return: the @n-th command in alphabetical order, NULL past the end. */
const struct shell_command *shell_nth(unsigned int n);
/* Print a string of any length. */
void shell_puts(const char *s);
/* What an errno means, in words; "error" if that is not known. */
const char *shell_strerror(int err);
/* Return: the @back-th last line typed, or NULL. */
const char *shell_history(unsigned int back);

/* Bytes typed: wait for some, then look at them, then take @n. */
size_t shell_input_wait(const char **bytes);
void shell_input_take(size_t n);
void shell_interrupt_clear(void);

/* Candidates for the line editor; see struct lineedit_ops. */
const char *shell_complete(const char *head, const char *word, int n);

#endif
