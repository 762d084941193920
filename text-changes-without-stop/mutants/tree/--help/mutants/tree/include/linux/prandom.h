/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Random numbers that repeat: the same seed gives the same sequence, on the host too. Nothing
 * secret about them.
 */
#ifndef _LINUX_PRANDOM_H
#define _LINUX_PRANDOM_H

#include <linux/types.h>

struct rnd_state {
	u64 s;
};

/* Start the sequence number @seed; every value is a good seed. Context: any. */
void prandom_seed_state(struct rnd_state *state, u64 seed);
/* Return: the next 32 (64) bits. Context: any, but a state has one user at a time. */
u32 prandom_u32_state(struct rnd_state *state);
u64 prandom_u64_state(struct rnd_state *state);

/* Return: a number in [0, @ceil); 0 if @ceil is 0. */
static inline u32 prandom_u32_below(struct rnd_state *state, u32 ceil)
{
	return (u32)(((u64)prandom_u32_state(state) * ceil) >> 32);
}

#endif
