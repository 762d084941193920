// SPDX-License-Identifier: GPL-2.0
/* Strings to integers: see <linux/kstrtox.h>. */
#include <linux/ctype.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/kstrtox.h>
#include <linux/string.h>

/* Settle base 0 by the prefix, and skip a "0x" that a hexadecimal number may have. */
static const char *parse_base(const char *s, unsigned int *base)
{
	bool hex = s[0] == '0' && tolower(s[1]) == 'x' && isxdigit(s[2]);

	if (*base == 0)
		*base = hex ? 16 : s[0] == '0' ? 8 : 10;
	return hex && *base == 16 ? s + 2 : s;
}

static unsigned int digit_value(char c)
{
	if (isdigit(c))
		return (unsigned int)(c - '0');
	return isalpha(c) ? (unsigned int)(tolower(c) - 'a' + 10) : UINT_MAX;
}

/*
 * Convert digits as far as they go. *@overflow is set if they did not fit. Return: behind the last
 * digit.
 */
static const char *parse_digits(const char *s, unsigned int base, unsigned long long *res,
				bool *overflow)
{
	unsigned long long val = 0;

	*overflow = false;
	for (; digit_value(*s) < base; s++) {
		unsigned int digit = digit_value(*s);

		if (val > (ULLONG_MAX - digit) / base)
			*overflow = true;
		val = val * base + digit;
	}
	*res = val;
	return s;
}

/* As kstrtoull() without the sign. */
static int parse_whole(const char *s, unsigned int base, unsigned long long *res)
{
	unsigned long long val;
	const char *end;
	bool overflow;

	s = parse_base(s, &base);
	end = parse_digits(s, base, &val, &overflow);
	if (end == s)
		return -EINVAL;
	if (overflow)
		return -ERANGE;
	if (*end == '\n')
		end++;
	if (*end)
		return -EINVAL;
	*res = val;
	return 0;
}

int kstrtoull(const char *s, unsigned int base, unsigned long long *res)
{
	return parse_whole(*s == '+' ? s + 1 : s, base, res);
}
EXPORT_SYMBOL(kstrtoull);

int kstrtoll(const char *s, unsigned int base, long long *res)
{
	bool minus = *s == '-';
	unsigned long long val;
	int err = minus ? parse_whole(s + 1, base, &val) : kstrtoull(s, base, &val);

	if (err)
		return err;
	if (val > (unsigned long long)LLONG_MAX + minus)
		return -ERANGE;
	*res = (long long)(minus ? -val : val);
	return 0;
}
EXPORT_SYMBOL(kstrtoll);

/* The narrower types: convert in the widest one, and see whether the value survives. */
#define DEFINE_KSTRTO(name, type, wide_name, wide)				\
int name(const char *s, unsigned int base, type *res)				\
{										\
	wide val;								\
	int err = wide_name(s, base, &val);					\
										\
	if (err)								\
		return err;							\
	if (val != (wide)(type)val)						\
		return -ERANGE;							\
	*res = (type)val;							\
	return 0;								\
}										\
EXPORT_SYMBOL(name)

DEFINE_KSTRTO(kstrtoul, unsigned long, kstrtoull, unsigned long long);
DEFINE_KSTRTO(kstrtol, long, kstrtoll, long long);
DEFINE_KSTRTO(kstrtouint, unsigned int, kstrtoull, unsigned long long);
DEFINE_KSTRTO(kstrtoint, int, kstrtoll, long long);
DEFINE_KSTRTO(kstrtou16, u16, kstrtoull, unsigned long long);
DEFINE_KSTRTO(kstrtos16, s16, kstrtoll, long long);
DEFINE_KSTRTO(kstrtou8, u8, kstrtoull, unsigned long long);
DEFINE_KSTRTO(kstrtos8, s8, kstrtoll, long long);

int kstrtobool(const char *s, bool *res)
{
	char c = s ? (char)tolower(s[0]) : '\0';

	if (c == 'o')
		c = tolower(s[1]) == 'n' ? 'y' : tolower(s[1]) == 'f' ? 'n' : '\0';
	if (!c || !strchr("yt1nf0", c))
		return -EINVAL;
	*res = strchr("yt1", c) != NULL;
	return 0;
}
EXPORT_SYMBOL(kstrtobool);

unsigned long long simple_strtoull(const char *s, char **endp, unsigned int base)
{
	unsigned long long val;
	bool overflow;

	s = parse_base(s, &base);
	s = parse_digits(s, base, &val, &overflow);
	if (endp)
		*endp = (char *)s;
	return val;
}
EXPORT_SYMBOL(simple_strtoull);

unsigned long simple_strtoul(const char *s, char **endp, unsigned int base)
{
	return simple_strtoull(s, endp, base);
}
EXPORT_SYMBOL(simple_strtoul);

long simple_strtol(const char *s, char **endp, unsigned int base)
{
	if (*s == '-')
		return -(long)simple_strtoul(s + 1, endp, base);
	return (long)simple_strtoul(s, endp, base);
}
EXPORT_SYMBOL(simple_strtol);
