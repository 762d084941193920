// SPDX-License-Identifier: GPL-2.0
/* Runs toy programs: a dispatcher whose CPUs are indices into lists. */
#include <linux/bits.h>
#include <linux/string.h>

#include "toy.h"

#define WORD_ADDR(word)		(0x10000ul + 8 * (word))
#define OP_PC(cpu, i)		(0x1000ul * ((cpu) + 1) + 4 * (i))
/* FNV-1a. */
#define HASH_START		0xcbf29ce484222325ull
#define HASH_PRIME		0x100000001b3ull

struct machine {
	const struct toy *toy;
	u8 mem[TOY_WORDS];
	unsigned int at[DISPATCH_MAX_CPUS];
	u8 reg[DISPATCH_MAX_CPUS];
	unsigned int ticks;
	struct toy_result res;
	u32 step;
};

static const struct toy_op *next_op(const struct machine *m, unsigned int cpu)
{
	return m->at[cpu] < m->toy->n[cpu] ? &m->toy->ops[cpu][m->at[cpu]] : NULL;
}

static bool is_runnable(const struct machine *m, unsigned int cpu)
{
	const struct toy_op *op = next_op(m, cpu);

	return op && (op->kind != TOY_LOCK || !m->mem[op->word]);
}

/* The clock goes on for those who are not done only. */
static unsigned long runnable_actors(const struct machine *m)
{
	unsigned long mask = 0;
	bool done = true;
	unsigned int cpu;

	for (cpu = 0; cpu < m->toy->ncpus; cpu++) {
		done &= !next_op(m, cpu);
		if (is_runnable(m, cpu))
			mask |= BIT(cpu);
	}
	return mask | (done || !m->ticks ? 0 : BIT(DISPATCH_CLOCK));
}

static enum point_kind kind_of(const struct toy_op *op)
{
	switch (op->kind) {
	case TOY_STEP:
		return POINT_ATOMIC;
	case TOY_LOCK:
		return POINT_LOCK;
	case TOY_UNLOCK:
		return POINT_UNLOCK;
	default:
		return POINT_ACCESS;
	}
}

/* What @cpu is about to do. */
static struct sched_point point_at(struct machine *m, unsigned int cpu)
{
	struct sched_point p = { .kind = POINT_EXIT, .cpu = cpu, .step = m->step++ };
	const struct toy_op *op = next_op(m, cpu);

	if (!op)
		return p;
	p.kind = is_runnable(m, cpu) ? kind_of(op) : POINT_WAIT;
	p.addr = WORD_ADDR(op->word);
	p.size = 8;
	p.write = op->kind != TOY_READ && op->kind != TOY_EXPECT && op->kind != TOY_NEVER;
	p.pc = OP_PC(cpu, m->at[cpu]);
	return p;
}

static void execute(struct machine *m, unsigned int cpu)
{
	const struct toy_op *op = next_op(m, cpu);
	u8 *word = &m->mem[op->word];

	switch (op->kind) {
	case TOY_READ:
		m->reg[cpu] = *word;
		break;
	case TOY_WRITE:
		*word = op->value;
		break;
	case TOY_WRITE_INC:
		*word = m->reg[cpu] + 1;
		break;
	case TOY_STEP:
		*word += *word == op->value;
		break;
	case TOY_EXPECT:
		m->res.bug |= *word != op->value;
		break;
	case TOY_NEVER:
		m->res.bug |= *word == op->value;
		break;
	case TOY_LOCK:
		*word = 1;
		break;
	case TOY_UNLOCK:
		*word = 0;
		break;
	}
	m->at[cpu]++;
	m->res.hash = (m->res.hash ^ (cpu + 1)) * HASH_PRIME;
}

static struct sched_point tick(struct machine *m)
{
	m->ticks--;
	m->res.hash = (m->res.hash ^ (DISPATCH_CLOCK + 1)) * HASH_PRIME;
	return (struct sched_point){ .kind = POINT_TICK, .cpu = DISPATCH_CLOCK, .step = m->step++ };
}

struct toy_result toy_run(const struct toy *toy, struct dispatch *d)
{
	struct machine m = { .toy = toy, .ticks = toy->ticks, .res.hash = HASH_START };
	unsigned long runnable = runnable_actors(&m), announced = 0;
	unsigned int cpu = runnable ? __builtin_ctzl(runnable) : 0;
	struct sched_point p = { .kind = POINT_START, .cpu = cpu, .step = m.step++ };

	while (runnable) {
		cpu = dispatch_choose(d, &p, runnable);
		/* A CPU that is new must come to its first point before it does anything. */
		if (announced & BIT(cpu))
			execute(&m, cpu);
		p = cpu == DISPATCH_CLOCK ? tick(&m) : point_at(&m, cpu);
		announced |= cpu == DISPATCH_CLOCK ? 0 : BIT(cpu);
		runnable = runnable_actors(&m);
	}
	for (cpu = 0; cpu < toy->ncpus; cpu++)
		m.res.deadlock |= m.at[cpu] < toy->n[cpu];
	return m.res;
}

bool toy_next(const struct toy *toy, struct dispatch *d, struct toy_result *res)
{
	if (!dispatch_next_run(d))
		return false;
	*res = toy_run(toy, d);
	dispatch_end_run(d, res->bug || res->deadlock);
	return true;
}

unsigned int toy_explore(const struct toy *toy, struct dispatch *d, unsigned int max,
			 unsigned int *first)
{
	struct toy_result res;
	unsigned int hits = 0;

	*first = 0;
	while (max-- && toy_next(toy, d, &res)) {
		if (!res.bug && !res.deadlock)
			continue;
		if (!hits++)
			*first = d->run;
	}
	return hits;
}

u64 toy_fingerprint(const struct toy *toy, struct dispatch *d, unsigned int n)
{
	struct toy_result res;
	u64 h = 0;

	while (n-- && toy_next(toy, d, &res))
		h = (h ^ res.hash) * HASH_PRIME;
	return h;
}

void toy_plant(struct toy *toy, struct toy_op *ops, unsigned int len, unsigned int depth)
{
	unsigned int i, cpu, at[2];

	for (i = 0; i < 2 * len; i++)
		ops[i] = (struct toy_op){ .kind = TOY_READ, .word = 1 };
	at[0] = at[1] = (len - depth / 2 - 1) / 2;
	for (i = 0; i < depth; i++) {
		cpu = i % 2;
		ops[cpu * len + at[cpu]++] = (struct toy_op){ .kind = TOY_STEP, .value = i };
	}
	cpu = depth % 2;
	ops[cpu * len + at[cpu]] = (struct toy_op){ .kind = TOY_NEVER, .value = depth };
	*toy = (struct toy){ .ncpus = 2, .ops = { ops, ops + len }, .n = { len, len } };
}
