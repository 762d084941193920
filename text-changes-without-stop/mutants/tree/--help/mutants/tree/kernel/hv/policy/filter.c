// SPDX-License-Identifier: GPL-2.0
/*
 * The conflict filter. Switching CPUs before an access is of use only if another CPU may touch the
 * same memory and one of them writes: all other orders look alike to everybody. What conflicts is
 * not known beforehand, so it is learnt from the runs, and the set only grows.
 *
 * Two ways of naming an access. By address, which is exact, where runs find their data at the same
 * addresses; by instruction, where memory moves between runs (a module is loaded anew for each,
 * next-fit): then the accesses of one run tell which addresses conflict, and all instructions that
 * went there are remembered.
 *
 * What this may miss: memory that conflicts only in an interleaving that is only found by
 * switching at it. The first run to see such a conflict makes it visible, but somebody must come
 * by. A table that is full makes everything visible, so that it costs time, never a schedule.
 */
#include <linux/bits.h>
#include <linux/kernel.h>
#include <linux/string.h>

#include "filter.h"

#define GRANULE_SHIFT	3		/* accesses are compared in doublewords */
#define MAX_GRANULES	16384		/* powers of two, for the hash */
#define MAX_PCS		8192
#define MAX_VISITS	16384
#define MAX_AREAS	256
#define AREA_MIN	64		/* accesses larger than this are areas */
#define HASH_FACTOR	0x9e3779b97f4a7c15ull

/* A doubleword that somebody has touched. */
struct granule {
	unsigned long key;
	u32 stamp;			/* the run that this is about; other than f->stamp: free */
	u32 visits;			/* first of the list, index + 1 */
	u8 readers, writers;		/* bit per CPU */
	bool conflict;
};

/*
 * A large access, such as freeing memory: noted as a whole. It has touched every granule in it, those
 * that are noted later too, so that its conflicts are known when it is made again.
 */
struct area {
	unsigned long first, last;	/* granules */
	unsigned long pc;
	u8 cpu;
	bool write;
	bool conflict;
};

/* One instruction that touched a granule in this run. */
struct visit {
	unsigned long pc;
	u32 next;			/* index + 1 */
};

struct conflict_filter {
	enum dispatch_filter mode;
	struct granule *granules;
	struct visit *visits;
	unsigned long *pcs;		/* visible ones; 0 = free */
	struct granule **used;		/* the granules of this stamp */
	struct area areas[MAX_AREAS];
	u32 stamp;
	unsigned int n_granules, n_visits, n_pcs, n_areas;
	unsigned int generation;
	bool full;
	struct dispatch *d;
};

struct conflict_filter *conflict_filter_new(struct dispatch *d, enum dispatch_filter mode)
{
	struct conflict_filter *f = dispatch_alloc(d, sizeof(*f));

	if (!f || mode == FILTER_NONE)
		return f;
	f->mode = mode;
	f->d = d;
	f->stamp = 1;
	f->granules = dispatch_alloc(d, MAX_GRANULES * sizeof(*f->granules));
	f->visits = dispatch_alloc(d, MAX_VISITS * sizeof(*f->visits));
	f->pcs = dispatch_alloc(d, MAX_PCS * sizeof(*f->pcs));
	f->used = dispatch_alloc(d, MAX_GRANULES * sizeof(*f->used));
	return f->granules && f->visits && f->pcs && f->used ? f : NULL;
}

void conflict_filter_new_run(struct conflict_filter *f)
{
	if (f->mode != FILTER_PC)
		return;
	f->stamp++;
	f->n_granules = f->n_visits = f->n_areas = 0;
}

unsigned int conflict_filter_generation(const struct conflict_filter *f)
{
	return f->generation;
}

/* Something becomes visible that was not; what was known may not be true any more. */
static void grow(struct conflict_filter *f)
{
	f->generation++;
	dispatch_know_nothing(f->d);
}

/* Can a table of @max take one more, and stay sparse? If not, the filter gives up. */
static bool has_room(struct conflict_filter *f, unsigned int used, unsigned int max)
{
	if (used >= max - max / 4) {
		if (!f->full)
			grow(f);
		f->full = true;
	}
	return !f->full;
}

static unsigned int hash(unsigned long key, unsigned int size)
{
	return (key * HASH_FACTOR) >> 32 & (size - 1);
}

/* The place of @pc, or the free one where it belongs. */
static unsigned long *find_pc(struct conflict_filter *f, unsigned long pc)
{
	unsigned int i = hash(pc, MAX_PCS);

	while (f->pcs[i] && f->pcs[i] != pc)
		i = (i + 1) & (MAX_PCS - 1);
	return &f->pcs[i];
}

static void show_pc(struct conflict_filter *f, unsigned long pc)
{
	unsigned long *place = find_pc(f, pc);

	if (*place == pc || !has_room(f, f->n_pcs, MAX_PCS))
		return;
	*place = pc;
	f->n_pcs++;
	grow(f);
}

/* The place of @key, or the free one where it belongs. */
static struct granule *find_granule(struct conflict_filter *f, unsigned long key)
{
	unsigned int i = hash(key, MAX_GRANULES);

	while (f->granules[i].stamp == f->stamp && f->granules[i].key != key)
		i = (i + 1) & (MAX_GRANULES - 1);
	return &f->granules[i];
}

static void add_visit(struct conflict_filter *f, struct granule *g, unsigned long pc)
{
	u32 i;

	for (i = g->visits; i; i = f->visits[i - 1].next)
		if (f->visits[i - 1].pc == pc)
			return;
	if (!has_room(f, f->n_visits, MAX_VISITS))
		return;
	f->visits[f->n_visits++] = (struct visit){ .pc = pc, .next = g->visits };
	g->visits = f->n_visits;
}

/* Somebody writes, and somebody else is there too. */
static bool conflicts(const struct granule *g)
{
	u8 all = g->readers | g->writers;

	return g->writers && all & (all - 1);
}

static void new_conflict(struct conflict_filter *f, struct granule *g)
{
	struct area *a;
	u32 i;

	g->conflict = true;
	for (a = f->areas; a < f->areas + f->n_areas; a++)
		a->conflict |= g->key >= a->first && g->key <= a->last;
	if (f->mode == FILTER_ADDRESS)
		grow(f);
	for (i = g->visits; i; i = f->visits[i - 1].next)
		show_pc(f, f->visits[i - 1].pc);
	g->visits = 0;
}

static bool touches(const struct sched_point *p, bool *write)
{
	*write = p->write || p->kind == POINT_LOCK || p->kind == POINT_UNLOCK ||
		 p->kind == POINT_ATOMIC;
	return p->addr && (*write || p->kind == POINT_ACCESS);
}

/* Return: whether the granule is known to conflict. */
static inline bool touch(struct conflict_filter *f, struct granule *g, unsigned int cpu, bool write,
		  unsigned long pc)
{
	if (write)
		g->writers |= BIT(cpu);
	else
		g->readers |= BIT(cpu);
	if (f->mode == FILTER_PC && !g->conflict)
		add_visit(f, g, pc);
	if (!g->conflict && conflicts(g))
		new_conflict(f, g);
	if (f->mode == FILTER_PC && g->conflict)
		show_pc(f, pc);
	return g->conflict;
}

/* The granule of @key; one that is new has been touched by the areas that it lies in. */
static struct granule *get_granule(struct conflict_filter *f, unsigned long key)
{
	struct granule *g = find_granule(f, key);
	const struct area *a;

	if (g->stamp == f->stamp)
		return g;
	if (!has_room(f, f->n_granules, MAX_GRANULES))
		return NULL;
	f->used[f->n_granules++] = g;
	*g = (struct granule){ .key = key, .stamp = f->stamp };
	for (a = f->areas; a < f->areas + f->n_areas; a++)
		if (key >= a->first && key <= a->last)
			touch(f, g, a->cpu, a->write, a->pc);
	return g;
}

static bool same_area(const struct area *a, const struct area *b)
{
	return a->first == b->first && a->last == b->last && a->pc == b->pc && a->cpu == b->cpu &&
	       a->write == b->write;
}

static struct area *find_area(struct conflict_filter *f, const struct area *wanted)
{
	struct area *a;

	for (a = f->areas; a < f->areas + f->n_areas; a++)
		if (same_area(a, wanted))
			return a;
	return NULL;
}

static bool areas_conflict(const struct area *a, const struct area *b)
{
	return a->cpu != b->cpu && (a->write || b->write) && a->last >= b->first &&
	       a->first <= b->last;
}

/* Meet the areas known so far. */
static void meet_areas(struct conflict_filter *f, struct area *new)
{
	struct area *a;

	for (a = f->areas; a < f->areas + f->n_areas; a++) {
		if (!areas_conflict(a, new))
			continue;
		a->conflict = new->conflict = true;
		show_pc(f, a->pc);
		show_pc(f, new->pc);
	}
}

/* Touch what of the area is known, and remember it for what will be. Return: whether it conflicts. */
static bool touch_area(struct conflict_filter *f, struct area *new)
{
	const struct area *known = find_area(f, new);
	unsigned int i;

	if (known)
		return known->conflict;
	meet_areas(f, new);
	for (i = 0; i < f->n_granules; i++)
		if (f->used[i]->key >= new->first && f->used[i]->key <= new->last)
			new->conflict |= touch(f, f->used[i], new->cpu, new->write, new->pc);
	if (has_room(f, f->n_areas, MAX_AREAS))
		f->areas[f->n_areas++] = *new;
	if (new->conflict)
		grow(f);
	return new->conflict;
}

static bool touch_words(struct conflict_filter *f, const struct area *a)
{
	bool conflict = false;
	struct granule *g;
	unsigned long key;

	for (key = a->first; key <= a->last; key++) {
		g = get_granule(f, key);
		conflict |= !g || touch(f, g, a->cpu, a->write, a->pc);
	}
	return conflict;
}

/* Return: whether what @p touches conflicts. */
static bool learn(struct conflict_filter *f, const struct sched_point *p, bool write)
{
	struct area a = {
		.first = p->addr >> GRANULE_SHIFT,
		.last = (p->addr + max(p->size, 1u) - 1) >> GRANULE_SHIFT,
		.cpu = p->cpu, .pc = p->pc, .write = write,
	};

	return p->size > AREA_MIN ? touch_area(f, &a) : touch_words(f, &a);
}

bool conflict_filter_visible(struct conflict_filter *f, const struct sched_point *p)
{
	bool visible, write;

	if (f->mode == FILTER_NONE)
		return true;
	if (!touches(p, &write))
		return true;
	visible = learn(f, p, write);
	if (f->mode == FILTER_PC && !visible)
		visible = *find_pc(f, p->pc) == p->pc;
	return visible || f->full;
}
