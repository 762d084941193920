// SPDX-License-Identifier: GPL-2.0
/*
 * The litmus tests in the language of herd7 (github.com/herd/herdtools7): what the kernel runs and what herd7
 * judges come from one table. Barriers and atomics are the instructions of asm/barrier.h and asm/atomic.h.
 *
 * r3, r4, ... hold the variables' addresses, r10, r11, ... are the test's r0, r1, ...; r8 and r9 are scratch.
 */
#include <linux/kernel.h>
#include <stopgap/console.h>

#include "litmus.h"

#define ADDRESS(var)	(3 + (var))
#define RESULT(reg)	(10 + (reg))

#define STEP_INSNS	4	/* at most, for one step */
#define COLUMN		16	/* an instruction and the space after it */

/* What one thread executes, one instruction after the other. */
struct ppc_thread {
	char insn[LITMUS_STEPS * STEP_INSNS][COLUMN + 1];
	unsigned int n;
};

static const char variables[LITMUS_VARS] = { 'x', 'y', 'z' };

static __printf(2, 3) void emit(struct ppc_thread *t, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(t->insn[t->n++], sizeof(t->insn[0]), fmt, args);
	va_end(args);
}

/* r8 = 0, computed from what was loaded. */
static void emit_dependency(struct ppc_thread *t, const struct litmus_step *s)
{
	unsigned int loaded = RESULT(s->dep - 1);

	emit(t, "xor r8,r%u,r%u", loaded, loaded);
}

static void emit_store(struct ppc_thread *t, const struct litmus_step *s)
{
	if (s->dep) {
		emit_dependency(t, s);
		emit(t, "addi r9,r8,%u", s->arg);
	} else {
		emit(t, "li r9,%u", s->arg);
	}
	emit(t, "stw r9,0(r%u)", ADDRESS(s->var));
}

static void emit_load(struct ppc_thread *t, const struct litmus_step *s)
{
	if (s->dep) {
		emit_dependency(t, s);
		emit(t, "lwzx r%u,r8,r%u", RESULT(s->arg), ADDRESS(s->var));
	} else {
		emit(t, "lwz r%u,0(r%u)", RESULT(s->arg), ADDRESS(s->var));
	}
}

/* Without the loop around it: outcomes in question ask for what is stored, so that none comes of a stwcx. that fails. */
static void emit_inc(struct ppc_thread *t, const struct litmus_step *s)
{
	emit(t, "lwarx r9,r0,r%u", ADDRESS(s->var));
	emit(t, "addi r9,r9,1");
	emit(t, "stwcx. r9,r0,r%u", ADDRESS(s->var));
}

static void emit_step(struct ppc_thread *t, const struct litmus_step *s)
{
	switch (s->op) {
	case LITMUS_RELEASE:
		emit(t, "lwsync");
		fallthrough;
	case LITMUS_STORE:
		emit_store(t, s);
		break;
	case LITMUS_LOAD:
		emit_load(t, s);
		break;
	case LITMUS_ACQUIRE:
		emit_load(t, s);
		emit(t, "lwsync");
		break;
	case LITMUS_INC:
		emit_inc(t, s);
		break;
	case LITMUS_WMB:
	case LITMUS_RMB:
		emit(t, "lwsync");
		break;
	case LITMUS_MB:
		emit(t, "sync");
		break;
	case LITMUS_END:
		break;
	}
}

static void translate(const struct litmus_step *s, struct ppc_thread *t)
{
	t->n = 0;
	for (unsigned int i = 0; i < LITMUS_STEPS && s[i].op != LITMUS_END; i++)
		emit_step(t, &s[i]);
}

/* Everybody may reach all variables; herd7 does not mind those that nobody uses. */
static void print_addresses(unsigned int nr_threads)
{
	cprintf("{\n");
	for (unsigned int thread = 0; thread < nr_threads; thread++) {
		for (unsigned int var = 0; var < LITMUS_VARS; var++)
			cprintf("%s%u:r%u=%c;", var ? " " : "", thread, ADDRESS(var),
				variables[var]);
		cprintf("\n");
	}
	cprintf("}\n");
}

/* One line of all columns: those that are at their end stay empty. */
static void print_row(const struct ppc_thread *threads, unsigned int nr_threads, unsigned int row)
{
	for (unsigned int i = 0; i < nr_threads; i++)
		cprintf(" %-*s%s", COLUMN, row < threads[i].n ? threads[i].insn[row] : "",
			i + 1 < nr_threads ? "|" : ";\n");
}

static void print_threads(const struct litmus_test *test)
{
	static struct ppc_thread threads[LITMUS_THREADS];
	unsigned int n = litmus_nr_threads(test), rows = 0;

	for (unsigned int i = 0; i < n; i++) {
		translate(test->thread[i], &threads[i]);
		rows = max(rows, threads[i].n);
		cprintf(" P%-*u%s", COLUMN - 1, i, i + 1 < n ? "|" : ";\n");
	}
	for (unsigned int row = 0; row < rows; row++)
		print_row(threads, n, row);
}

/* Which thread loads register @reg. */
static unsigned int loaded_by(const struct litmus_test *test, unsigned int reg)
{
	for (unsigned int i = 0; i < LITMUS_THREADS * LITMUS_STEPS; i++) {
		const struct litmus_step *s = &test->thread[i / LITMUS_STEPS][i % LITMUS_STEPS];

		if ((s->op == LITMUS_LOAD || s->op == LITMUS_ACQUIRE) && s->arg == reg)
			return i / LITMUS_STEPS;
	}
	return LITMUS_THREADS;
}

/* The claim: herd7 says "Ok" if it holds, whichever it is. */
static void print_claim(const struct litmus_test *test)
{
	cprintf("%sexists (", test->power ? "" : "~");
	for (unsigned int i = 0; i < LITMUS_CONDS && test->cond[i].what != LITMUS_ANY; i++) {
		const struct litmus_cond *c = &test->cond[i];

		cprintf("%s", i ? " /\\ " : "");
		if (c->what == LITMUS_REG)
			cprintf("%u:r%u=%u", loaded_by(test, c->n), RESULT(c->n), c->value);
		else
			cprintf("%c=%u", variables[c->n], c->value);
	}
	cprintf(")\n");
}

void litmus_print_ppc(const struct litmus_test *test)
{
	cprintf("PPC %s\n\"%s\"\n", test->name, test->outcome);
	print_addresses(litmus_nr_threads(test));
	print_threads(test);
	print_claim(test);
}
