// SPDX-License-Identifier: GPL-2.0
/* Formatting into memory of just the right size. */
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/slab.h>

char *kvasprintf(gfp_t gfp, const char *fmt, va_list args)
{
	va_list again;
	size_t size;
	char *text;

	va_copy(again, args);
	size = (size_t)vsnprintf(NULL, 0, fmt, again) + 1;
	va_end(again);
	text = kmalloc(size, gfp);
	if (text)
		vsnprintf(text, size, fmt, args);
	return text;
}
EXPORT_SYMBOL(kvasprintf);

char *kasprintf(gfp_t gfp, const char *fmt, ...)
{
	va_list args;
	char *text;

	va_start(args, fmt);
	text = kvasprintf(gfp, fmt, args);
	va_end(args);
	return text;
}
EXPORT_SYMBOL(kasprintf);
