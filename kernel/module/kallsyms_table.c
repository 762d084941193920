// SPDX-License-Identifier: GPL-2.0
/*
 * Reading the coded symbol table. Everything here runs without locks and without writing anything
 * but the caller's buffers, because an oops handler calls it.
 */
#include "kallsyms_table.h"

/**
 * kallsyms_hash - the hash by which names are found (FNV-1a, 32 bits)
 * @name: a symbol's name, without type letter
 *
 * Context: any; the host tool computes the same.
 */
u32 kallsyms_hash(const char *name)
{
	u32 hash = 0x811c9dc5;

	while (*name)
		hash = (hash ^ (u8)*name++) * 0x01000193;
	return hash;
}

static const u8 *record_of(const struct kallsyms_table *t, unsigned int nr)
{
	const u8 *record = t->names + t->markers[nr / KALLSYMS_STRIDE];
	unsigned int skip = nr % KALLSYMS_STRIDE;

	while (skip--)
		record += *record + 1;
	return record;
}

/*
 * How far it is from symbol @nr to the next one at another address; never asked for the last
 * address.
 */
static u32 distance_to_next(const struct kallsyms_table *t, unsigned int nr)
{
	u32 offset = t->offsets[nr];

	while (t->offsets[nr] == offset)
		nr++;
	return t->offsets[nr] - offset;
}

/**
 * kallsyms_table_get - decode all of symbol @nr but its name
 * @t: the table
 * @nr: less than @t->num_syms
 * @sym: receives the symbol
 *
 * Context: any.
 */
void kallsyms_table_get(const struct kallsyms_table *t, unsigned int nr, struct kallsyms_sym *sym)
{
	const u8 *record = record_of(t, nr);
	const u8 *p = record + 1;
	u8 slack = *p++;

	sym->nr = nr;
	sym->addr = t->base + t->offsets[nr];
	if (slack == KALLSYMS_EXPLICIT) {
		sym->size = (u32)p[0] << 24 | p[1] << 16 | p[2] << 8 | p[3];
		p += 4;
	} else {
		sym->size = distance_to_next(t, nr) - slack;
	}
	sym->tokens = p;
	sym->tokens_end = record + 1 + *record;
}

/*
 * The number of the first symbol at the highest address that is not above @offset. offsets[0] is 0.
 */
static unsigned int nearest_below(const struct kallsyms_table *t, u32 offset)
{
	unsigned int low = 0, high = t->num_syms;

	while (high - low > 1) {
		unsigned int mid = (low + high) / 2;

		if (t->offsets[mid] <= offset)
			low = mid;
		else
			high = mid;
	}
	while (low > 0 && t->offsets[low - 1] == t->offsets[low])
		low--;
	return low;
}

/**
 * kallsyms_table_find - find the symbol that covers @addr
 * @t: the table
 * @addr: any address
 * @sym: receives the symbol
 *
 * An address behind a symbol's last byte and before the next symbol (padding, a string constant)
 * belongs to neither. A symbol without size covers its own address.
 *
 * Context: any.
 * Return: whether there is one.
 */
bool kallsyms_table_find(const struct kallsyms_table *t, unsigned long addr,
			 struct kallsyms_sym *sym)
{
	unsigned long offset = addr - t->base;

	/* Below the base this is huge. */
	if (!t->num_syms || offset > UINT32_MAX)
		return false;
	kallsyms_table_get(t, nearest_below(t, offset), sym);
	return addr == sym->addr || addr - sym->addr < sym->size;
}

/*
 * Compare while expanding, and give up at the first difference. The first letter expanded is the
 * type.
 */
static bool name_is(const struct kallsyms_table *t, const struct kallsyms_sym *sym,
		    const char *name)
{
	unsigned int skip = 1;
	const u8 *token;

	for (token = sym->tokens; token < sym->tokens_end; token++) {
		const u8 *text = t->token_text + t->token_index[*token] + skip;
		const u8 *end = t->token_text + t->token_index[*token + 1];

		while (text < end)
			if ((u8)*name++ != *text++)
				return false;
		skip = 0;
	}
	return *name == '\0';
}

/**
 * kallsyms_table_find_name - find a symbol by name
 * @t: the table
 * @name: the whole name
 * @nth: 0 for the symbol of that name with the lowest address, 1 for the next (static functions
 *       may share one)
 * @sym: receives the symbol
 *
 * Context: any.
 * Return: whether there is one.
 */
bool kallsyms_table_find_name(const struct kallsyms_table *t, const char *name, unsigned int nth,
			      struct kallsyms_sym *sym)
{
	unsigned int bucket = (u64)kallsyms_hash(name) * t->num_buckets >> 32;
	unsigned int i;

	if (!t->num_syms)
		return false;
	for (i = t->buckets[bucket]; i < t->buckets[bucket + 1]; i++) {
		kallsyms_table_get(t, t->by_hash[i], sym);
		if (name_is(t, sym, name) && nth-- == 0)
			return true;
	}
	return false;
}

/**
 * kallsyms_table_name - expand a symbol's name
 * @t: the table
 * @sym: found by one of the functions above
 * @type: receives the type letter, as nm prints it; may be NULL
 * @buf: receives the name, cut off if need be, always terminated
 * @size: of @buf, at least 1
 *
 * Context: any.
 * Return: the length of what is in @buf.
 */
size_t kallsyms_table_name(const struct kallsyms_table *t, const struct kallsyms_sym *sym,
			   char *type, char *buf, size_t size)
{
	char *out = buf, *last = buf + size - 1;
	unsigned int skip = 1;
	const u8 *token;

	if (type)
		*type = t->token_text[t->token_index[*sym->tokens]];
	for (token = sym->tokens; token < sym->tokens_end; token++) {
		const u8 *text = t->token_text + t->token_index[*token] + skip;
		const u8 *end = t->token_text + t->token_index[*token + 1];

		while (text < end && out < last)
			*out++ = *text++;
		skip = 0;
	}
	*out = '\0';
	return out - buf;
}
