// SPDX-License-Identifier: GPL-2.0
/*
 * The order graph of lock classes. An edge is looked at once, when it is new: if its end can
 * already reach its beginning, the two orders together can deadlock. Two locks of one class nest
 * as they like.
 */
#include <linux/kernel.h>
#include <linux/string.h>

#include "lockdep.h"

#define HASH(value, n)	((unsigned int)(((value) * 0x9e3779b97f4a7c15ULL) >> 32) % (n))

void lockdep_name(struct lockdep *ld, unsigned long lock, unsigned long key)
{
	unsigned int i = HASH(lock, LOCKDEP_NAMED), n = 0;

	while (ld->named[i].lock && ld->named[i].lock != lock && n++ < LOCKDEP_NAMED / 8)
		i = (i + 1) % LOCKDEP_NAMED;
	ld->full += ld->named[i].lock && ld->named[i].lock != lock;
	ld->named[i].lock = lock;
	ld->named[i].key = key;
}

static unsigned long key_of(const struct lockdep *ld, unsigned long lock)
{
	unsigned int i = HASH(lock, LOCKDEP_NAMED), n = 0;

	for (; ld->named[i].lock && n <= LOCKDEP_NAMED / 8; n++) {
		if (ld->named[i].lock == lock)
			return ld->named[i].key;
		i = (i + 1) % LOCKDEP_NAMED;
	}
	return lock;
}

/* The class of @lock, made if there is room; 0 if not. */
static unsigned int class_of(struct lockdep *ld, unsigned long lock)
{
	unsigned long key = key_of(ld, lock);
	u8 *guess = &ld->guess[HASH(key, LOCKDEP_CLASSES)];

	if (*guess && ld->key[*guess] == key)
		return *guess;
	for (unsigned int c = 1; c <= ld->nr_classes; c++) {
		if (ld->key[c] == key)
			return *guess = (u8)c;
	}
	if (ld->nr_classes == LOCKDEP_CLASSES - 1) {
		ld->full++;
		return 0;
	}
	ld->key[++ld->nr_classes] = key;
	return ld->nr_classes;
}

static bool ordered(const struct lockdep *ld, unsigned int before, unsigned int after)
{
	return ld->order[before][after / 64] & (1ULL << (after % 64));
}

/* The edge's slot, used or free; NULL if the table is full. */
static struct lockdep_edge *find_edge(struct lockdep *ld, unsigned int before, unsigned int after)
{
	unsigned int i = HASH((u64)before * LOCKDEP_CLASSES + after, LOCKDEP_EDGES);

	for (unsigned int n = 0; n < LOCKDEP_EDGES; n++) {
		struct lockdep_edge *e = &ld->edge[(i + n) % LOCKDEP_EDGES];

		if (!e->before || (e->before == before && e->after == after))
			return e;
	}
	return NULL;
}

static void add_order(struct lockdep *ld, const struct held_lock *held, unsigned int class,
		      unsigned long pc)
{
	struct lockdep_edge *e = find_edge(ld, held->class, class);

	ld->order[held->class][class / 64] |= 1ULL << (class % 64);
	ld->full += !e;
	if (e)
		*e = (struct lockdep_edge){ held->class, class, held->pc, pc };
}

/*
 * The class after @from on a way to @to, 0 if there is no way. A breadth-first search that starts
 * at the far end, so that what it finds last is the first step.
 */
static unsigned int first_step(const struct lockdep *ld, unsigned int from, unsigned int to)
{
	u8 queue[LOCKDEP_CLASSES];
	bool seen[LOCKDEP_CLASSES] = { false };
	unsigned int head = 0, tail = 0;

	seen[to] = true;
	queue[tail++] = (u8)to;
	while (head < tail) {
		unsigned int c = queue[head++];

		if (ordered(ld, from, c))
			return c;
		for (unsigned int p = 1; p <= ld->nr_classes; p++) {
			if (!seen[p] && ordered(ld, p, c)) {
				seen[p] = true;
				queue[tail++] = (u8)p;
			}
		}
	}
	return 0;
}

/* Learn "@held before @class". Return: true if that is an inversion. */
static bool learn(struct lockdep *ld, const struct held_lock *held, unsigned int class,
		  unsigned long pc, struct lockdep_report *report)
{
	unsigned int step;

	if (held->class == class || !held->class || ordered(ld, held->class, class))
		return false;
	step = first_step(ld, class, held->class);
	if (!step || !ld->again)
		add_order(ld, held, class, pc);
	if (!step)
		return false;
	*report = (struct lockdep_report){
		.taking = ld->key[class], .holding = ld->key[held->class],
		.taking_pc = pc, .holding_pc = held->pc,
		.first = *find_edge(ld, class, step),
	};
	report->first.before = class;
	return true;
}

static struct lockdep_context *find_context(struct lockdep *ld, unsigned long owner)
{
	for (unsigned int i = 0; i < ld->nr_contexts; i++) {
		if (ld->context[i].owner == owner)
			return &ld->context[i];
	}
	return NULL;
}

/* A free one; NULL if there is none. */
static struct lockdep_context *new_context(struct lockdep *ld)
{
	struct lockdep_context *c = find_context(ld, 0);

	if (!c && ld->nr_contexts < LOCKDEP_CONTEXTS)
		c = &ld->context[ld->nr_contexts++];
	return c;
}

static void free_context(struct lockdep *ld, struct lockdep_context *c)
{
	c->owner = 0;
	while (ld->nr_contexts && !ld->context[ld->nr_contexts - 1].owner)
		ld->nr_contexts--;
}

const struct lockdep_context *lockdep_held(const struct lockdep *ld, unsigned long owner)
{
	return find_context((struct lockdep *)ld, owner);
}

unsigned long lockdep_where(const struct lockdep *ld, unsigned long owner, unsigned long lock)
{
	const struct lockdep_context *c = lockdep_held(ld, owner);

	for (unsigned int i = 0; c && i < c->n; i++)
		if (c->held[i].lock == lock)
			return c->held[i].pc;
	return 0;
}

static void push(struct lockdep *ld, unsigned long owner, unsigned long lock, unsigned int class,
		 unsigned long pc)
{
	struct lockdep_context *c = find_context(ld, owner) ?: new_context(ld);

	if (!c || c->n == LOCKDEP_DEPTH) {
		ld->full++;
		return;
	}
	c->owner = owner;
	c->held[c->n++] = (struct held_lock){ .lock = lock, .class = class, .pc = pc };
}

/* Is taking @lock while @held is held wrong? */
static bool clashes(struct lockdep *ld, const struct held_lock *held, unsigned long lock,
		    unsigned int class, unsigned long pc, struct lockdep_report *report)
{
	if (held->lock != lock)
		return learn(ld, held, class, pc, report);
	*report = (struct lockdep_report){
		.recursion = true, .taking = key_of(ld, lock), .holding = key_of(ld, lock),
		.taking_pc = pc, .holding_pc = held->pc,
	};
	return true;
}

/* Compare with all that @owner holds. */
static bool compare(struct lockdep *ld, unsigned long owner, unsigned long lock,
		    unsigned int class, unsigned long pc, struct lockdep_report *report)
{
	const struct lockdep_context *c = owner ? find_context(ld, owner) : NULL;
	bool bad = false;

	for (unsigned int i = 0; c && class && i < c->n && !bad; i++)
		bad = clashes(ld, &c->held[i], lock, class, pc, report);
	return bad;
}

bool lockdep_take(struct lockdep *ld, unsigned long owner, unsigned long outer, unsigned long lock,
		  unsigned long pc, struct lockdep_report *report)
{
	unsigned int class = class_of(ld, lock);
	bool bad = compare(ld, owner, lock, class, pc, report) ||
		   compare(ld, outer, lock, class, pc, report);

	push(ld, owner, lock, class, pc);
	return bad;
}

void lockdep_taken(struct lockdep *ld, unsigned long owner, unsigned long lock, unsigned long pc)
{
	push(ld, owner, lock, class_of(ld, lock), pc);
}

void lockdep_drop(struct lockdep *ld, unsigned long owner, unsigned long lock)
{
	struct lockdep_context *c = find_context(ld, owner);
	unsigned int i;

	if (!c)
		return;
	for (i = c->n; i-- > 0 && c->held[i].lock != lock; )
		;
	if (i >= c->n)
		return;
	c->n--;
	memmove(&c->held[i], &c->held[i + 1], (c->n - i) * sizeof(c->held[0]));
	if (!c->n)
		free_context(ld, c);
}

void lockdep_save(const struct lockdep *ld, struct lockdep_holders *held)
{
	held->nr_contexts = ld->nr_contexts;
	memcpy(held->context, ld->context, ld->nr_contexts * sizeof(ld->context[0]));
}

void lockdep_restore(struct lockdep *ld, const struct lockdep_holders *held)
{
	memset(ld->context, 0, ld->nr_contexts * sizeof(ld->context[0]));
	memcpy(ld->context, held->context, held->nr_contexts * sizeof(ld->context[0]));
	ld->nr_contexts = held->nr_contexts;
}
