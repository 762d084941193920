/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Memory pressure to order. An allocation that may sleep does so when memory is short: it waits for the reclaim thread
 * of its CPU to have made a pass. Here memory is never short, so how often it is taken to be is a parameter.
 */
#ifndef _STOPGAP_RECLAIM_H
#define _STOPGAP_RECLAIM_H

#include <linux/compiler.h>
#include <linux/gfp.h>

/**
 * struct reclaim_config - how short memory is
 * @every: each so-manieth allocation on a CPU that may wait does; 0: none
 * @us: how long a pass takes, in microseconds, asleep; 0: only until the reclaim thread has run
 */
struct reclaim_config {
	unsigned int every;
	unsigned int us;
};

extern struct reclaim_config reclaim_config;

void __reclaim_wait(void);

/* An allocation is about to be made. Context: as for @gfp. */
static inline void reclaim_wait(gfp_t gfp)
{
	if (unlikely(READ_ONCE(reclaim_config.every)) && gfp & GFP_KERNEL)
		__reclaim_wait();
}

/* Change it. Context: may sleep; one at a time. Return: 0, or -ENOMEM. */
int reclaim_set(const struct reclaim_config *config);

#endif
