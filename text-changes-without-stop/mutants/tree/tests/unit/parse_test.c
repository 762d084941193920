// SPDX-License-Identifier: GPL-2.0
/*
 * The shell's grammar: a table of lines and what they mean, and random lines that must not upset
 * the parser.
 */
// LINK: kernel/shell/parse.c
#include <linux/errno.h>
#include <linux/sprintf.h>
#include <linux/string.h>

#include "parse.h"
#include "unit.h"

/*
 * Parse a copy of @line; @out gets each word in [brackets] and a ';' behind each command. Return:
 * shell_parse()'s.
 */
static int parse(const char *line, char *out, const char **why)
{
	size_t len = strlen(line);
	char *copy = malloc(len + 1);
	char **words = malloc(shell_parse_room(len) * sizeof(*words)), **word = words;
	int ret, n;

	strcpy(copy, line);
	ret = shell_parse(copy, words, why);
	*out = '\0';
	for (n = 0; n < ret; n++) {
		for (; *word; word++)
			out += sprintf(out, "[%s]", *word);
		word++;
		out += sprintf(out, ";");
	}
	if (ret >= 0)
		CHECK(*word == NULL);
	free(words);
	free(copy);
	return ret;
}

static const struct {
	const char *line, *words;
} good[] = {
	{ "", "" },
	{ "   \t ", "" },
	{ ";;; ;", "" },
	{ "ls", "[ls];" },
	{ "  ls   *.ko\t", "[ls][*.ko];" },
	{ "a;b", "[a];[b];" },
	{ "a b ;c;; d e;", "[a][b];[c];[d][e];" },
	{ "a\nb\r\nc", "[a];[b];[c];" },
	{ "echo \"a  b\" 'c;d'", "[echo][a  b][c;d];" },
	{ "echo a\"b c\"d'e f'g", "[echo][ab cde fg];" },
	{ "echo \"\" ''", "[echo][][];" },
	{ "echo \\\"a\\ b\\;\\#\\\\", "[echo][\"a b;#\\];" },
	{ "echo \"a\\\"b\\\\c\\d\"", "[echo][a\"b\\c\\d];" },
	{ "echo 'a\\b\"c'", "[echo][a\\b\"c];" },
	{ "echo a # b; c", "[echo][a];" },
	{ "# a\nb", "[b];" },
	{ "a b &", "[a][b][&];" },
	{ "a&b& c;d", "[a][&];[b][&];[c];[d];" },
	{ "a & # b &", "[a][&];" },
	{ "a \"&\" '&b' \\&", "[a][&][&b][&];" },
	{ "echo a#b \"#\" \\#", "[echo][a#b][#][#];" },
	{ "set kallsyms.unlink=stop_machine", "[set][kallsyms.unlink=stop_machine];" },
};

TEST(lines_mean_what_they_should)
{
	const char *why;
	char words[256];
	size_t i;

	for (i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		CHECK(parse(good[i].line, words, &why) >= 0);
		CHECK_STR(words, good[i].words);
	}
}

TEST(commands_are_counted)
{
	const char *why;
	char words[64];

	CHECK_EQ(parse("", words, &why), 0);
	CHECK_EQ(parse("a b", words, &why), 1);
	CHECK_EQ(parse("a;b;;c", words, &why), 3);
}

TEST(what_is_wrong_is_said)
{
	const char *why = NULL;
	char words[64];

	CHECK_EQ(parse("echo \"abc", words, &why), -EINVAL);
	CHECK_STR(why, "unbalanced \"");
	CHECK_EQ(parse("a; b 'c d", words, &why), -EINVAL);
	CHECK_STR(why, "unbalanced '");
	CHECK_EQ(parse("echo \"a\\\"", words, &why), -EINVAL);
	CHECK_EQ(parse("echo a\\", words, &why), -EINVAL);
	CHECK_STR(why, "backslash at the end of the line");
	CHECK_EQ(parse("a; & b", words, &why), -EINVAL);
	CHECK_STR(why, "no command before &");
	CHECK_EQ(parse("a &&", words, &why), -EINVAL);
}

TEST(random_lines_stay_in_bounds)
{
	static const char alphabet[] = "ab \t;&#\"'\\\n";
	char line[24], words[256];
	const char *why;
	int round;

	srand(1);
	for (round = 0; round < 200000; round++) {
		size_t len = rand() % sizeof(line), i;

		for (i = 0; i < len; i++)
			line[i] = alphabet[rand() % (sizeof(alphabet) - 1)];
		line[len] = '\0';
		why = NULL;
		if (parse(line, words, &why) < 0)
			CHECK(why != NULL);
	}
}
