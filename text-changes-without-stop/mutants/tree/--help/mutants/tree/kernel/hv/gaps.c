// SPDX-License-Identifier: GPL-2.0
/*
 * How long the gap between two adjacent stores can get: the two of a list_del(), timed over and over, as a histogram
 * in powers of two, once left alone and once with CPUs being stolen.
 */
#include <asm/reg.h>
#include <linux/errno.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/log2.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <stopgap/boot_info.h>
#include <stopgap/console.h>

#include "gaps.h"
#include "internal.h"

#define BUCKETS		32
/* Rounds between two chances for other threads to run. */
#define BATCH		1024

/*
 * list_del()'s two stores, with the clock read on either side, and the entry put back. Interrupts are soft-masked, as
 * in spin_lock_irq(): the kernel's own interrupts do not count, only what happens beneath them does.
 */
static u64 one_gap(struct list_head *entry)
{
	struct list_head *prev = entry->prev, *next = entry->next;
	unsigned long flags;
	u64 before, after;

	local_irq_save(flags);
	before = mftb();
	WRITE_ONCE(next->prev, prev);
	WRITE_ONCE(prev->next, next);
	after = mftb();
	next->prev = entry;
	prev->next = entry;
	local_irq_restore(flags);
	return after - before;
}

static unsigned int bucket(u64 ticks)
{
	u64 ns = ticks * 1000 / (boot_info.tb_freq / 1000000);

	return ns ? min((unsigned int)ilog2(ns), BUCKETS - 1u) : 0;
}

static void measure(unsigned int n, unsigned int *histogram)
{
	struct list_head head, a, b;
	unsigned int i;

	INIT_LIST_HEAD(&head);
	list_add(&a, &head);
	list_add(&b, &head);
	for (i = 0; i < n; i++) {
		histogram[bucket(one_gap(&a))]++;
		if (i % BATCH == 0)
			cond_resched();
	}
}

static void print_row(unsigned int i, unsigned int alone, unsigned int stolen)
{
	u64 from = i ? 1ull << i : 0;

	cprintf("%12llu ns .. %12llu ns %12u %12u\n", from, (2ull << i) - 1, alone, stolen);
}

/**
 * hv_gaps() - measure and print the histogram
 * @n: list_del()s per column
 * @config: how to steal for the second column
 *
 * Context: thread. Return: 0, or -EINVAL for a configuration that cannot be.
 */
int hv_gaps(unsigned int n, const struct hv_steal_config *config)
{
	unsigned int alone[BUCKETS] = { 0 }, stolen[BUCKETS] = { 0 }, i;
	struct hv_steal_config before = hv_steal_get();
	int err;

	hv_steal_stop();
	measure(n, alone);
	err = hv_steal_start(config);
	if (err)
		return err;
	measure(n, stolen);
	hv_steal_start(&before);
	cprintf("gap between the two stores of a list_del, %u times each; steal rate=%u min=%u max=%u\n", n,
		config->rate, config->min_us, config->max_us);
	cprintf("%32s %12s %12s\n", "", "left alone", "stolen from");
	for (i = 0; i < BUCKETS; i++)
		if (alone[i] || stolen[i])
			print_row(i, alone[i], stolen[i]);
	return 0;
}
