/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Undoing what a run has changed, so that the next one begins in the same state.
 *
 * Whatever changes memory says so before it does: explored code by its hooks, quiet code by stores
 * that the compiler announces (stores.c), the rest by rollback_note(). What is noted for the first
 * time still holds what it held when the exploration began; from then on it is put back after every
 * run. So the list only grows, and what a run costs to undo is what all runs together change.
 *
 * Not undone: what the shim, the log, the console and the score keep. They are in sections of their
 * own (tools/Makefile.explore), so that no doubleword is half of each.
 */
#ifndef _HV_SHARED_ROLLBACK_H
#define _HV_SHARED_ROLLBACK_H

#include <linux/types.h>

/* From now on changes are noted. Context: thread, may sleep. Return: 0 or -ENOMEM. */
int rollback_begin(void);
/* Forget them. Context: as rollback_begin(). */
void rollback_end(void);

/*
 * [@addr, @addr + @size) is about to be changed, in the linear map or the vmap window; elsewhere
 * nothing can be. Context: any.
 */
void rollback_note(unsigned long addr, unsigned long size);

/* All that was noted gets back what it held first. Context: nobody else runs. */
void rollback(void);

/* Is there too little room left to note what one more run may change? */
bool rollback_is_full(void);

/* How many bytes are put back after each run. */
unsigned long rollback_bytes(void);

#endif
