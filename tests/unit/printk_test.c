// SPDX-License-Identifier: GPL-2.0
/* printk: what reaches the console, what the log keeps, and that its lock never stops a message. */
// LINK: kernel/core/printk.c kernel/core/log_ring.c kernel/core/param_types.c
#include <linux/console.h>
#include <linux/kernel.h>
#include <linux/printk.h>
#include <stopgap/boot_info.h>
#include <stopgap/console.h>
#include <stopgap/platform.h>

#include "log_ring.h"
#include "unit.h"

extern unsigned int unit_cpu;

static u64 now;

static u64 clock(void)
{
	return now;
}

static const struct platform_ops ops = { .clock = clock };
const struct platform_ops *platform = &ops;
struct boot_info boot_info = { .tb_freq = 512000000, .entry_tb = 1000 };

static char screen[200000];
static size_t screen_len;
static void (*during_write)(void);

static void screen_write(struct console *con, const char *s, unsigned int n)
{
	void (*call)(void) = during_write;

	libc_memcpy(screen + screen_len, s, n);
	screen_len += n;
	screen[screen_len] = '\0';
	during_write = NULL;
	if (call)
		call();
}

static struct console con = { .name = "screen", .write = screen_write };

static void clear(void)
{
	static bool registered;

	if (!registered)
		register_console(&con);
	registered = true;
	cprintf("\n");
	dmesg_clear();
	screen_len = 0;
	screen[0] = '\0';
	now = boot_info.entry_tb;
	console_loglevel = LOGLEVEL_DEBUG;
	unit_cpu = 0;
}

static char log_text[200000];

static void add_line(void *arg, const char *line)
{
	libc_snprintf(log_text + libc_strlen(log_text), 2000, "%s|", line);
}

static const char *dmesg(void)
{
	log_text[0] = '\0';
	dmesg_for_each(add_line, NULL);
	return log_text;
}

TEST(stamps_and_levels)
{
	clear();
	now += 512 * 12345;
	pr_info("one %d\n", 1);
	pr_debug("two\n");
	now += 512000000ull * 100000;
	printk("three\n");
	CHECK_STR(screen, "[    0.012345] one 1\n[100000.012345] three\n");
	CHECK_STR(dmesg(), "[    0.012345] one 1|[    0.012345] two|[100000.012345] three|");
}

TEST(loglevel_filters_the_console_only)
{
	clear();
	console_loglevel = LOGLEVEL_WARNING;
	pr_warn("w\n");
	pr_err("e\n");
	bust_spinlocks(1);
	pr_info("oops\n");
	bust_spinlocks(0);
	pr_info("i\n");
	CHECK_STR(screen, "[    0.000000] e\n[    0.000000] oops\n");
	CHECK_STR(dmesg(),
		  "[    0.000000] w|[    0.000000] e|[    0.000000] oops|[    0.000000] i|");
}

TEST(continued_lines)
{
	clear();
	pr_info("a");
	pr_cont(" b");
	pr_cont(" c\n");
	pr_cont("stray\n");
	CHECK_STR(screen, "[    0.000000] a b c\n[    0.000000] stray\n");
	CHECK_STR(dmesg(), "[    0.000000] a b c|[    0.000000] stray|");
}

TEST(another_message_closes_an_open_line)
{
	clear();
	pr_info("open");
	unit_cpu = 1;
	pr_info("other\n");
	pr_cont("not mine\n");
	unit_cpu = 0;
	pr_cont("late\n");
	CHECK_STR(screen,
		  "[    0.000000] open\n[    0.000000] other\n"
		  "[    0.000000] not mine\n[    0.000000] late\n");
}

TEST(only_the_same_cpu_continues_a_line)
{
	clear();
	pr_info("mine");
	unit_cpu = 1;
	pr_cont("yours\n");
	CHECK_STR(screen, "[    0.000000] mine\n[    0.000000] yours\n");
}

TEST(lines_within_a_message)
{
	clear();
	pr_info("a\n\nb\nc");
	CHECK_STR(screen, "[    0.000000] a\n[    0.000000] \n[    0.000000] b\n[    0.000000] c");
	CHECK_STR(dmesg(), "[    0.000000] a|[    0.000000] |[    0.000000] b|[    0.000000] c|");
}

TEST(cprintf_bypasses_the_log)
{
	clear();
	cprintf("stopgap# ");
	pr_info("late news\n");
	cprintf("%s\n", "text");
	CHECK_STR(screen, "stopgap# \n[    0.000000] late news\ntext\n");
	CHECK_STR(dmesg(), "[    0.000000] late news|");
}

TEST(long_messages_are_cut)
{
	char text[3000];

	clear();
	libc_memset(text, 'x', sizeof(text));
	text[sizeof(text) - 1] = '\0';
	CHECK_EQ(printk("%s", text), LOG_LINE_MAX - 1);
	pr_cont("yyyyyyyyyyyy\n");
	CHECK_EQ(libc_strlen(dmesg()), 15 + LOG_LINE_MAX + 1);
	cprintf("%s\n", text);
	CHECK_EQ(screen[screen_len - 1], '\n');
	CHECK_EQ(printk("%s\n", text), LOG_LINE_MAX - 1);
	CHECK_EQ(screen[screen_len - 1], '\n');
}

#define DOTS	"................................................" \
		"................................................"

TEST(log_keeps_the_newest)
{
	unsigned int i, lines = 0;
	const char *p;

	clear();
	console_loglevel = 0;
	for (i = 0; i < 20000; i++)
		pr_info("line %u %.*s\n", i, i % 97,
			DOTS);
	dmesg();
	for (p = log_text; *p; p++)
		lines += *p == '|';
	CHECK(lines > 500 && lines < 2000);
	CHECK(libc_strstr(log_text, "line 19999 "));
	for (i = 20000 - lines; i < 20000; i++) {
		char want[32];

		libc_snprintf(want, sizeof(want), "] line %u .", i);
		want[libc_strlen(want) - (i % 97 == 0)] = '\0';
		if (!CHECK(libc_strstr(log_text, want) != NULL))
			break;
	}
}

static void print_inside(void)
{
	pr_emerg("from an NMI\n");
}

TEST(a_message_inside_a_message)
{
	clear();
	during_write = print_inside;
	pr_info("outer\n");
	CHECK(libc_strstr(screen, "from an NMI\n") != NULL);
	CHECK(libc_strstr(screen, "outer\n") != NULL);
	screen_len = 0;
	pr_info("after\n");
	CHECK_STR(screen, "[    0.000000] after\n");
}

static u64 running_clock(void)
{
	return now += boot_info.tb_freq / 100;
}

/*
 * Another CPU prints while CPU 0 is stuck inside a console: it waits, bounded and once, and then
 * goes ahead.
 */
static void other_cpu_prints(void)
{
	unit_cpu = 1;
	pr_emerg("I waited\n");
	pr_emerg("no more\n");
	unit_cpu = 0;
}

TEST(a_dead_owner_is_overruled)
{
	static const struct platform_ops running = { .clock = running_clock };

	clear();
	platform = &running;
	during_write = other_cpu_prints;
	pr_info("stuck\n");
	CHECK(libc_strstr(screen, "I waited\n") != NULL);
	CHECK(libc_strstr(screen, "no more\n") != NULL);
	CHECK(now > 4 * boot_info.tb_freq && now < 5 * boot_info.tb_freq);
	pr_info("alive\n");
	CHECK(libc_strstr(screen, "alive\n") != NULL);
	CHECK(now < 5 * boot_info.tb_freq);
	platform = &ops;
}

TEST(works_before_the_platform)
{
	clear();
	platform = NULL;
	pr_info("early\n");
	CHECK_STR(screen, "[    0.000000] early\n");
	platform = &ops;
}

TEST(a_new_console_gets_the_log)
{
	static struct console second = { .name = "second", .write = screen_write };

	clear();
	console_loglevel = 0;
	pr_info("kept\n");
	CHECK_STR(screen, "");
	register_console(&second);
	CHECK_STR(screen, "[    0.000000] kept\n");
	unregister_console(&second);
	screen_len = 0;
	cprintf("once\n");
	CHECK_STR(screen, "once\n");
}
