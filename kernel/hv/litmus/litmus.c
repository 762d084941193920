// SPDX-License-Identifier: GPL-2.0
/*
 * The litmus tests as data; shapes and names are those of Alglave, Maranget, Tautschnig, "Herding
 * Cats", TOPLAS 2014. What POWER allows is what herd7 says of them ("make herd", tests/litmus):
 * wmb, rmb and what makes a release or an acquire are lwsync, mb is sync.
 */
#include <linux/kernel.h>

#include "litmus.h"

#define X	0
#define Y	1
#define Z	2
#define ST(v, value)	{ LITMUS_STORE, v, value, 0 }
#define LD(r, v)	{ LITMUS_LOAD, v, r, 0 }
/* The value, or the address, waits for register dep. */
#define ST_AFTER(dep, v, value)	{ LITMUS_STORE, v, value, 1 + (dep) }
#define LD_AFTER(dep, r, v)	{ LITMUS_LOAD, v, r, 1 + (dep) }
#define RELEASE(v, value)	{ LITMUS_RELEASE, v, value, 0 }
#define ACQUIRE(r, v)	{ LITMUS_ACQUIRE, v, r, 0 }
#define INC(v)		{ LITMUS_INC, v, 0, 0 }
#define WMB		{ LITMUS_WMB, 0, 0, 0 }
#define RMB		{ LITMUS_RMB, 0, 0, 0 }
#define MB		{ LITMUS_MB, 0, 0, 0 }
#define REG(r, value)	{ LITMUS_REG, r, value }
#define FINAL(v, value)	{ LITMUS_FINAL, v, value }

#define ALLOWED(sc, tso, pso) \
	{ [MODEL_SC] = sc, [MODEL_TSO] = tso, [MODEL_PSO] = pso }

const struct litmus_test litmus_tests[] = {
	{
		.name = "SB", .outcome = "r0=0 r1=0",
		.thread = { { ST(X, 1), LD(0, Y) }, { ST(Y, 1), LD(1, X) } },
		.cond = { REG(0, 0), REG(1, 0) },
		.allowed = ALLOWED(false, true, true), .power = true,
	}, {
		.name = "SB+wmbs", .outcome = "r0=0 r1=0",
		.thread = { { ST(X, 1), WMB, LD(0, Y) }, { ST(Y, 1), WMB, LD(1, X) } },
		.cond = { REG(0, 0), REG(1, 0) },
		.allowed = ALLOWED(false, true, true), .power = true,
	}, {
		.name = "SB+releases", .outcome = "r0=0 r1=0",
		.thread = { { RELEASE(X, 1), LD(0, Y) }, { RELEASE(Y, 1), LD(1, X) } },
		.cond = { REG(0, 0), REG(1, 0) },
		.allowed = ALLOWED(false, true, true), .power = true,
	}, {
		.name = "SB+mbs", .outcome = "r0=0 r1=0",
		.thread = { { ST(X, 1), MB, LD(0, Y) }, { ST(Y, 1), MB, LD(1, X) } },
		.cond = { REG(0, 0), REG(1, 0) },
		.allowed = ALLOWED(false, false, false), .power = false,
	}, {
		.name = "SB+incs", .outcome = "r0=0 r1=0 x=1 y=1",
		.thread = { { INC(X), LD(0, Y) }, { INC(Y), LD(1, X) } },
		.cond = { REG(0, 0), REG(1, 0), FINAL(X, 1), FINAL(Y, 1) },
		.allowed = ALLOWED(false, false, false), .power = true,
	}, {
		.name = "MP", .outcome = "r0=1 r1=0",
		.thread = { { ST(X, 1), ST(Y, 1) }, { LD(0, Y), LD(1, X) } },
		.cond = { REG(0, 1), REG(1, 0) },
		.allowed = ALLOWED(false, false, true), .power = true,
	}, {
		.name = "MP+wmb", .outcome = "r0=1 r1=0",
		.thread = { { ST(X, 1), WMB, ST(Y, 1) }, { LD(0, Y), LD(1, X) } },
		.cond = { REG(0, 1), REG(1, 0) },
		.allowed = ALLOWED(false, false, false), .power = true,
	}, {
		.name = "MP+wmb+rmb", .outcome = "r0=1 r1=0",
		.thread = { { ST(X, 1), WMB, ST(Y, 1) }, { LD(0, Y), RMB, LD(1, X) } },
		.cond = { REG(0, 1), REG(1, 0) },
		.allowed = ALLOWED(false, false, false), .power = false,
	}, {
		.name = "MP+wmb+addr", .outcome = "r0=1 r1=0",
		.thread = { { ST(X, 1), WMB, ST(Y, 1) }, { LD(0, Y), LD_AFTER(0, 1, X) } },
		.cond = { REG(0, 1), REG(1, 0) },
		.allowed = ALLOWED(false, false, false), .power = false,
	}, {
		.name = "MP+addr", .outcome = "r0=1 r1=0",
		.thread = { { ST(X, 1), ST(Y, 1) }, { LD(0, Y), LD_AFTER(0, 1, X) } },
		.cond = { REG(0, 1), REG(1, 0) },
		.allowed = ALLOWED(false, false, true), .power = true,
	}, {
		.name = "MP+release", .outcome = "r0=1 r1=0",
		.thread = { { ST(X, 1), RELEASE(Y, 1) }, { LD(0, Y), LD(1, X) } },
		.cond = { REG(0, 1), REG(1, 0) },
		.allowed = ALLOWED(false, false, false), .power = true,
	}, {
		.name = "MP+acquire", .outcome = "r0=1 r1=0",
		.thread = { { ST(X, 1), ST(Y, 1) }, { ACQUIRE(0, Y), LD(1, X) } },
		.cond = { REG(0, 1), REG(1, 0) },
		.allowed = ALLOWED(false, false, true), .power = true,
	}, {
		.name = "MP+release+acquire", .outcome = "r0=1 r1=0",
		.thread = { { ST(X, 1), RELEASE(Y, 1) }, { ACQUIRE(0, Y), LD(1, X) } },
		.cond = { REG(0, 1), REG(1, 0) },
		.allowed = ALLOWED(false, false, false), .power = false,
	}, {
		.name = "MP+inc+rmb", .outcome = "r0=1 r1=0 z=1",
		.thread = { { ST(X, 1), INC(Z), ST(Y, 1) }, { LD(0, Y), RMB, LD(1, X) } },
		.cond = { REG(0, 1), REG(1, 0), FINAL(Z, 1) },
		.allowed = ALLOWED(false, false, false), .power = true,
	}, {
		.name = "S", .outcome = "r0=1 x=2",
		.thread = { { ST(X, 2), ST(Y, 1) }, { LD(0, Y), ST(X, 1) } },
		.cond = { REG(0, 1), FINAL(X, 2) },
		.allowed = ALLOWED(false, false, true), .power = true,
	}, {
		.name = "S+wmb+data", .outcome = "r0=1 x=2",
		.thread = { { ST(X, 2), WMB, ST(Y, 1) }, { LD(0, Y), ST_AFTER(0, X, 1) } },
		.cond = { REG(0, 1), FINAL(X, 2) },
		.allowed = ALLOWED(false, false, false), .power = false,
	}, {
		.name = "R", .outcome = "r0=0 y=2",
		.thread = { { ST(X, 1), ST(Y, 1) }, { ST(Y, 2), LD(0, X) } },
		.cond = { REG(0, 0), FINAL(Y, 2) },
		.allowed = ALLOWED(false, true, true), .power = true,
	}, {
		.name = "R+wmb+mb", .outcome = "r0=0 y=2",
		.thread = { { ST(X, 1), WMB, ST(Y, 1) }, { ST(Y, 2), MB, LD(0, X) } },
		.cond = { REG(0, 0), FINAL(Y, 2) },
		.allowed = ALLOWED(false, false, false), .power = true,
	}, {
		.name = "R+mbs", .outcome = "r0=0 y=2",
		.thread = { { ST(X, 1), MB, ST(Y, 1) }, { ST(Y, 2), MB, LD(0, X) } },
		.cond = { REG(0, 0), FINAL(Y, 2) },
		.allowed = ALLOWED(false, false, false), .power = false,
	}, {
		.name = "2+2W", .outcome = "x=1 y=1",
		.thread = { { ST(X, 1), ST(Y, 2) }, { ST(Y, 1), ST(X, 2) } },
		.cond = { FINAL(X, 1), FINAL(Y, 1) },
		.allowed = ALLOWED(false, false, true), .power = true,
	}, {
		.name = "2+2W+wmbs", .outcome = "x=1 y=1",
		.thread = { { ST(X, 1), WMB, ST(Y, 2) }, { ST(Y, 1), WMB, ST(X, 2) } },
		.cond = { FINAL(X, 1), FINAL(Y, 1) },
		.allowed = ALLOWED(false, false, false), .power = false,
	}, {
		.name = "LB", .outcome = "r0=1 r1=1",
		.thread = { { LD(0, X), ST(Y, 1) }, { LD(1, Y), ST(X, 1) } },
		.cond = { REG(0, 1), REG(1, 1) },
		.allowed = ALLOWED(false, false, false), .power = true,
	}, {
		.name = "LB+data", .outcome = "r0=1 r1=1",
		.thread = { { LD(0, X), ST_AFTER(0, Y, 1) }, { LD(1, Y), ST(X, 1) } },
		.cond = { REG(0, 1), REG(1, 1) },
		.allowed = ALLOWED(false, false, false), .power = true,
	}, {
		.name = "LB+datas", .outcome = "r0=1 r1=1",
		.thread = { { LD(0, X), ST_AFTER(0, Y, 1) }, { LD(1, Y), ST_AFTER(1, X, 1) } },
		.cond = { REG(0, 1), REG(1, 1) },
		.allowed = ALLOWED(false, false, false), .power = false,
	}, {
		.name = "WRC", .outcome = "r0=1 r1=1 r2=0",
		.thread = { { ST(X, 1) }, { LD(0, X), ST(Y, 1) }, { LD(1, Y), LD(2, X) } },
		.cond = { REG(0, 1), REG(1, 1), REG(2, 0) },
		.allowed = ALLOWED(false, false, false), .power = true,
	}, {
		.name = "WRC+data+addr", .outcome = "r0=1 r1=1 r2=0",
		.thread = {
			{ ST(X, 1) },
			{ LD(0, X), ST_AFTER(0, Y, 1) },
			{ LD(1, Y), LD_AFTER(1, 2, X) },
		},
		.cond = { REG(0, 1), REG(1, 1), REG(2, 0) },
		.allowed = ALLOWED(false, false, false), .power = true,
	}, {
		.name = "WRC+release+addr", .outcome = "r0=1 r1=1 r2=0",
		.thread = {
			{ ST(X, 1) },
			{ LD(0, X), RELEASE(Y, 1) },
			{ LD(1, Y), LD_AFTER(1, 2, X) },
		},
		.cond = { REG(0, 1), REG(1, 1), REG(2, 0) },
		.allowed = ALLOWED(false, false, false), .power = false,
	}, {
		.name = "ISA2+wmb+data+addr", .outcome = "r0=1 r1=1 r2=0",
		.thread = {
			{ ST(X, 1), WMB, ST(Y, 1) },
			{ LD(0, Y), ST_AFTER(0, Z, 1) },
			{ LD(1, Z), LD_AFTER(1, 2, X) },
		},
		.cond = { REG(0, 1), REG(1, 1), REG(2, 0) },
		.allowed = ALLOWED(false, false, false), .power = false,
	}, {
		.name = "IRIW", .outcome = "r0=1 r1=0 r2=1 r3=0",
		.thread = {
			{ ST(X, 1) }, { ST(Y, 1) },
			{ LD(0, X), LD(1, Y) }, { LD(2, Y), LD(3, X) },
		},
		.cond = { REG(0, 1), REG(1, 0), REG(2, 1), REG(3, 0) },
		.allowed = ALLOWED(false, false, false), .power = true,
	}, {
		.name = "IRIW+addrs", .outcome = "r0=1 r1=0 r2=1 r3=0",
		.thread = {
			{ ST(X, 1) },
			{ ST(Y, 1) },
			{ LD(0, X), LD_AFTER(0, 1, Y) },
			{ LD(2, Y), LD_AFTER(2, 3, X) },
		},
		.cond = { REG(0, 1), REG(1, 0), REG(2, 1), REG(3, 0) },
		.allowed = ALLOWED(false, false, false), .power = true,
	}, {
		.name = "IRIW+rmbs", .outcome = "r0=1 r1=0 r2=1 r3=0",
		.thread = {
			{ ST(X, 1) },
			{ ST(Y, 1) },
			{ LD(0, X), RMB, LD(1, Y) },
			{ LD(2, Y), RMB, LD(3, X) },
		},
		.cond = { REG(0, 1), REG(1, 0), REG(2, 1), REG(3, 0) },
		.allowed = ALLOWED(false, false, false), .power = true,
	}, {
		.name = "IRIW+mbs", .outcome = "r0=1 r1=0 r2=1 r3=0",
		.thread = {
			{ ST(X, 1) }, { ST(Y, 1) },
			{ LD(0, X), MB, LD(1, Y) }, { LD(2, Y), MB, LD(3, X) },
		},
		.cond = { REG(0, 1), REG(1, 0), REG(2, 1), REG(3, 0) },
		.allowed = ALLOWED(false, false, false), .power = false,
	}, {
		.name = "CoWW", .outcome = "x=1",
		.thread = { { ST(X, 1), ST(X, 2) }, { LD(0, X) } },
		.cond = { FINAL(X, 1) },
		.allowed = ALLOWED(false, false, false), .power = false,
	}, {
		.name = "CoRR", .outcome = "r0=2 r1=1",
		.thread = { { ST(X, 1), ST(X, 2) }, { LD(0, X), LD(1, X) } },
		.cond = { REG(0, 2), REG(1, 1) },
		.allowed = ALLOWED(false, false, false), .power = false,
	}, {
		.name = "CoWR", .outcome = "r0=0",
		.thread = { { ST(X, 1), LD(0, X) }, { LD(1, X) } },
		.cond = { REG(0, 0) },
		.allowed = ALLOWED(false, false, false), .power = false,
	},
};

const unsigned int litmus_nr_tests = ARRAY_SIZE(litmus_tests);

unsigned int litmus_nr_threads(const struct litmus_test *test)
{
	unsigned int n = 0;

	while (n < LITMUS_THREADS && test->thread[n][0].op != LITMUS_END)
		n++;
	return n;
}

static bool holds(const struct litmus_cond *cond, const struct litmus_state *state)
{
	switch (cond->what) {
	case LITMUS_REG:
		return state->reg[cond->n] == cond->value;
	case LITMUS_FINAL:
		return state->var[cond->n].value == cond->value;
	case LITMUS_ANY:
		break;
	}
	return true;
}

bool litmus_hit(const struct litmus_test *test, const struct litmus_state *state)
{
	for (unsigned int i = 0; i < LITMUS_CONDS; i++) {
		if (!holds(&test->cond[i], state))
			return false;
	}
	return true;
}
