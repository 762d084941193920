// SPDX-License-Identifier: GPL-2.0
/* Files in /proc: text of any length comes out whole, in reads of any size; files go when asked. */
#include <kunit/test.h>
#include <linux/completion.h>
#include <linux/errno.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/uaccess.h>
#include <stopgap/proc.h>

#define LINES		300
#define TEXT_SIZE	16384
#define WAIT		(60 * HZ)

/* All of a file, in reads of @step bytes. Return: its length, or a negative errno. */
static int read_all(const char *path, char *text, size_t step)
{
	struct proc_file *pf = proc_file_open(path, O_RDONLY);
	size_t len = 0;
	ssize_t n;

	if (IS_ERR(pf))
		return PTR_ERR(pf);
	do {
		n = proc_file_read(pf, text + len, min(step, TEXT_SIZE - 1 - len));
		len += n > 0 ? n : 0;
	} while (n > 0);
	text[len] = '\0';
	proc_file_close(pf);
	return n < 0 ? n : (int)len;
}

static void *lines_start(struct seq_file *m, loff_t *pos)
{
	return *pos < LINES ? (void *)(*pos + 1) : NULL;
}

static void *lines_next(struct seq_file *m, void *v, loff_t *pos)
{
	++*pos;
	return lines_start(m, pos);
}

static void lines_stop(struct seq_file *m, void *v)
{
}

/* Every third is left out; number 201 is longer than a page. */
static int lines_show(struct seq_file *m, void *v)
{
	unsigned long n = (unsigned long)v - 1;

	seq_printf(m, "line %lu\n", n);
	for (int i = 0; n == 201 && i < 5000; i++)
		seq_putc(m, 'x');
	return n % 3 == 2 ? SEQ_SKIP : 0;
}

static const struct seq_operations lines_ops = {
	.start = lines_start,
	.next = lines_next,
	.stop = lines_stop,
	.show = lines_show,
};

static int expected_lines(char *text)
{
	char *to = text;

	for (int n = 0; n < LINES; n++) {
		if (n % 3 == 2)
			continue;
		to += sprintf(to, "line %d\n", n);
		if (n == 201)
			to += sprintf(to, "%05000d", 0);
	}
	for (char *p = strstr(text, "line 201"); p && *p; p++)
		if (*p == '\n' && p[1] == '0')
			memset(p + 1, 'x', 5000);
	return to - text;
}

static void records_come_out_whole(struct kunit *test)
{
	static const size_t steps[] = { 1, 7, 100, 4096, TEXT_SIZE };
	char *want = kunit_kzalloc(test, TEXT_SIZE, GFP_KERNEL);
	char *got = kunit_kzalloc(test, TEXT_SIZE, GFP_KERNEL);
	int len;

	KUNIT_ASSERT_TRUE(test, want && got);
	len = expected_lines(want);
	KUNIT_ASSERT_NOT_NULL(test, proc_create_seq("test", 0444, NULL, &lines_ops));
	for (size_t i = 0; i < ARRAY_SIZE(steps); i++) {
		KUNIT_EXPECT_EQ(test, read_all("/proc/test", got, steps[i]), len);
		KUNIT_EXPECT_TRUE_MSG(test, !strcmp(got, want), "in steps of %zu", steps[i]);
	}
	remove_proc_entry("test", NULL);
	KUNIT_EXPECT_EQ(test, read_all("/proc/test", got, 100), -ENOENT);
}

static int show_data(struct seq_file *m, void *v)
{
	seq_setwidth(m, 8);
	seq_printf(m, "%s", (char *)m->private);
	seq_pad(m, '|');
	return 0;
}

static void files_live_in_directories(struct kunit *test)
{
	struct proc_dir_entry *dir = proc_mkdir("dir", NULL);
	char *got = kunit_kzalloc(test, TEXT_SIZE, GFP_KERNEL);

	KUNIT_ASSERT_TRUE(test, dir && got);
	KUNIT_EXPECT_NOT_NULL(test, proc_create_single_data("a", 0, dir, show_data, "one"));
	KUNIT_EXPECT_NOT_NULL(test, proc_create_single_data("dir/b", 0, NULL, show_data, "two"));
	KUNIT_EXPECT_NULL(test, proc_create_single("dir/b", 0, NULL, show_data));
	KUNIT_EXPECT_NULL(test, proc_create_single("no/b", 0, NULL, show_data));
	KUNIT_EXPECT_EQ(test, read_all("/proc/dir/a", got, 3), 9);
	KUNIT_EXPECT_STREQ(test, got, "one     |");
	KUNIT_EXPECT_EQ(test, read_all("/proc/dir/b", got, 99), 9);
	KUNIT_EXPECT_EQ(test, read_all("/proc/dir", got, 99), -EISDIR);
	KUNIT_EXPECT_EQ(test, PTR_ERR_OR_ZERO(proc_file_open("/proc/dir/a", O_WRONLY)), -EACCES);
	proc_remove(dir);
	KUNIT_EXPECT_EQ(test, read_all("/proc/dir/a", got, 3), -ENOENT);
}

static char stored[16];

static ssize_t store_write(struct file *file, const char __user *buf, size_t size, loff_t *pos)
{
	return simple_write_to_buffer(stored, sizeof(stored) - 1, pos, buf, size);
}

static ssize_t store_read(struct file *file, char __user *buf, size_t size, loff_t *pos)
{
	return simple_read_from_buffer(buf, size, pos, stored, strlen(stored));
}

static const struct file_operations store_fops = { .read = store_read, .write = store_write };

static void what_is_written_can_be_read(struct kunit *test)
{
	char *got = kunit_kzalloc(test, TEXT_SIZE, GFP_KERNEL);
	struct proc_file *pf;

	KUNIT_ASSERT_NOT_NULL(test, got);
	KUNIT_ASSERT_NOT_NULL(test, proc_create("store", 0666, NULL, &store_fops));
	pf = proc_file_open("/proc/store", O_WRONLY);
	KUNIT_ASSERT_FALSE(test, IS_ERR(pf));
	KUNIT_EXPECT_EQ(test, proc_file_write(pf, "hello", 5), 5l);
	proc_file_close(pf);
	KUNIT_EXPECT_EQ(test, read_all("/proc/store", got, 2), 5);
	KUNIT_EXPECT_STREQ(test, got, "hello");
	remove_proc_entry("store", NULL);
}

/* The oldest form: a page, and where to go on. */
static int page_read(char *page, char **start, off_t off, int count, int *eof, void *data)
{
	*eof = 1;
	return sprintf(page, "old but %s\n", (char *)data);
}

static void the_oldest_form_works(struct kunit *test)
{
	char *got = kunit_kzalloc(test, TEXT_SIZE, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, got);
	KUNIT_ASSERT_NOT_NULL(test, create_proc_read_entry("old", 0, NULL, page_read, "gold"));
	KUNIT_EXPECT_EQ(test, read_all("/proc/old", got, 5), 13);
	KUNIT_EXPECT_STREQ(test, got, "old but gold\n");
	remove_proc_entry("old", NULL);
}

static int remove_it(void *data)
{
	remove_proc_entry("busy", NULL);
	complete(data);
	return 0;
}

static void removal_waits_for_the_reader(struct kunit *test)
{
	DECLARE_COMPLETION_ONSTACK(removed);
	struct proc_file *pf;

	KUNIT_ASSERT_NOT_NULL(test, proc_create("busy", 0666, NULL, &store_fops));
	pf = proc_file_open("/proc/busy", O_RDONLY);
	KUNIT_ASSERT_FALSE(test, IS_ERR(pf));
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, kthread_run(remove_it, &removed, "remover"));
	KUNIT_EXPECT_EQ(test, wait_for_completion_timeout(&removed, HZ / 20), 0ul);
	proc_file_close(pf);
	KUNIT_EXPECT_NE_MSG(test, wait_for_completion_timeout(&removed, WAIT), 0ul,
			    "waiting for the removal");
}

static struct kunit_case proc_cases[] = {
	KUNIT_CASE(records_come_out_whole),
	KUNIT_CASE(files_live_in_directories),
	KUNIT_CASE(what_is_written_can_be_read),
	KUNIT_CASE(the_oldest_form_works),
	KUNIT_CASE(removal_waits_for_the_reader),
	{}
};

static struct kunit_suite proc_suite = {
	.name = "proc",
	.test_cases = proc_cases,
};
kunit_test_suite(proc_suite);
