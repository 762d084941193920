/* SPDX-License-Identifier: GPL-2.0 */
/* Messages: into the ring that dmesg shows, and to every console if important enough. */
#ifndef _LINUX_PRINTK_H
#define _LINUX_PRINTK_H

#include <linux/kern_levels.h>
#include <linux/stdarg.h>
#include <linux/types.h>

/**
 * printk - log a message
 * @fmt: KERN_ level, then a format as in vsnprintf(); a missing newline leaves the line open for
 *	pr_cont()
 *
 * Context: any, NMI and oops included. Return: the length of the text.
 */
int __printf(1, 2) printk(const char *fmt, ...);
int __printf(1, 0) vprintk(const char *fmt, va_list args);
#define _printk printk

/* A file may define pr_fmt before its first include, to prefix all its messages. */
#ifndef pr_fmt
#define pr_fmt(fmt) fmt
#endif

#define pr_emerg(fmt, ...)	printk(KERN_EMERG pr_fmt(fmt), ##__VA_ARGS__)
#define pr_alert(fmt, ...)	printk(KERN_ALERT pr_fmt(fmt), ##__VA_ARGS__)
#define pr_crit(fmt, ...)	printk(KERN_CRIT pr_fmt(fmt), ##__VA_ARGS__)
#define pr_err(fmt, ...)	printk(KERN_ERR pr_fmt(fmt), ##__VA_ARGS__)
#define pr_warn(fmt, ...)	printk(KERN_WARNING pr_fmt(fmt), ##__VA_ARGS__)
#define pr_warning		pr_warn
#define pr_notice(fmt, ...)	printk(KERN_NOTICE pr_fmt(fmt), ##__VA_ARGS__)
#define pr_info(fmt, ...)	printk(KERN_INFO pr_fmt(fmt), ##__VA_ARGS__)
#define pr_debug(fmt, ...)	printk(KERN_DEBUG pr_fmt(fmt), ##__VA_ARGS__)
#define pr_cont(fmt, ...)	printk(KERN_CONT fmt, ##__VA_ARGS__)

/* Compiled, so that its arguments stay right, and never printed. */
#define no_printk(fmt, ...)	({ if (0) printk(fmt, ##__VA_ARGS__); 0; })
#define pr_devel(fmt, ...)	no_printk(KERN_DEBUG pr_fmt(fmt), ##__VA_ARGS__)

#define printk_once(fmt, ...) ({			\
	static bool __printed;				\
	if (!__printed) {				\
		__printed = true;			\
		printk(fmt, ##__VA_ARGS__);		\
	} })
#define pr_warn_once(fmt, ...)	printk_once(KERN_WARNING pr_fmt(fmt), ##__VA_ARGS__)
#define pr_info_once(fmt, ...)	printk_once(KERN_INFO pr_fmt(fmt), ##__VA_ARGS__)
#define pr_err_once(fmt, ...)	printk_once(KERN_ERR pr_fmt(fmt), ##__VA_ARGS__)

enum {
	DUMP_PREFIX_NONE,
	DUMP_PREFIX_ADDRESS,
	DUMP_PREFIX_OFFSET,
};

/* Bytes in hexadecimal, @rowsize (16 or 32) to a message, with the characters if @ascii. */
void print_hex_dump(const char *level, const char *prefix, int prefix_type, int rowsize,
		    int groupsize, const void *buf, size_t len, bool ascii);
#define print_hex_dump_bytes(prefix, type, buf, len) \
	print_hex_dump(KERN_DEBUG, prefix, type, 16, 1, buf, len, true)

/* Messages below this level (numerically) reach the consoles; boot parameter "loglevel". */
extern int console_loglevel;

/* Non-zero while some CPU prints an oops or a panic. */
extern int oops_in_progress;

/* Print the stack of the running thread. Context: any. */
void dump_stack(void);

#endif
