/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The console as the shell sees it: text out without level or time stamp, and not into the log;
 * characters in.
 */
#ifndef _STOPGAP_CONSOLE_H
#define _STOPGAP_CONSOLE_H

#include <linux/stdarg.h>
#include <linux/types.h>

/* Print to every console, at most 1023 bytes. Context: any. Return: the length. */
int __printf(1, 2) cprintf(const char *fmt, ...);
int __printf(1, 0) vcprintf(const char *fmt, va_list args);
/* Print @n bytes as they are. Context: any. */
void console_write(const char *s, size_t n);
/* Send bytes to a channel for programs, 1 being the first. Return: 0 or -ENODEV. From the vty driver. */
int console_channel_write(unsigned int channel, const char *s, size_t n);

/* Wait for a character typed. Context: thread. Return: 0..255. From the vty driver. */
int console_getc(void);
/* Return: a character if one is there, else -EAGAIN. Context: any. From the vty driver. */
int console_poll_getc(void);

/* The same for blocks: wait for at least one byte, or at most so many jiffies; take what is there, perhaps nothing. */
size_t console_read(char *buf, size_t n);
size_t console_read_timeout(char *buf, size_t n, long timeout);
size_t console_poll_read(char *buf, size_t n);
/* The upcall: the terminal has input. Context: interrupt. From the vty driver. */
void console_rx_interrupt(void);

#endif
