// SPDX-License-Identifier: GPL-2.0
/*
 * Happens-before by vector clocks: for each CPU, which of the others' steps it knows to be over.
 * Two accesses to the same bytes race if one is a store, one is plain, and the later CPU does not
 * know that the earlier access is over.
 *
 * The parties are CPUs, not threads: whatever one CPU does is in program order. So a thread that
 * is preempted in the middle of something never races with its successor on the same CPU; the
 * other oracles see that. An address dependency orders too (Linux relies on it), and a marked load
 * counts as the head of one: it acquires. What is remembered of 8 bytes is each CPU's last load
 * and last store.
 */
#include <linux/kernel.h>
#include <linux/string.h>

#include "model.h"

#define CELL_BITS	12
#define SYNC_BITS	10
#define WINDOW		8	/* slots a key may be in */
#define SEEN		128	/* races reported */
#define GRANULE		8

struct clock {
	unsigned int t[MODEL_CPUS];
};

/**
 * struct access - one CPU's last load or store of a cell
 * @clock: its CPU's own clock then; 0 = none
 * @mask: which bytes
 * @flags: HB_*
 * @site: where
 */
struct access {
	unsigned int clock;
	u8 mask;
	u8 flags;
	struct model_site site;
};

/**
 * struct cell - what has been done to 8 bytes
 * @addr: of them
 * @run: in which schedule; in another one the cell is free
 * @last: by CPU, loads and stores
 */
struct cell {
	unsigned long addr;
	unsigned int run;
	struct access last[MODEL_CPUS][2];
};

/* What a lock or a marked variable hands on to its next user. */
struct sync {
	unsigned long addr;
	unsigned int run;
	struct clock clock;
};

static struct cell cells[1U << CELL_BITS];
static struct sync syncs[1U << SYNC_BITS];
static struct clock now[MODEL_CPUS];		/* what each CPU knows */
static struct clock published[MODEL_CPUS];	/* and knew at its last fence */
static unsigned int run = 1;
static unsigned int parties;			/* CPUs that have accessed anything */
static unsigned long lost;

static unsigned long seen[SEEN][2];
static unsigned int nr_seen;
static struct hb_race report;

static unsigned int hash(unsigned long addr, unsigned int bits)
{
	return (unsigned int)((addr * 0x9e3779b97f4a7c15ULL) >> (64 - bits));
}

static struct cell *find_cell(unsigned long addr)
{
	unsigned int h = hash(addr, CELL_BITS);

	for (unsigned int i = 0; i < WINDOW; i++) {
		struct cell *c = &cells[(h + i) % ARRAY_SIZE(cells)];

		if (c->run == run && c->addr == addr)
			return c;
	}
	return NULL;
}

static struct cell *make_cell(unsigned long addr)
{
	unsigned int h = hash(addr, CELL_BITS), i = 0;
	struct cell *c = find_cell(addr);

	if (c)
		return c;
	while (i < WINDOW && cells[(h + i) % ARRAY_SIZE(cells)].run == run)
		i++;
	lost += i == WINDOW;
	c = &cells[(h + i % WINDOW) % ARRAY_SIZE(cells)];
	memset(c, 0, sizeof(*c));
	c->addr = addr;
	c->run = run;
	return c;
}

static struct sync *find_sync(unsigned long addr)
{
	unsigned int h = hash(addr, SYNC_BITS);

	for (unsigned int i = 0; i < WINDOW; i++) {
		struct sync *s = &syncs[(h + i) % ARRAY_SIZE(syncs)];

		if (s->run == run && s->addr == addr)
			return s;
	}
	return NULL;
}

static struct sync *make_sync(unsigned long addr)
{
	unsigned int h = hash(addr, SYNC_BITS), i = 0;
	struct sync *s = find_sync(addr);

	if (s)
		return s;
	while (i < WINDOW && syncs[(h + i) % ARRAY_SIZE(syncs)].run == run)
		i++;
	lost += i == WINDOW;
	s = &syncs[(h + i % WINDOW) % ARRAY_SIZE(syncs)];
	memset(s, 0, sizeof(*s));
	s->addr = addr;
	s->run = run;
	return s;
}

static void join(struct clock *to, const struct clock *from)
{
	for (unsigned int i = 0; i < MODEL_CPUS; i++)
		to->t[i] = max(to->t[i], from->t[i]);
}

void hb_reset(void)
{
	nr_seen = 0;
	parties = 0;
	lost = 0;
}

void hb_run_begin(void)
{
	run++;
	memset(now, 0, sizeof(now));
	memset(published, 0, sizeof(published));
	for (unsigned int cpu = 0; cpu < MODEL_CPUS; cpu++)
		now[cpu].t[cpu] = 1;
}

unsigned long hb_lost(void)
{
	return lost;
}

void hb_acquire(unsigned int cpu, unsigned long addr)
{
	const struct sync *s = find_sync(addr);

	if (s)
		join(&now[cpu], &s->clock);
}

void hb_release(unsigned int cpu, unsigned long addr)
{
	join(&make_sync(addr)->clock, &now[cpu]);
	now[cpu].t[cpu]++;
}

void hb_fence(unsigned int cpu)
{
	published[cpu] = now[cpu];
	now[cpu].t[cpu]++;
}

/* What marked accesses order: see hb_access(). */
static void order_marked(unsigned int cpu, unsigned long addr, unsigned int flags)
{
	if (!(flags & HB_MARKED))
		return;
	if (!(flags & HB_WRITE))
		hb_acquire(cpu, addr);
	else
		make_sync(addr)->clock = published[cpu];
}

/* Has this pair of places been reported? If not, it counts as reported from now on. */
static bool seen_before(unsigned long a, unsigned long b)
{
	for (unsigned int i = 0; i < min(nr_seen, (unsigned int)SEEN); i++) {
		if ((seen[i][0] == a && seen[i][1] == b) || (seen[i][0] == b && seen[i][1] == a))
			return true;
	}
	seen[nr_seen % SEEN][0] = a;
	seen[nr_seen % SEEN][1] = b;
	nr_seen++;
	return false;
}

static bool conflict(const struct access *a, const struct access *b)
{
	return a->clock && a->mask & b->mask && (a->flags | b->flags) & HB_WRITE &&
	       !(a->flags & b->flags & HB_MARKED);
}

static void fill_side(struct hb_access_record *side, unsigned int cpu, const struct access *a)
{
	side->cpu = cpu;
	side->flags = a->flags;
	side->site = a->site;
}

/* The first access in @c that races with @a of @cpu. Return: true if there is one that is news. */
static bool find_race(const struct cell *c, unsigned int cpu, struct access *a, unsigned long pc)
{
	for (unsigned int i = 0; i < 2 * parties; i++) {
		const struct access *b = &c->last[i / 2][i % 2];

		if (i / 2 == cpu || !conflict(b, a) || b->clock <= now[cpu].t[i / 2])
			continue;
		if (seen_before(b->site.pc[0], pc))
			continue;
		model_site_here(&a->site, pc);
		fill_side(&report.side[0], i / 2, b);
		fill_side(&report.side[1], cpu, a);
		return true;
	}
	return false;
}

/* Remember @a as its CPU's latest; the same access again in the same step is known already. */
static void remember(struct access *last, const struct access *a, unsigned long pc)
{
	if (last->clock == a->clock && last->mask == a->mask && last->flags == a->flags)
		return;
	*last = *a;
	model_site_here(&last->site, pc);
}

static bool access_cell(unsigned int cpu, unsigned long granule, u8 mask, unsigned int flags,
			unsigned long pc)
{
	struct access a = { .clock = now[cpu].t[cpu], .mask = mask, .flags = (u8)flags };
	struct cell *c = make_cell(granule);
	bool race = find_race(c, cpu, &a, pc);

	remember(&c->last[cpu][!!(flags & HB_WRITE)], &a, pc);
	return race;
}

const struct hb_race *hb_access(unsigned int cpu, unsigned long addr, unsigned int size,
				unsigned int flags, unsigned long pc)
{
	unsigned long granule = addr & ~(GRANULE - 1UL), end = addr + size;
	bool race = false;

	parties = max(parties, cpu + 1);
	order_marked(cpu, addr, flags);
	for (; granule < end && !race; granule += GRANULE) {
		unsigned int from = granule < addr ? (unsigned int)(addr - granule) : 0;
		unsigned int to = (unsigned int)min_t(unsigned long, GRANULE, end - granule);
		u8 mask = (u8)((0xffU >> (GRANULE - to + from)) << from);

		race = access_cell(cpu, granule, mask, flags, pc);
	}
	report.addr = addr;
	report.size = size;
	return race ? &report : NULL;
}

static void forget_all_within(unsigned long addr, unsigned long end)
{
	for (unsigned int i = 0; i < ARRAY_SIZE(cells); i++) {
		if (cells[i].run == run && cells[i].addr >= addr && cells[i].addr < end)
			memset(cells[i].last, 0, sizeof(cells[i].last));
	}
}

void hb_forget(unsigned long addr, unsigned long size)
{
	unsigned long granule = addr & ~(GRANULE - 1UL), end = addr + size;
	struct cell *c;

	if (size / GRANULE > ARRAY_SIZE(cells)) {
		forget_all_within(granule, end);
		return;
	}
	for (; granule < end; granule += GRANULE) {
		c = find_cell(granule);
		if (c)
			memset(c->last, 0, sizeof(c->last));
	}
}
