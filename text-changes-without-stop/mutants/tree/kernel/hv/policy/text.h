/* SPDX-License-Identifier: GPL-2.0 */
/* Building a text in a buffer, and taking one apart from the left. */
#ifndef _HV_POLICY_TEXT_H
#define _HV_POLICY_TEXT_H

#include <linux/types.h>

/* A text that grows: @len is what it would take, which may be more than @size. */
struct text {
	char *buf;
	size_t size, len;
};

void text_add(struct text *t, const char *fmt, ...) __printf(2, 3);

/* Take @word, or a number, off the front of *@s. Return: whether it was there. */
bool text_skip(const char **s, const char *word);
bool text_number(const char **s, unsigned int base, unsigned long *value);

#endif
