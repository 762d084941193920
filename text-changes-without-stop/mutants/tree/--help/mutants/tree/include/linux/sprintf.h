/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Formatting into memory. Besides C's conversions: %pS symbol+off/size, %ps symbol, %pB symbol of a
 * return address, %pe the name of an error pointer, %p and %px the plain address, %*ph bytes in
 * hex.
 */
#ifndef _LINUX_SPRINTF_H
#define _LINUX_SPRINTF_H

#include <linux/stdarg.h>
#include <linux/types.h>

/* Return: the length the whole text has, whether or not it fitted. Context: any. */
int __printf(3, 0) vsnprintf(char *buf, size_t size, const char *fmt, va_list args);
int __printf(3, 4) snprintf(char *buf, size_t size, const char *fmt, ...);
int __printf(2, 3) sprintf(char *buf, const char *fmt, ...);
int __printf(2, 0) vsprintf(char *buf, const char *fmt, va_list args);
/* Return: the characters that were stored, without the NUL. Context: any. */
int __printf(3, 0) vscnprintf(char *buf, size_t size, const char *fmt, va_list args);
int __printf(3, 4) scnprintf(char *buf, size_t size, const char *fmt, ...);
/*
 * The reverse: blanks in @fmt match any, %d %i %u %x %o (hh h l ll z) numbers, %s a word, %c
 * characters, %n the place; a width limits, * skips. Return: how many were stored. Context: any.
 */
int __attribute__((__format__(__scanf__, 2, 3))) sscanf(const char *buf, const char *fmt, ...);
int __attribute__((__format__(__scanf__, 2, 0))) vsscanf(const char *buf, const char *fmt,
							 va_list args);
/* Return: the text in kmalloc'ed memory, or NULL. Context: as kmalloc(@gfp). */
char *__printf(2, 3) kasprintf(gfp_t gfp, const char *fmt, ...);
char *__printf(2, 0) kvasprintf(gfp_t gfp, const char *fmt, va_list args);

#endif
