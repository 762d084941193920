// SPDX-License-Identifier: GPL-2.0
/* sscanf(): text to values, for what users write into /proc files. Pure, and never past the NUL. */
#include <linux/ctype.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/limits.h>
#include <linux/string.h>

/* One conversion of a format: "%*8lld". */
struct conversion {
	bool skip;		/* * */
	unsigned int width;	/* 0: none was given */
	int size;		/* of the variable, in bytes */
	char type;
};

static int size_of_qualifier(const char **fmt)
{
	const char *f = *fmt;

	if (f[0] == 'h') {
		*fmt += f[1] == 'h' ? 2 : 1;
		return f[1] == 'h' ? sizeof(char) : sizeof(short);
	}
	if (f[0] == 'l' || f[0] == 'z' || f[0] == 'L') {
		*fmt += f[1] == 'l' ? 2 : 1;
		return sizeof(long long);
	}
	return sizeof(int);
}

/* Read what follows a '%'. Return: where it ends. */
static const char *parse_conversion(const char *fmt, struct conversion *conv)
{
	*conv = (struct conversion) { .skip = *fmt == '*' };
	if (conv->skip)
		fmt++;
	while (isdigit(*fmt))
		conv->width = min(conv->width * 10 + (*fmt++ - '0'), 1u << 16);
	conv->size = size_of_qualifier(&fmt);
	conv->type = *fmt;
	return *fmt ? fmt + 1 : fmt;
}

static void store(void *to, int size, unsigned long long val)
{
	switch (size) {
	case sizeof(char):
		*(unsigned char *)to = val;
		break;
	case sizeof(short):
		*(unsigned short *)to = val;
		break;
	case sizeof(int):
		*(unsigned int *)to = val;
		break;
	default:
		*(unsigned long long *)to = val;
	}
}

static unsigned int base_of(char type)
{
	switch (type) {
	case 'o':
		return 8;
	case 'x':
	case 'X':
		return 16;
	case 'i':
		return 0;
	default:
		return 10;
	}
}

/* Return: behind the number at @s, or NULL if there is none within the width. */
static const char *scan_number(const char *s, const struct conversion *conv, void *to)
{
	char digits[32], *end;
	unsigned long long val;
	bool minus;

	s = skip_spaces(s);
	strscpy(digits, s, min(conv->width ? conv->width + 1ul : sizeof(digits), sizeof(digits)));
	minus = digits[0] == '-' && (conv->type == 'd' || conv->type == 'i');
	val = simple_strtoull(digits + minus, &end, base_of(conv->type));
	if (end == digits + minus)
		return NULL;
	if (to)
		store(to, conv->size, minus ? -val : val);
	return s + (end - digits);
}

static const char *scan_word(const char *s, const struct conversion *conv, char *to)
{
	size_t n = 0, max = conv->width ?: SIZE_MAX;

	s = skip_spaces(s);
	while (n < max && s[n] && !isspace(s[n]))
		n++;
	if (!n)
		return NULL;
	if (to) {
		memcpy(to, s, n);
		to[n] = '\0';
	}
	return s + n;
}

static const char *scan_chars(const char *s, const struct conversion *conv, char *to)
{
	size_t n = conv->width ?: 1;

	if (strnlen(s, n) < n)
		return NULL;
	if (to)
		memcpy(to, s, n);
	return s + n;
}

static const char *scan_one(const char *s, const struct conversion *conv, void *to)
{
	switch (conv->type) {
	case 's':
		return scan_word(s, conv, to);
	case 'c':
		return scan_chars(s, conv, to);
	case 'd':
	case 'i':
	case 'u':
	case 'o':
	case 'x':
	case 'X':
		return scan_number(s, conv, to);
	default:
		return NULL;
	}
}

/* Match what is no conversion. Return: as scan_one(). */
static const char *match_literal(const char *s, char c)
{
	if (isspace(c))
		return skip_spaces(s);
	return *s == c ? s + 1 : NULL;
}

int vsscanf(const char *buf, const char *fmt, va_list args)
{
	struct conversion conv;
	const char *s = buf;
	int stored = 0;

	while (*fmt && s) {
		if (*fmt != '%' || fmt[1] == '%') {
			fmt += *fmt == '%';
			s = match_literal(s, *fmt++);
			continue;
		}
		fmt = parse_conversion(fmt + 1, &conv);
		if (conv.type == 'n') {
			store(va_arg(args, void *), conv.size, s - buf);
			continue;
		}
		s = scan_one(s, &conv, conv.skip ? NULL : va_arg(args, void *));
		if (s && !conv.skip)
			stored++;
	}
	return stored;
}
EXPORT_SYMBOL(vsscanf);

int sscanf(const char *buf, const char *fmt, ...)
{
	va_list args;
	int ret;

	va_start(args, fmt);
	ret = vsscanf(buf, fmt, args);
	va_end(args);
	return ret;
}
EXPORT_SYMBOL(sscanf);
