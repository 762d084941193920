// SPDX-License-Identifier: GPL-2.0
/*
 * Writing a coded table as assembly. The assembler knows the target's byte order, so nothing here
 * does. linker.ld puts .kallsyms.rodata behind everything else.
 */
#include <stddef.h>
#include "kallsyms.h"

#define PER_LINE	16

/* The order in which emit_header() writes. */
_Static_assert(offsetof(struct kallsyms_table, num_syms) == 8 &&
	       offsetof(struct kallsyms_table, starts) == 16 &&
	       offsetof(struct kallsyms_table, markers) == 24 &&
	       offsetof(struct kallsyms_table, buckets) == 32 &&
	       offsetof(struct kallsyms_table, by_hash) == 40 &&
	       offsetof(struct kallsyms_table, token_index) == 48 &&
	       offsetof(struct kallsyms_table, token_text) == 56 &&
	       offsetof(struct kallsyms_table, names) == 64 &&
	       sizeof(struct kallsyms_table) == 72,
	       "emit_header() does not match struct kallsyms_table");

static void emit_header(const struct kallsyms_table *t, FILE *out)
{
	fprintf(out, "\t.globl\tkallsyms_kernel_table\n"
		"kallsyms_kernel_table:\n"
		"\t.quad\t0x%lx\n"
		"\t.long\t%u, %u\n"
		"\t.quad\tkallsyms_starts, kallsyms_markers, kallsyms_buckets, kallsyms_by_hash\n"
		"\t.quad\tkallsyms_token_index, kallsyms_token_text, kallsyms_names\n"
		"\t.size\tkallsyms_kernel_table, . - kallsyms_kernel_table\n",
		t->base, t->num_syms, t->num_buckets);
}

static void emit_label(const char *label, FILE *out)
{
	fprintf(out, "\nkallsyms_%s:", label);
}

static void emit_value(const char *directive, size_t i, unsigned long value, FILE *out)
{
	if (i % PER_LINE == 0)
		fprintf(out, "\n\t%s\t", directive);
	else
		fputc(',', out);
	fprintf(out, "%lu", value);
}

static void emit_u32(const char *label, const u32 *values, size_t num, FILE *out)
{
	size_t i;

	emit_label(label, out);
	for (i = 0; i < num; i++)
		emit_value(".long", i, values[i], out);
}

static void emit_u16(const char *label, const u16 *values, size_t num, FILE *out)
{
	size_t i;

	emit_label(label, out);
	for (i = 0; i < num; i++)
		emit_value(".short", i, values[i], out);
}

static void emit_u8(const char *label, const u8 *values, size_t num, FILE *out)
{
	size_t i;

	emit_label(label, out);
	for (i = 0; i < num; i++)
		emit_value(".byte", i, values[i], out);
}

/* Write the assembly source of @image to @out. */
void kallsyms_emit(const struct kallsyms_image *image, FILE *out)
{
	const struct kallsyms_table *t = &image->table;

	fprintf(out, "/* SPDX-License-Identifier: GPL-2.0 */\n"
		"/* Made by tools/kallsyms; kernel/module/kallsyms_table.h describes it. */\n"
		"\t.abiversion 2\n"
		"\t.section .kallsyms.rodata, \"a\"\n"
		"\t.balign\t8\n");
	emit_header(t, out);
	emit_u32("starts", t->starts, image->num_groups, out);
	emit_u32("markers", t->markers, image->num_groups, out);
	emit_u16("buckets", t->buckets, t->num_buckets + 1, out);
	emit_u16("by_hash", t->by_hash, t->num_syms, out);
	emit_u16("token_index", t->token_index, KALLSYMS_TOKENS + 1, out);
	emit_u8("token_text", t->token_text, t->token_index[KALLSYMS_TOKENS], out);
	emit_u8("names", t->names, image->names_len, out);
	fputs("\n\t.section .note.GNU-stack, \"\"\n", out);
}
