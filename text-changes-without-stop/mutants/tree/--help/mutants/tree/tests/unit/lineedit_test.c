// SPDX-License-Identifier: GPL-2.0
/*
 * The line editor against a terminal model: tables of keys and the line they make, and random keys.
 * After every key the model must show exactly prompt, buffer and cursor.
 */
// LINK: kernel/shell/lineedit.c kernel/shell/lineedit_screen.c kernel/shell/lineedit_history.c
// LINK: kernel/shell/lineedit_complete.c
#include <linux/sprintf.h>
#include <linux/string.h>

#include "lineedit.h"
#include "term_model.h"
#include "unit.h"

#define PROMPT		"stopgap# "
#define PROMPT_LEN	(sizeof(PROMPT) - 1)

struct session {
	struct lineedit le;	/* first: the callbacks get at the session through it */
	struct term term;
	char last[LINEEDIT_MAX + 1];	/* the latest complete line */
	int lines;
};

static struct session ses;

static void to_terminal(struct lineedit *le, const char *bytes, size_t n)
{
	struct session *s = (struct session *)le;

	term_receive(&s->term, bytes, n);
}

static const char *const words[] = {
	"help", "hexdump", "hello.ko", "hello2.ko", "race", "unlink=", NULL
};

static const char *complete_word(struct lineedit *le, const char *head, const char *word, int n)
{
	int i;

	CHECK_EQ(strcmp(head + strlen(head) - strlen(word), word), 0);
	for (i = 0; words[i]; i++)
		if (strncmp(words[i], word, strlen(word)) == 0 && n-- == 0)
			return words[i];
	return NULL;
}

static const struct lineedit_ops ops = { .write = to_terminal, .complete = complete_word };

/* Does the terminal show what the editor holds? */
static bool screen_matches(const struct session *s)
{
	const struct term *t = &s->term;
	int cells = PROMPT_LEN + s->le.len, cursor = PROMPT_LEN + s->le.pos;
	int top = t->row - cursor / t->columns;
	int i;

	if (t->errors || t->seq_len || t->wrap_pending || t->col != cursor % t->columns)
		return false;
	for (i = 0; i < cells + 2 * t->columns; i++) {
		int row = top + i / t->columns;
		char want = ' ';

		if (i < (int)PROMPT_LEN)
			want = PROMPT[i];
		else if (i < cells)
			want = s->le.buf[i - PROMPT_LEN];
		if (row >= 0 && row < TERM_ROWS && t->cell[row][i % t->columns] != want)
			return false;
	}
	return true;
}

/* The terminal's answer to the editor's question. */
static void answer_width(struct session *s)
{
	char report[32];

	while (s->term.asked) {
		s->term.asked--;
		sprintf(report, "\033[1;%dR", s->term.columns);
		lineedit_feed(&s->le, report, strlen(report));
	}
}

static void start_session(struct session *s, int columns)
{
	term_init(&s->term, columns);
	lineedit_init(&s->le, &ops, PROMPT);
	lineedit_start(&s->le);
	s->lines = 0;
	s->last[0] = '\0';
	if (columns < TERM_MAX_COLS) {
		lineedit_ask_width(&s->le);
		answer_width(s);
	}
}

/* Feed at most @chunk bytes at a time. */
static void type(struct session *s, const char *keys, size_t n, size_t chunk)
{
	while (n) {
		size_t used = lineedit_feed(&s->le, keys, n < chunk ? n : chunk);

		keys += used;
		n -= used;
		if (s->le.done) {
			strcpy(s->last, s->le.buf);
			s->lines++;
			lineedit_start(&s->le);
		}
		answer_width(s);
		CHECK(screen_matches(s));
	}
}

static void type_keys(struct session *s, const char *keys)
{
	type(s, keys, strlen(keys), 1);
}

/* Keys, and the line that Enter then gives. */
static const struct {
	const char *keys, *line;
} table[] = {
	{ "", "" },
	{ "abc", "abc" },
	{ "abc\x7f", "ab" },
	{ "abc\b\b", "a" },
	{ "\x7f\x7f" "a", "a" },
	{ "ac\x1b[Db", "abc" },
	{ "ac\x1bODb", "abc" },
	{ "bc\x01" "a", "abc" },
	{ "bc\x01" "a\x05" "d", "abcd" },
	{ "bc\x1b[Ha\x1b[Fd", "abcd" },
	{ "bc\x1bOHa\x1bOFd", "abcd" },
	{ "bc\x1b[1~a\x1b[4~d", "abcd" },
	{ "bc\x1b[7~a\x1b[8~d", "abcd" },
	{ "axb\x02\x7f", "ab" },
	{ "axb\x02\x02\x1b[3~", "ab" },
	{ "axb\x02\x02\x04", "ab" },
	{ "abd\x01\x06\x06" "c", "abcd" },
	{ "abd\x01\x1b[C\x1b[1;5Cc", "abcd" },
	{ "abc def\x15ghi", "ghi" },
	{ "abc def\x02\x02\x15", "ef" },
	{ "abc def\x17ghi", "abc ghi" },
	{ "abc def  \x17ghi", "abc ghi" },
	{ "abc def\x02\x17", "abc f" },
	{ "abc def\x01\x06\x0b", "a" },
	{ "abc\x03" "def", "def" },
	{ "abc\x0c" "def", "abcdef" },
	{ "ab\x1b[200~c\x1b[201~d", "abcd" },
	{ "ab\x1b[[Ac\x1b[15;2~d\x1bxe\x1b[?1;2cf", "abcdef" },
	{ "ab\x1b\x1b[Dc", "acb" },
	{ "ab\x1b[12\x7f" "c", "ac" },
	{ "ab\x80\xff\x1f" "c", "abc" },
	{ "ab\x1b[1;33Rc", "abc" },
	{ "he", "he" },
	{ "r\t", "race " },
	{ "hex\tx", "hexdump x" },
	{ "un\tx", "unlink=x" },
	{ "hello\t", "hello" },
	{ "hello.\t", "hello.ko " },
	{ "race\x02\x02\x02\t", "race ace" },
	{ "x he\t\t\x1b[Dy", "x hye" },
	{ "he\tl\tl\t\t", "hello" },
	{ "he z\x02\x02\t\ty", "hey z" },
	{ "x;r\t", "x;race " },
	{ "zzz\t\t", "zzz" },
};

static void test_table(int columns)
{
	size_t i;

	start_session(&ses, columns);
	for (i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		type_keys(&ses, table[i].keys);
		type_keys(&ses, "\r");
		CHECK_STR(ses.last, table[i].line);
	}
}

TEST(keys_make_the_line_they_should)
{
	test_table(80);
	test_table(20);
	test_table(TERM_MAX_COLS);
}

TEST(cr_lf_and_crlf_each_end_one_line)
{
	start_session(&ses, 80);
	type_keys(&ses, "a\rb\nc\r\nd\n\re\r\r\n");
	CHECK_EQ(ses.lines, 7);
	type(&ses, "a\r\0\nb\r", 6, 6);
	CHECK_EQ(ses.lines, 9);
	CHECK_STR(ses.last, "b");
}

TEST(history_goes_up_and_down)
{
	start_session(&ses, 80);
	type_keys(&ses, "one\rtwo\rtwo\r  \rthree\rdraft");
	type_keys(&ses, "\x1b[A");
	CHECK_STR(ses.le.buf, "three");
	type_keys(&ses, "\x10");
	CHECK_STR(ses.le.buf, "two");
	type_keys(&ses, "\x1bOA");
	CHECK_STR(ses.le.buf, "one");
	ses.term.bells = 0;
	type_keys(&ses, "\x1b[A");
	CHECK_EQ(ses.term.bells, 1);
	CHECK_STR(ses.le.buf, "one");
	type_keys(&ses, "\x1b[B\x0e\x1bOB");
	CHECK_STR(ses.le.buf, "draft");
	type_keys(&ses, "\x1b[B");
	CHECK_EQ(ses.term.bells, 2);
	type_keys(&ses, "\x1b[A!\r");
	CHECK_STR(ses.last, "three!");
	CHECK_STR(lineedit_history(&ses.le, 2), "three");
	CHECK(lineedit_history(&ses.le, 5) == NULL);
}

TEST(history_forgets_the_oldest)
{
	char line[32];
	int i;

	start_session(&ses, 80);
	for (i = 0; i < 100; i++) {
		sprintf(line, "line %d\r", i);
		type_keys(&ses, line);
	}
	CHECK_STR(lineedit_history(&ses.le, 1), "line 99");
	CHECK_STR(lineedit_history(&ses.le, LINEEDIT_HISTORY), "line 68");
	CHECK(lineedit_history(&ses.le, LINEEDIT_HISTORY + 1) == NULL);
}

TEST(second_tab_lists)
{
	start_session(&ses, 80);
	type_keys(&ses, "he\t");
	CHECK_EQ(ses.term.row, 0);
	type_keys(&ses, "\t");
	CHECK_EQ(ses.term.row, 2);
	CHECK_EQ(memcmp(ses.term.cell[1], "help       hexdump    hello.ko   hello2.ko ", 43), 0);
	CHECK_STR(ses.le.buf, "he");
}

TEST(a_line_has_a_limit)
{
	static char keys[LINEEDIT_MAX + 10];

	start_session(&ses, 80);
	memset(keys, 'x', sizeof(keys));
	type(&ses, keys, sizeof(keys), 16);
	CHECK_EQ(ses.le.len, LINEEDIT_MAX);
	CHECK_EQ(ses.term.bells, 10);
	type_keys(&ses, "\x01y\x05\x7f\x01z\r");
	CHECK_EQ(ses.term.bells, 11);
	CHECK_EQ(strlen(ses.last), LINEEDIT_MAX);
	CHECK_EQ(ses.last[0], 'z');
}

/*
 * Pasting costs a byte of output per byte at the end of a line, and one redraw per chunk inside it.
 */
TEST(a_paste_is_echoed_in_chunks)
{
	static char paste[1000];
	size_t before;

	start_session(&ses, TERM_MAX_COLS);
	memset(paste, 'p', sizeof(paste));
	before = ses.term.received;
	type(&ses, paste, sizeof(paste), 16);
	CHECK_EQ(ses.term.received - before, sizeof(paste));
	before = ses.term.received;
	type(&ses, "\x01", 1, 1);
	type(&ses, paste, sizeof(paste), sizeof(paste));
	CHECK(ses.term.received - before < 2 * sizeof(paste) + 20);
	CHECK_EQ(ses.le.len, 2 * sizeof(paste));
}

static const char *const fuzz_keys[] = {
	"\x01", "\x02", "\x02", "\x02", "\x03", "\x04", "\x05", "\x06", "\x06", "\x7f", "\b",
	"\t", "\t\t", "\n", "\x0b", "\x0c", "\r", "\r\n", "\x0e", "\x10", "\x15", "\x17",
	"\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D", "\x1b[H", "\x1bOF", "\x1b[3~", "\x1b", "\x1b[",
	"\x1bO", "\x1b[1;", "he", "hello", " ", ";", "\x80",
	"the quick brown fox jumps over the lazy dog ", "0123456789012345678",
};

static void fuzz(unsigned int seed, int columns, int keys)
{
	size_t n = sizeof(fuzz_keys) / sizeof(fuzz_keys[0]);
	size_t chunk = 1 + seed % 5;
	char random[2] = "";

	srand(seed);
	start_session(&ses, columns);
	while (keys--) {
		const char *k = fuzz_keys[rand() % n];

		random[0] = rand();
		if (rand() % 8 == 0)
			k = random;
		type(&ses, k, strlen(k), chunk);
		CHECK(ses.le.pos <= ses.le.len && ses.le.len <= LINEEDIT_MAX);
		CHECK_EQ(strlen(ses.le.buf), ses.le.len);
	}
}

TEST(random_keys_leave_screen_and_buffer_alike)
{
	unsigned int seed;

	for (seed = 1; seed <= 20; seed++)
		fuzz(seed, 20 + 7 * seed, 1500);
	fuzz(21, TERM_MAX_COLS, 300);
}
