/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The coded symbol table: what tools/kallsyms writes and kernel/module/kallsyms.c reads.
 *
 * Symbols are numbered by ascending address. Each has a record in names[]; records follow one another
 * in number order. KALLSYMS_STRIDE of them are a group, of which starts[] says the address of the
 * first symbol, minus base, and markers[] where in names[] its record begins:
 *
 *	u8 length	of what follows
 *	u8 step[]	how far this symbol is from the one before (of the first one: 0), seven bits to a
 *			byte, highest first, with 0x80 set in all but the last. Most steps are multiples
 *			of four: these are halved, others doubled plus one
 *	u8 slack	bytes between the symbol's end and the next higher symbol; or
 *			KALLSYMS_EXPLICIT, and the size itself follows as four bytes, highest first
 *	u8 tokens[]	each stands for token_text[token_index[t]] up to [token_index[t + 1]]; put
 *			together they are the type letter and the name
 *
 * Names are found through a hash: bucket b = hash * num_buckets >> 32 holds the symbols
 * by_hash[buckets[b]] up to by_hash[buckets[b + 1]], in ascending number.
 *
 * Several symbols may share an address. The first of them is the name the address resolves to; the
 * order is the encoder's (tools/kallsyms/symbols.c).
 *
 * Pure logic: the host tool, the host tests and the kernel compile the same file.
 */
#ifndef _MODULE_KALLSYMS_TABLE_H
#define _MODULE_KALLSYMS_TABLE_H

#include <linux/types.h>

#define KALLSYMS_STRIDE		8
#define KALLSYMS_EXPLICIT	0xff
#define KALLSYMS_MAX_SYMS	0xffff
#define KALLSYMS_TOKENS		256

/* tools/kallsyms/emit.c writes this structure as assembly, field by field: keep the two in step. */
struct kallsyms_table {
	unsigned long base;
	u32 num_syms;
	u32 num_buckets;
	const u32 *starts;
	const u32 *markers;
	const u16 *buckets;
	const u16 *by_hash;
	const u16 *token_index;
	const u8 *token_text;
	const u8 *names;
};

/* One symbol, found; its name is still coded. */
struct kallsyms_sym {
	unsigned int nr;
	unsigned long addr;
	unsigned long size;
	const u8 *tokens;
	const u8 *tokens_end;
};

u32 kallsyms_hash(const char *name);
void kallsyms_table_get(const struct kallsyms_table *t, unsigned int nr, struct kallsyms_sym *sym);
bool kallsyms_table_find(const struct kallsyms_table *t, unsigned long addr,
			 struct kallsyms_sym *sym);
bool kallsyms_table_find_name(const struct kallsyms_table *t, const char *name, unsigned int nth,
			      struct kallsyms_sym *sym);
size_t kallsyms_table_name(const struct kallsyms_table *t, const struct kallsyms_sym *sym,
			   char *type, char *buf, size_t size);

#endif
