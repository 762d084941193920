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

/* A walk over the records: the symbol it has come to, and what of its record follows the step. */
struct walk {
	unsigned int nr;
	u32 offset;	/* its address, minus base */
	const u8 *record;
	const u8 *rest;
};

/* Read the step at @p. Return: what follows it. */
static const u8 *read_step(const u8 *p, u32 *step)
{
	unsigned long code = 0;

	do
		code = code << 7 | (*p & 0x7f);
	while (*p++ & 0x80);
	*step = code & 1 ? code >> 1 : code << 1;
	return p;
}

/* Return: how far the group's first symbol is from the one before. */
static u32 begin_walk(const struct kallsyms_table *t, unsigned int group, struct walk *w)
{
	u32 step;

	w->nr = group * KALLSYMS_STRIDE;
	w->offset = t->starts[group];
	w->record = t->names + t->markers[group];
	w->rest = read_step(w->record + 1, &step);
	return step;
}

/* Go on to the next symbol; there is one. Return: how far it was. */
static u32 walk_on(struct walk *w)
{
	u32 step;

	w->record += *w->record + 1;
	w->rest = read_step(w->record + 1, &step);
	w->offset += step;
	w->nr++;
	return step;
}

static const u8 *skip_size(const u8 *slack)
{
	return *slack == KALLSYMS_EXPLICIT ? slack + 5 : slack + 1;
}

/* Decode the symbol that @w has come to. The last address has an explicit size. */
static void decode(const struct kallsyms_table *t, const struct walk *w, struct kallsyms_sym *sym)
{
	const u8 *p = w->rest;
	struct walk next = *w;

	sym->nr = w->nr;
	sym->addr = t->base + w->offset;
	sym->tokens = skip_size(p);
	sym->tokens_end = w->record + 1 + *w->record;
	if (*p == KALLSYMS_EXPLICIT) {
		sym->size = (u32)p[1] << 24 | p[2] << 16 | p[3] << 8 | p[4];
		return;
	}
	while (!walk_on(&next))
		;
	sym->size = next.offset - w->offset - *p;
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
	struct walk w;

	begin_walk(t, nr / KALLSYMS_STRIDE, &w);
	while (w.nr < nr)
		walk_on(&w);
	decode(t, &w, sym);
}

/* The last group that does not begin above @offset. starts[0] is 0. */
static unsigned int group_of(const struct kallsyms_table *t, u32 offset)
{
	unsigned int low = 0, high = (t->num_syms + KALLSYMS_STRIDE - 1) / KALLSYMS_STRIDE;

	while (high - low > 1) {
		unsigned int mid = (low + high) / 2;

		if (t->starts[mid] <= offset)
			low = mid;
		else
			high = mid;
	}
	return low;
}

/* Find the first symbol at the highest address that is not above @offset. */
static void find_below(const struct kallsyms_table *t, u32 offset, struct walk *found)
{
	unsigned int group = group_of(t, offset);
	struct walk w;

	/* The aliases that a group begins with may go back into the one before. */
	while (!begin_walk(t, group, &w) && group)
		group--;
	*found = w;
	while (w.nr + 1 < t->num_syms) {
		u32 step = walk_on(&w);

		if (w.offset > offset)
			break;
		if (step)
			*found = w;
	}
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
	struct walk w;

	/* Below the base this is huge. */
	if (!t->num_syms || offset > UINT32_MAX)
		return false;
	find_below(t, offset, &w);
	decode(t, &w, sym);
	return addr == sym->addr || addr - sym->addr < sym->size;
}

/* The tokens of symbol @nr, without its address. Return: where they begin. */
static const u8 *tokens_of(const struct kallsyms_table *t, unsigned int nr, const u8 **end)
{
	const u8 *record = t->names + t->markers[nr / KALLSYMS_STRIDE];
	unsigned int skip = nr % KALLSYMS_STRIDE;
	u32 step;

	while (skip--)
		record += *record + 1;
	*end = record + 1 + *record;
	return skip_size(read_step(record + 1, &step));
}

/*
 * Compare while expanding, and give up at the first difference. The first letter expanded is the
 * type.
 */
static bool name_is(const struct kallsyms_table *t, unsigned int nr, const char *name)
{
	const u8 *tokens_end, *token = tokens_of(t, nr, &tokens_end);
	unsigned int skip = 1;

	for (; token < tokens_end; token++) {
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
		if (!name_is(t, t->by_hash[i], name) || nth--)
			continue;
		kallsyms_table_get(t, t->by_hash[i], sym);
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
