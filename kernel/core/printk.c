// SPDX-License-Identifier: GPL-2.0
/*
 * Messages. Each goes into the log and, if important enough, to the consoles, both under one lock,
 * at once: when printk() returns, the text is out, which is what makes it useful in a kernel that
 * is about to die.
 *
 * The lock must never be what a dying kernel hangs on. A CPU that already holds it (an NMI or a
 * fault in here) goes on without; a CPU that has waited too long for another one takes the lock
 * away from it.
 */
#define KBUILD_MODNAME "printk"

#include <asm/cmpxchg.h>
#include <asm/current.h>
#include <asm/processor.h>
#include <linux/console.h>
#include <linux/export.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/moduleparam.h>
#include <linux/string.h>
#include <stopgap/boot_info.h>
#include <stopgap/hooks.h>
#include <stopgap/console.h>
#include <stopgap/platform.h>

#include "log_ring.h"

#define DEFAULT_LEVEL	LOGLEVEL_WARNING
#define STAMP_MAX	32	/* "[    0.012345] " */

int console_loglevel = LOGLEVEL_DEBUG;
core_param(loglevel, console_loglevel, int, 0644);
int oops_in_progress;

static struct log_ring ring;
static struct console *consoles;
/* The last byte printed was not a newline. */
static bool mid_line;

static unsigned int log_owner;	/* CPU + 1, 0 = free */

/*
 * How long a CPU with @hz timebase ticks per second waits: a stolen CPU may be away for a while, a
 * dead one forever.
 */
static u64 patience(u64 hz)
{
	return READ_ONCE(oops_in_progress) ? hz / 4 : 4 * hz;
}

static bool waited_too_long(u64 *start)
{
	u64 now;

	if (!platform)	/* there is only one CPU so far */
		return true;
	now = platform->clock();
	if (!*start)
		*start = now;
	return now - *start > patience(boot_info.tb_freq);
}

/*
 * Return: whether the lock must be given back; if not, it is the caller's already, further up its
 * stack.
 */
static bool log_lock(unsigned long *flags)
{
	unsigned int me = raw_smp_processor_id() + 1;
	u64 start = 0;

	local_irq_save(*flags);
	if (READ_ONCE(log_owner) == me)
		return false;
	while (cmpxchg_acquire(&log_owner, 0, me) != 0) {
		if (waited_too_long(&start)) {
			WRITE_ONCE(log_owner, me);
			break;
		}
		cpu_relax();
	}
	return true;
}

/* Whoever had the lock taken away finds another owner here, and leaves it alone. */
static void log_unlock(bool locked, unsigned long flags)
{
	if (locked)
		cmpxchg_release(&log_owner, raw_smp_processor_id() + 1, 0);
	local_irq_restore(flags);
}

static u64 time_us(void)
{
	if (!platform || !boot_info.tb_freq)
		return 0;
	return mul_u64_u64_div_u64(platform->clock() - boot_info.entry_tb, 1000000,
				   boot_info.tb_freq);
}

static int format_stamp(char *buf, const struct log_record *rec)
{
	return scnprintf(buf, STAMP_MAX, "[%5llu.%06llu] ", rec->time_us / 1000000,
			 rec->time_us % 1000000);
}

static void write_consoles(const char *s, size_t n)
{
	struct console *con;

	if (!n)
		return;
	for (con = consoles; con; con = con->next)
		con->write(con, s, (unsigned int)n);
	mid_line = s[n - 1] != '\n';
}

/* Start a line of the log on the consoles, below whatever stands there. */
static void write_stamp(const struct log_record *rec)
{
	char stamp[STAMP_MAX];

	if (mid_line)
		write_consoles("\n", 1);
	write_consoles(stamp, (size_t)format_stamp(stamp, rec));
}

static bool shown(int level)
{
	return level < READ_ONCE(console_loglevel) || READ_ONCE(oops_in_progress);
}

/* Log one line or part of one: @len bytes of text, the newline behind it not counted. */
static void log_line(int level, bool cont, const char *text, size_t len, bool newline)
{
	unsigned int cpu = raw_smp_processor_id();
	struct log_record rec;

	if (cont && log_ring_last(&ring, &rec) && rec.open && rec.cpu == cpu) {
		log_ring_extend(&ring, text, len, !newline);
	} else {
		rec = (struct log_record){
			.time_us = time_us(), .len = (u16)len, .level = (u8)level, .cpu = (u8)cpu,
			.open = !newline,
		};
		log_ring_add(&ring, &rec, text);
		if (shown(rec.level))
			write_stamp(&rec);
	}
	if (shown(rec.level))
		write_consoles(text, len + newline);
}

/* Log each line of @text. Only the first can go on with an open one. */
static void log_text(int level, bool cont, const char *text)
{
	do {
		size_t len = (size_t)(strchrnul(text, '\n') - text);
		bool newline = text[len] == '\n';

		log_line(level, cont, text, len, newline);
		text += len + newline;
		cont = false;
	} while (*text);
}

/*
 * Take the level off the front of a format; @level stays as it is without one. Return: the format
 * proper.
 */
static const char *parse_level(const char *fmt, int *level, bool *cont)
{
	if (fmt[0] != KERN_SOH_ASCII || !fmt[1])
		return fmt;
	*cont = fmt[1] == 'c';
	if (!*cont)
		*level = fmt[1] - '0';
	return fmt + 2;
}

/* What does not fit is cut off, but a line remains a line. Return: the length. */
static int print_text(char text[LOG_LINE_MAX], const char *fmt, va_list args)
{
	int len = vscnprintf(text, LOG_LINE_MAX, fmt, args);

	if (len == LOG_LINE_MAX - 1 && fmt[strlen(fmt) - 1] == '\n')
		text[len - 1] = '\n';
	return len;
}

int vprintk(const char *fmt, va_list args)
{
	char text[LOG_LINE_MAX];
	int level = DEFAULT_LEVEL, len;
	unsigned long flags;
	bool cont = false, locked;

	fmt = parse_level(fmt, &level, &cont);
	hook_quiet_begin();
	len = print_text(text, fmt, args);
	if (!len)
		goto out;
	locked = log_lock(&flags);
	log_text(level, cont, text);
	log_unlock(locked, flags);
out:
	hook_quiet_end();
	return len;
}
EXPORT_SYMBOL(vprintk);

int printk(const char *fmt, ...)
{
	va_list args;
	int len;

	va_start(args, fmt);
	len = vprintk(fmt, args);
	va_end(args);
	return len;
}
EXPORT_SYMBOL(printk);

void console_write(const char *s, size_t n)
{
	unsigned long flags;
	bool locked = log_lock(&flags);

	write_consoles(s, n);
	log_unlock(locked, flags);
}

int vcprintf(const char *fmt, va_list args)
{
	char text[LOG_LINE_MAX];
	int len = print_text(text, fmt, args);

	console_write(text, (size_t)len);
	return len;
}

int cprintf(const char *fmt, ...)
{
	va_list args;
	int len;

	va_start(args, fmt);
	len = vcprintf(fmt, args);
	va_end(args);
	return len;
}

/* Send @con, alone, what is in the log. */
static void replay_log(struct console *con)
{
	char stamp[STAMP_MAX], text[LOG_LINE_MAX + 1];
	struct log_record rec;
	u64 pos = 0;

	while (log_ring_read(&ring, &pos, &rec, text)) {
		con->write(con, stamp, (unsigned int)format_stamp(stamp, &rec));
		text[rec.len] = '\n';
		con->write(con, text, rec.len + !rec.open);
	}
}

void register_console(struct console *con)
{
	unsigned long flags;
	bool locked = log_lock(&flags);

	replay_log(con);
	con->next = consoles;
	consoles = con;
	log_unlock(locked, flags);
}
EXPORT_SYMBOL(register_console);

void unregister_console(struct console *con)
{
	struct console **link;
	unsigned long flags;
	bool locked = log_lock(&flags);

	for (link = &consoles; *link; link = &(*link)->next) {
		if (*link == con) {
			*link = con->next;
			break;
		}
	}
	log_unlock(locked, flags);
}
EXPORT_SYMBOL(unregister_console);

void bust_spinlocks(int yes)
{
	__atomic_fetch_add(&oops_in_progress, yes ? 1 : -1, __ATOMIC_SEQ_CST);
}

void dmesg_for_each(void (*fn)(void *arg, const char *line), void *arg)
{
	char line[STAMP_MAX + LOG_LINE_MAX + 1];
	struct log_record rec;
	unsigned long flags;
	u64 pos = 0;
	bool locked, more;
	int n;

	for (;;) {
		locked = log_lock(&flags);
		more = log_ring_read(&ring, &pos, &rec, line + STAMP_MAX);
		log_unlock(locked, flags);
		if (!more)
			break;
		n = format_stamp(line, &rec);
		memmove(line + n, line + STAMP_MAX, rec.len + 1u);
		fn(arg, line);
	}
}

void dmesg_clear(void)
{
	unsigned long flags;
	bool locked = log_lock(&flags);

	ring.tail = ring.head;
	log_unlock(locked, flags);
}
