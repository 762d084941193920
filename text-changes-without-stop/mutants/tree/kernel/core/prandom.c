// SPDX-License-Identifier: GPL-2.0
/*
 * Repeatable random numbers: a counter with an odd step, each value mixed by multiplications and
 * shifts (splitmix64, after Steele, Lea and Flood, "Fast splittable pseudorandom number
 * generators", OOPSLA 2014).
 */
#include <linux/export.h>
#include <linux/prandom.h>

void prandom_seed_state(struct rnd_state *state, u64 seed)
{
	state->s = seed;
}
EXPORT_SYMBOL(prandom_seed_state);

u64 prandom_u64_state(struct rnd_state *state)
{
	u64 z = state->s += 0x9e3779b97f4a7c15;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
	return z ^ (z >> 31);
}
EXPORT_SYMBOL(prandom_u64_state);

u32 prandom_u32_state(struct rnd_state *state)
{
	return (u32)(prandom_u64_state(state) >> 32);
}
EXPORT_SYMBOL(prandom_u32_state);
