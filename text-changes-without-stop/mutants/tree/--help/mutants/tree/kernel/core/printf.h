/* SPDX-License-Identifier: GPL-2.0 */
/* Inside the formatter: what vsnprintf.c and printf_ptr.c share. */
#ifndef _CORE_PRINTF_H
#define _CORE_PRINTF_H

#include <linux/types.h>

/* Where text goes. @len counts on when @size is used up. */
struct printf_out {
	char *buf;
	size_t size;
	size_t len;
};

/* One conversion: %[flags][width][.precision][length]conv */
struct printf_spec {
	bool left, plus, space, alt, zero;
	int width;
	int precision;	/* -1 = none given */
	char length;	/* 'H' = hh, 'h', 'l', 'L' = ll, 'z', 't', or 0 */
	char conv;
};

void printf_chars(struct printf_out *out, const char *s, size_t n);
/* @n characters of @s, padded to the width. */
void printf_padded(struct printf_out *out, const char *s, size_t n, const struct printf_spec *spec);
/* The number @val in base 8, 10 or 16 by @spec->conv; @sign is '-', '+', ' ' or 0. */
void printf_number(struct printf_out *out, u64 val, char sign, const struct printf_spec *spec);
/* %p and its extensions; @ext is behind the 'p'. Return: behind what was used of @ext. */
const char *printf_pointer(struct printf_out *out, const void *ptr, const char *ext,
			   struct printf_spec *spec);

#endif
