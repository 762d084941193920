// SPDX-License-Identifier: GPL-2.0
/*
 * The formatter behind printk() and snprintf(). Pure: it allocates nothing and takes no lock, so it
 * works in an oops. Text beyond the buffer is counted, not stored.
 */
#include <linux/ctype.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include <stopgap/hooks.h>

#include "printf.h"

/* A va_list that can be handed down by reference on every ABI. */
struct printf_args {
	va_list ap;
};

void printf_chars(struct printf_out *out, const char *s, size_t n)
{
	if (out->len < out->size)
		memcpy(out->buf + out->len, s, min(n, out->size - out->len));
	out->len += n;
}

static void put_repeated(struct printf_out *out, char c, int n)
{
	while (n-- > 0)
		printf_chars(out, &c, 1);
}

void printf_padded(struct printf_out *out, const char *s, size_t n, const struct printf_spec *spec)
{
	int pad = spec->width > 0 && (size_t)spec->width > n ? spec->width - (int)n : 0;

	put_repeated(out, ' ', spec->left ? 0 : pad);
	printf_chars(out, s, n);
	put_repeated(out, ' ', spec->left ? pad : 0);
}

#define MAX_DIGITS	22	/* 2^64 - 1 in octal */

/* The digits of @val, right-aligned in @digits, none for 0. Return: how many. */
static int convert(u64 val, char conv, char digits[MAX_DIGITS])
{
	const char *set = conv == 'X' ? "0123456789ABCDEF" : "0123456789abcdef";
	unsigned int base = conv == 'o' ? 8 : conv == 'x' || conv == 'X' ? 16 : 10;
	char *p = digits + MAX_DIGITS;

	for (; val; val /= base)
		*--p = set[val % base];
	return (int)(digits + MAX_DIGITS - p);
}

/* What stands before the digits: a sign, or the base. Return: its length. */
static int number_prefix(char prefix[2], u64 val, char sign, const struct printf_spec *spec)
{
	if (sign) {
		prefix[0] = sign;
		return 1;
	}
	if (!spec->alt || !val || (spec->conv != 'x' && spec->conv != 'X'))
		return 0;
	prefix[0] = '0';
	prefix[1] = spec->conv;
	return 2;
}

void printf_number(struct printf_out *out, u64 val, char sign, const struct printf_spec *spec)
{
	char digits[MAX_DIGITS], prefix[2];
	int n = convert(val, spec->conv, digits);
	int nprefix = number_prefix(prefix, val, sign, spec);
	int zeros = max(spec->precision, 0) - n, pad;

	if (spec->precision < 0) {
		zeros = n ? 0 : 1;
		if (spec->zero && !spec->left)
			zeros = max(zeros, spec->width - nprefix - n);
	}
	if (spec->conv == 'o' && spec->alt)
		zeros = max(zeros, 1);
	zeros = max(zeros, 0);
	pad = spec->width - nprefix - zeros - n;

	put_repeated(out, ' ', spec->left ? 0 : pad);
	printf_chars(out, prefix, (size_t)nprefix);
	put_repeated(out, '0', zeros);
	printf_chars(out, digits + MAX_DIGITS - n, (size_t)n);
	put_repeated(out, ' ', spec->left ? pad : 0);
}

/* Return: behind the flags at @fmt. */
static const char *parse_flags(const char *fmt, struct printf_spec *spec)
{
	for (;; fmt++) {
		switch (*fmt) {
		case '-':
			spec->left = true;
			break;
		case '+':
			spec->plus = true;
			break;
		case ' ':
			spec->space = true;
			break;
		case '#':
			spec->alt = true;
			break;
		case '0':
			spec->zero = true;
			break;
		default:
			return fmt;
		}
	}
}

/* A number, or '*' for one from the arguments. Return: behind it. */
static const char *parse_int(const char *fmt, struct printf_args *args, int *res)
{
	*res = 0;
	if (*fmt == '*') {
		*res = va_arg(args->ap, int);
		return fmt + 1;
	}
	for (; isdigit(*fmt); fmt++)
		*res = *res * 10 + (*fmt - '0');
	return fmt;
}

/* "hh" becomes 'H', "ll" becomes 'L'. Return: behind the length modifier, if there is one. */
static const char *parse_length(const char *fmt, struct printf_spec *spec)
{
	if (!*fmt || !strchr("hlztjL", *fmt))
		return fmt;
	spec->length = *fmt++;
	if ((*fmt == 'h' || *fmt == 'l') && *fmt == spec->length) {
		spec->length = (char)toupper(*fmt);
		fmt++;
	}
	return fmt;
}

/* Read one conversion from behind its '%'. Return: behind the conversion character. */
static const char *parse_spec(const char *fmt, struct printf_args *args, struct printf_spec *spec)
{
	*spec = (struct printf_spec){ .precision = -1 };
	fmt = parse_flags(fmt, spec);
	fmt = parse_int(fmt, args, &spec->width);
	if (spec->width < 0) {
		spec->left = true;
		spec->width = -spec->width;
	}
	if (*fmt == '.')
		fmt = parse_int(fmt + 1, args, &spec->precision);
	fmt = parse_length(fmt, spec);
	spec->conv = *fmt;
	return *fmt ? fmt + 1 : fmt;
}

static s64 signed_arg(struct printf_args *args, char length)
{
	switch (length) {
	case 'H':
		return (signed char)va_arg(args->ap, int);
	case 'h':
		return (short)va_arg(args->ap, int);
	case 'l':
	case 'z':
	case 't':
		return va_arg(args->ap, long);
	case 'L':
	case 'j':
		return va_arg(args->ap, long long);
	default:
		return va_arg(args->ap, int);
	}
}

static u64 unsigned_arg(struct printf_args *args, char length)
{
	s64 val = signed_arg(args, length);

	switch (length) {
	case 'H':
		return (u8)val;
	case 'h':
		return (u16)val;
	case '\0':
		return (u32)val;
	default:
		return (u64)val;
	}
}

static void put_signed(struct printf_out *out, struct printf_args *args,
		       const struct printf_spec *spec)
{
	s64 val = signed_arg(args, spec->length);
	char sign = val < 0 ? '-' : spec->plus ? '+' : spec->space ? ' ' : '\0';

	printf_number(out, val < 0 ? -(u64)val : (u64)val, sign, spec);
}

static void put_string(struct printf_out *out, const char *s, const struct printf_spec *spec)
{
	if (!s)
		s = "(null)";
	printf_padded(out, s, strnlen(s, spec->precision < 0 ? SIZE_MAX : (size_t)spec->precision),
		      spec);
}

/*
 * Format one argument. Return: behind what was used of @fmt (which stands behind the conversion
 * character).
 */
static const char *put_conversion(struct printf_out *out, const char *fmt, struct printf_args *args,
				  struct printf_spec *spec)
{
	char c;

	switch (spec->conv) {
	case 'd':
	case 'i':
		put_signed(out, args, spec);
		break;
	case 'u':
	case 'x':
	case 'X':
	case 'o':
		printf_number(out, unsigned_arg(args, spec->length), '\0', spec);
		break;
	case 'c':
		c = (char)va_arg(args->ap, int);
		printf_padded(out, &c, 1, spec);
		break;
	case 's':
		put_string(out, va_arg(args->ap, const char *), spec);
		break;
	case 'p':
		return printf_pointer(out, va_arg(args->ap, const void *), fmt, spec);
	case '%':
		printf_chars(out, "%", 1);
		break;
	default:	/* not a conversion: show what was written */
		printf_chars(out, "%", 1);
		printf_chars(out, &spec->conv, spec->conv != '\0');
	}
	return fmt;
}

int vsnprintf(char *buf, size_t size, const char *fmt, va_list ap)
{
	struct printf_out out = { .buf = buf, .size = size };
	struct printf_args args;
	struct printf_spec spec;

	hook_text();
	va_copy(args.ap, ap);
	while (*fmt) {
		size_t plain = strcspn(fmt, "%");

		printf_chars(&out, fmt, plain);
		fmt += plain;
		if (*fmt != '%')
			break;
		fmt = parse_spec(fmt + 1, &args, &spec);
		fmt = put_conversion(&out, fmt, &args, &spec);
	}
	va_end(args.ap);
	if (size)
		buf[min(out.len, size - 1)] = '\0';
	return (int)out.len;
}
EXPORT_SYMBOL(vsnprintf);

int snprintf(char *buf, size_t size, const char *fmt, ...)
{
	va_list args;
	int n;

	va_start(args, fmt);
	n = vsnprintf(buf, size, fmt, args);
	va_end(args);
	return n;
}
EXPORT_SYMBOL(snprintf);

int vsprintf(char *buf, const char *fmt, va_list args)
{
	return vsnprintf(buf, INT_MAX, fmt, args);
}
EXPORT_SYMBOL(vsprintf);

int sprintf(char *buf, const char *fmt, ...)
{
	va_list args;
	int n;

	va_start(args, fmt);
	n = vsnprintf(buf, INT_MAX, fmt, args);
	va_end(args);
	return n;
}
EXPORT_SYMBOL(sprintf);

int vscnprintf(char *buf, size_t size, const char *fmt, va_list args)
{
	size_t n = (size_t)vsnprintf(buf, size, fmt, args);

	return (int)(n < size ? n : size ? size - 1 : 0);
}
EXPORT_SYMBOL(vscnprintf);

int scnprintf(char *buf, size_t size, const char *fmt, ...)
{
	va_list args;
	int n;

	va_start(args, fmt);
	n = vscnprintf(buf, size, fmt, args);
	va_end(args);
	return n;
}
EXPORT_SYMBOL(scnprintf);
