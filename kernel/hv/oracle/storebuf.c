// SPDX-License-Identifier: GPL-2.0
/*
 * One CPU's store buffer; what it is for is told in storebuf.h, what the models allow in model.h.
 *
 * The rule, for every model: a store may be delayed whenever a coin says so, and must be if an
 * older delayed one has to become visible first (has_to_follow()). Loads are not touched: a CPU
 * sees its own stores at once, and the others' in the order in which they become visible.
 */
#include <linux/kernel.h>
#include <linux/string.h>

#include "storebuf.h"

static u64 peek(unsigned long addr, unsigned int size)
{
	switch (size) {
	case 1:
		return *(volatile u8 *)addr;
	case 2:
		return *(volatile u16 *)addr;
	case 4:
		return *(volatile u32 *)addr;
	default:
		return *(volatile u64 *)addr;
	}
}

static void poke(unsigned long addr, unsigned int size, u64 value)
{
	switch (size) {
	case 1:
		*(volatile u8 *)addr = (u8)value;
		break;
	case 2:
		*(volatile u16 *)addr = (u16)value;
		break;
	case 4:
		*(volatile u32 *)addr = (u32)value;
		break;
	default:
		*(volatile u64 *)addr = value;
		break;
	}
}

static bool overlap(const struct buffered_store *a, const struct buffered_store *b)
{
	return a->addr < b->addr + b->size && b->addr < a->addr + a->size;
}

/* Must @younger stay invisible as long as @older does? */
static bool has_to_follow(const struct buffered_store *younger, const struct buffered_store *older,
			  enum memory_model model)
{
	return model == MODEL_TSO || younger->epoch != older->epoch || overlap(younger, older);
}

/* The coin of one store at one switch: a hash, so that it does not depend on what others do. */
static bool coin(const struct buffered_store *s, u64 seed)
{
	u64 z = seed + s->seq * 0x9e3779b97f4a7c15ULL + s->delays * 0xd1b54a32d192ed03ULL;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
	return (z ^ (z >> 31)) & 1;
}

void storebuf_reset(struct storebuf *sb)
{
	memset(sb, 0, sizeof(*sb));
}

/* The oldest store becomes final: memory has it already. */
static void make_room(struct storebuf *sb)
{
	sb->late += sb->entry[0].size && sb->entry[0].delays;
	sb->n--;
	memmove(&sb->entry[0], &sb->entry[1], sb->n * sizeof(sb->entry[0]));
}

/* Return: how many stores have become visible late since this was asked last, @more of them now. */
static unsigned int take_late(struct storebuf *sb, unsigned int more)
{
	more += sb->late;
	sb->late = 0;
	return more;
}

static void add_piece(struct storebuf *sb, unsigned long addr, unsigned int size)
{
	struct buffered_store *s;
	u64 old = peek(addr, size);	/* first of all: it may fault, and nothing has been noted then */

	if (sb->n == STOREBUF_ENTRIES)
		make_room(sb);
	s = &sb->entry[sb->n++];
	s->addr = addr;
	s->size = size;
	s->old = old;
	s->new = old;
	s->pc = sb->pc;
	s->seq = sb->seq;
	s->epoch = sb->epoch;
	s->delays = 0;
	sb->unsettled++;
}

/* The largest naturally aligned piece at @addr of at most @left bytes. */
static unsigned int piece_size(unsigned long addr, unsigned long left)
{
	unsigned int size = 8;

	while (size > left || addr % size)
		size /= 2;
	return size;
}

/**
 * storebuf_store() - note what the next store will overwrite
 * @sb: the running CPU's buffer
 * @addr: of the store
 * @size: bytes; a store too large for the buffer goes past it, after all before it
 */
void storebuf_store(struct storebuf *sb, unsigned long addr, unsigned long size)
{
	storebuf_settle(sb);
	if (size > STOREBUF_MAX_SIZE) {
		sb->late = storebuf_drain(sb);
		return;
	}
	while (size) {
		unsigned int piece = piece_size(addr, size);

		add_piece(sb, addr, piece);
		addr += piece;
		size -= piece;
	}
	sb->seq++;
}

/* The store noted last has been done. */
void storebuf_settle(struct storebuf *sb)
{
	for (; sb->unsettled; sb->unsettled--) {
		struct buffered_store *s = &sb->entry[sb->n - sb->unsettled];

		s->new = peek(s->addr, s->size);
	}
}

/* Stores after this become visible after those before it. */
void storebuf_fence(struct storebuf *sb)
{
	storebuf_settle(sb);
	sb->epoch++;
}

/* @s is in memory for good, since somebody has stored over it; so is what it was stored over. */
static void give_up(struct storebuf *sb, struct buffered_store *s)
{
	struct buffered_store *older;

	for (older = sb->entry; older < s; older++) {
		if (overlap(older, s))
			older->size = 0;
	}
	s->size = 0;
	sb->bypassed++;
}

static void undo_all(struct storebuf *sb)
{
	for (unsigned int i = sb->n; i-- > 0; ) {
		struct buffered_store *s = &sb->entry[i];

		if (!s->size)
			continue;
		if (peek(s->addr, s->size) == s->new)
			poke(s->addr, s->size, s->old);
		else
			give_up(sb, s);
	}
}

/* Does @s stay back, given that the first @kept entries of the buffer do? */
static bool stays(const struct storebuf *sb, unsigned int kept, const struct buffered_store *s,
		  enum memory_model model, u64 seed)
{
	for (unsigned int i = 0; i < kept; i++) {
		if (has_to_follow(s, &sb->entry[i], model))
			return true;
	}
	return coin(s, seed);
}

/**
 * storebuf_out() - the CPU is switched out: leave in memory what the others may see
 * @sb: its buffer
 * @model: what may be delayed
 * @seed: of the coins, the CPU's own
 *
 * Return: how many stores had been delayed before, and are visible now.
 */
unsigned int storebuf_out(struct storebuf *sb, enum memory_model model, u64 seed)
{
	unsigned int kept = 0, late = 0;

	storebuf_settle(sb);
	undo_all(sb);
	for (unsigned int i = 0; i < sb->n; i++) {
		struct buffered_store s = sb->entry[i];

		if (!s.size)
			continue;
		if (stays(sb, kept, &s, model, seed)) {
			s.delays++;
			sb->entry[kept++] = s;
		} else {
			poke(s.addr, s.size, s.new);
			late += s.delays > 0;
		}
	}
	sb->n = kept;
	sb->out = true;
	return take_late(sb, late);
}

/** storebuf_in() - the CPU is switched in: let it see its own stores. @sb: its buffer */
void storebuf_in(struct storebuf *sb)
{
	for (unsigned int i = 0; i < sb->n; i++) {
		struct buffered_store *s = &sb->entry[i];

		if (!s->size)
			continue;
		s->old = peek(s->addr, s->size);
		poke(s->addr, s->size, s->new);
	}
	sb->out = false;
}

/**
 * storebuf_drain() - make everything visible
 * @sb: the buffer of a running CPU, or of one switched out
 *
 * Return: how many stores had been delayed before.
 */
unsigned int storebuf_drain(struct storebuf *sb)
{
	unsigned int late = 0;

	storebuf_settle(sb);
	for (unsigned int i = 0; i < sb->n; i++) {
		const struct buffered_store *s = &sb->entry[i];

		if (sb->out && s->size)
			poke(s->addr, s->size, s->new);
		late += s->size && s->delays;
	}
	sb->n = 0;
	return take_late(sb, late);
}
