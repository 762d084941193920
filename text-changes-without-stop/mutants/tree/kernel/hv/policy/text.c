// SPDX-License-Identifier: GPL-2.0
/* Building a text in a buffer, and taking one apart from the left. */
#include <linux/ctype.h>
#include <linux/kernel.h>
#include <linux/string.h>

#include "text.h"

void text_add(struct text *t, const char *fmt, ...)
{
	size_t room = t->len < t->size ? t->size - t->len : 0;
	va_list args;

	va_start(args, fmt);
	t->len += vsnprintf(room ? t->buf + t->len : NULL, room, fmt, args);
	va_end(args);
}

bool text_skip(const char **s, const char *word)
{
	size_t len = str_has_prefix(*s, word);

	*s += len;
	return len;
}

bool text_number(const char **s, unsigned int base, unsigned long *value)
{
	char *end;

	if (!isxdigit(**s))
		return false;
	*value = simple_strtoul(*s, &end, base);
	if (end == *s)
		return false;
	*s = end;
	return true;
}
