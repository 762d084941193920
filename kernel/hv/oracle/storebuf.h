/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The stores of one logical CPU that may still be invisible to the others.
 *
 * While the CPU runs, memory holds its own view: every store of its own applied. When it is
 * switched out, its buffered stores are undone, youngest first, which leaves what the others may
 * see; a part is done again and leaves the buffer; the rest stays delayed. When it is switched in,
 * the delayed ones are done again, over whatever the others have stored meanwhile.
 */
#ifndef _HV_SHARED_STOREBUF_H
#define _HV_SHARED_STOREBUF_H

#include "model.h"

#define STOREBUF_ENTRIES	32
#define STOREBUF_MAX_SIZE	64	/* of one store; must fit as naturally aligned pieces */

/**
 * struct buffered_store - one naturally aligned piece of a store
 * @addr: where
 * @old: what the store overwrote, as the CPU saw it when it was last applied
 * @new: what it stored
 * @pc: the instruction, for reports
 * @seq: its number on this CPU
 * @epoch: write barriers before it
 * @delays: times it has been kept back
 * @size: 1, 2, 4, 8; 0 = no longer in the buffer
 */
struct buffered_store {
	unsigned long addr;
	u64 old;
	u64 new;
	unsigned long pc;
	unsigned int seq;
	unsigned int epoch;
	unsigned int delays;
	unsigned int size;
};

/**
 * struct storebuf - a CPU's buffer
 * @entry: oldest first
 * @n: how many
 * @unsettled: the last so many have been announced, and not been done yet
 * @pc: of the next store
 * @seq: number of the next store
 * @epoch: write barriers so far
 * @late: stores that became visible late and have not been reported
 * @out: the CPU is switched out: nothing in the buffer is in memory
 * @bypassed: stores taken for visible because somebody stored there without a hook
 */
struct storebuf {
	struct buffered_store entry[STOREBUF_ENTRIES];
	unsigned int n;
	unsigned int unsettled;
	unsigned long pc;
	unsigned int seq;
	unsigned int epoch;
	unsigned int late;
	bool out;
	unsigned long bypassed;
};

void storebuf_reset(struct storebuf *sb);
void storebuf_store(struct storebuf *sb, unsigned long addr, unsigned long size);
void storebuf_settle(struct storebuf *sb);
void storebuf_fence(struct storebuf *sb);
/* Return: how many stores had been delayed, and are visible now. */
unsigned int storebuf_drain(struct storebuf *sb);
unsigned int storebuf_out(struct storebuf *sb, enum memory_model model, u64 seed);
void storebuf_in(struct storebuf *sb);

#endif
