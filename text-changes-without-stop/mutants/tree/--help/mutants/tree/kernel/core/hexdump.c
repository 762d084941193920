// SPDX-License-Identifier: GPL-2.0
/* Memory as lines of hexadecimal in the log. */
#include <linux/ctype.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/string.h>

#define MAX_ROW		32
#define PREFIX_SIZE	64
#define LINE_SIZE	(MAX_ROW * 3 + 2 + MAX_ROW + 1)

static void format_row(char *line, const u8 *p, size_t n, int rowsize, int groupsize, bool ascii)
{
	char *to = line;

	for (size_t i = 0; i < n; i++)
		to += sprintf(to, "%s%02x", i && i % groupsize == 0 ? " " : "", p[i]);
	if (!ascii)
		return;
	while (to - line < rowsize * 2 + rowsize / groupsize + 1)
		*to++ = ' ';
	for (size_t i = 0; i < n; i++)
		*to++ = isprint(p[i]) ? p[i] : '.';
	*to = '\0';
}

/* What stands before the bytes. */
static void format_prefix(char *to, const char *prefix, int type, const u8 *p, size_t at)
{
	if (type == DUMP_PREFIX_ADDRESS)
		snprintf(to, PREFIX_SIZE, "%s%px: ", prefix, p);
	else if (type == DUMP_PREFIX_OFFSET)
		snprintf(to, PREFIX_SIZE, "%s%.8zx: ", prefix, at);
	else
		strscpy(to, prefix, PREFIX_SIZE);
}

void print_hex_dump(const char *level, const char *prefix, int prefix_type, int rowsize,
		    int groupsize, const void *buf, size_t len, bool ascii)
{
	char line[LINE_SIZE], start[PREFIX_SIZE], fmt[16];

	/* The level is looked for in the format. */
	snprintf(fmt, sizeof(fmt), "%s%%s%%s\n", level);
	rowsize = rowsize == MAX_ROW ? MAX_ROW : 16;
	groupsize = clamp(groupsize, 1, 8);
	for (size_t at = 0; at < len; at += rowsize) {
		const u8 *p = (const u8 *)buf + at;

		format_row(line, p, min(len - at, (size_t)rowsize), rowsize, groupsize, ascii);
		format_prefix(start, prefix, prefix_type, p, at);
		printk(fmt, start, line);
	}
}
EXPORT_SYMBOL(print_hex_dump);
