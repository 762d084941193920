// SPDX-License-Identifier: GPL-2.0
/*
 * What Tab offers: command names for the first word of a command, what the command says for the
 * others.
 */
#include <linux/kernel.h>
#include <linux/minmax.h>
#include <linux/string.h>
#include <stopgap/ramdisk.h>
#include <stopgap/shell.h>

#include "shell.h"

#define BLANKS	" \t"

/* The command line whose last word is being completed; only the shell completes. */
static const char *completing = "";

/*
 * Where the command @head ends in begins. Quotes are not looked at: a completion may be wrong,
 * never a line.
 */
static const char *last_command(const char *head)
{
	const char *semicolon = strrchr(head, ';');

	head = semicolon ? semicolon + 1 : head;
	return head + strspn(head, BLANKS);
}

/* How many words lie between @from and @to. */
static int count_words(const char *from, const char *to)
{
	int words = 0;

	while (from < to) {
		from += strcspn(from, BLANKS);
		from += strspn(from, BLANKS);
		words++;
	}
	return words;
}

static const struct shell_command *find_command(const char *start)
{
	char name[32];
	size_t len = strcspn(start, BLANKS);

	if (len >= sizeof(name))
		return NULL;
	memcpy(name, start, len);
	name[len] = '\0';
	return shell_find(name);
}

const char *shell_complete(const char *head, const char *word, int n)
{
	const char *start = last_command(head);
	const struct shell_command *cmd;

	if (start >= word)
		return shell_complete_command(1, word, n);
	cmd = find_command(start);
	if (!cmd || !cmd->complete)
		return NULL;
	completing = start;
	return cmd->complete(count_words(start, word) + 1, word, n);
}

/**
 * shell_completing_word() - an earlier word of the command that is being completed
 * @index: which; 0 is the command
 * @buf: for the word, cut to fit
 * @size: of @buf
 *
 * Context: from a command's complete().
 */
void shell_completing_word(int index, char *buf, size_t size)
{
	const char *p = completing;

	while (index--) {
		p += strcspn(p, BLANKS);
		p += strspn(p, BLANKS);
	}
	strscpy(buf, p, min(size, strcspn(p, BLANKS) + 1));
}

/**
 * shell_complete_command() - complete a command's name
 * @argc: not looked at
 * @word: how it begins
 * @n: which candidate
 *
 * Context: any.
 * Return: the candidate, or NULL.
 */
const char *shell_complete_command(int argc, const char *word, int n)
{
	const struct shell_command *cmd;
	unsigned int i;

	for (i = 0; (cmd = shell_nth(i)) != NULL; i++)
		if (cmd->help && strstarts(cmd->name, word) && n-- == 0)
			return cmd->name;
	return NULL;
}

/**
 * shell_complete_file() - complete the name of a file in the ramdisk
 * @argc: not looked at
 * @word: how it begins
 * @n: which candidate
 *
 * Context: any.
 * Return: the candidate, or NULL.
 */
const char *shell_complete_file(int argc, const char *word, int n)
{
	struct ramdisk_file file;
	unsigned int i;

	for (i = 0; ramdisk_nth(i, &file) == 0; i++)
		if (strstarts(file.name, word) && n-- == 0)
			return file.name;
	return NULL;
}
