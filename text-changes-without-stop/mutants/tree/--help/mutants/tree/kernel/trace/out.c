// SPDX-License-Identifier: GPL-2.0
/* Formatting to a writer. */
#include <linux/kernel.h>
#include <linux/sprintf.h>
#include <linux/string.h>

#include "trace.h"

void trace_puts(struct trace_out *out, const char *s)
{
	out->write(out, s, strlen(s));
}

void trace_printf(struct trace_out *out, const char *fmt, ...)
{
	char line[256];
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vscnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);
	out->write(out, line, (size_t)n);
}
