// SPDX-License-Identifier: GPL-2.0
/* The interactive shell: reads lines with the editor, runs them, forever. */
#include <linux/kernel.h>
#include <linux/string.h>
#include <stopgap/console.h>
#include <stopgap/shell.h>

#include "lineedit.h"
#include "shell.h"

/* Of the one shell there is. */
static struct lineedit editor;

static void editor_write(struct lineedit *le, const char *bytes, size_t n)
{
	console_write(bytes, n);
}

static const char *editor_complete(struct lineedit *le, const char *head, const char *word, int n)
{
	return shell_complete(head, word, n);
}

static const struct lineedit_ops editor_ops = {
	.write = editor_write,
	.complete = editor_complete,
};

const char *shell_history(unsigned int back)
{
	return lineedit_history(&editor, back);
}

static void read_line(void)
{
	const char *bytes;
	size_t n;

	while (!editor.done) {
		n = shell_input_wait(&bytes);
		shell_input_take(lineedit_feed(&editor, bytes, n));
	}
}

/**
 * shell_loop() - be the interactive shell
 *
 * Context: thread, only one.
 */
void __noreturn shell_loop(void)
{
	static char line[LINEEDIT_MAX + 1];

	lineedit_init(&editor, &editor_ops, SHELL_PROMPT);
	cprintf("Type \"help\" for the commands.\n");
	lineedit_start(&editor);
	lineedit_ask_width(&editor);
	for (;;) {
		read_line();
		strscpy(line, editor.buf, sizeof(line));
		shell_interrupt_clear();
		shell_run(line, SHELL_NOTE);
		lineedit_start(&editor);
	}
}
