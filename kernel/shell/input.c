// SPDX-License-Identifier: GPL-2.0
/*
 * What has been typed and not read yet. While a command runs nobody reads lines, but
 * shell_interrupted() looks through what comes in for ^C; everything else waits here for the next
 * prompt, in order and complete. Commands in the background keep away from it: the shell reads
 * meanwhile, and ^C is for the line that is being typed, or for who is in the foreground.
 */
#include <linux/errno.h>
#include <linux/sched.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <stopgap/console.h>
#include <stopgap/shell.h>

#include "shell.h"

#define CTRL_C	0x03

static DEFINE_SPINLOCK(input_lock);	/* the three below; taken by any thread */
static char input[4096];
static size_t input_len;
static bool interrupted;

/*
 * Take over what the console has, as far as there is room. With @watch, ^C throws away what came
 * before it.
 */
static void fill(bool watch)
{
	int c;

	while (input_len < sizeof(input) && (c = console_poll_getc()) >= 0) {
		if (watch && c == CTRL_C) {
			interrupted = true;
			input_len = 0;
			return;
		}
		input[input_len++] = c;
	}
}

static void drop(size_t n)
{
	input_len -= n;
	memmove(input, input + n, input_len);
}

bool shell_interrupted_for(struct task_struct *task)
{
	unsigned long flags;
	bool ret;

	if (shell_in_background(task))
		return false;
	spin_lock_irqsave(&input_lock, flags);
	fill(true);
	ret = interrupted;
	spin_unlock_irqrestore(&input_lock, flags);
	return ret;
}

bool shell_interrupted(void)
{
	return shell_interrupted_for(current);
}

/* A new line begins to run. A ^C that came in behind it, with the same gulp, is meant for it. */
void shell_interrupt_clear(void)
{
	unsigned long flags;
	size_t after;

	spin_lock_irqsave(&input_lock, flags);
	for (after = input_len; after > 0 && input[after - 1] != CTRL_C; after--)
		;
	interrupted = after > 0;
	drop(after);
	spin_unlock_irqrestore(&input_lock, flags);
}

/*
 * Wait for input and show it: *@bytes, until shell_input_take(). Only the interactive shell reads,
 * and only while no command of its runs, so what is shown stays where it is. Return: how many
 * bytes, at least 1.
 */
size_t shell_input_wait(const char **bytes)
{
	unsigned long flags;
	char first = input_len ? '\0' : console_getc();

	spin_lock_irqsave(&input_lock, flags);
	if (!input_len)
		input[input_len++] = first;
	fill(false);
	spin_unlock_irqrestore(&input_lock, flags);
	*bytes = input;
	return input_len;
}

/* The first @n bytes shown have been used. */
void shell_input_take(size_t n)
{
	unsigned long flags;

	spin_lock_irqsave(&input_lock, flags);
	drop(n);
	spin_unlock_irqrestore(&input_lock, flags);
}
