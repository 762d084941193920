// SPDX-License-Identifier: GPL-2.0
/* Handing out per-CPU memory, with one CPU: nothing overlaps, all of it comes back. */
// LINK: kernel/mm/percpu.c kernel/smp/cpumask.c
#include <asm/page.h>
#include <linux/cpumask.h>
#include <linux/percpu.h>
#include <linux/prandom.h>
#include <linux/sched.h>
#include <linux/string.h>

#include "unit.h"

#define PIECES	100
#define ROUNDS	20000

static struct task_struct thread;
struct task_struct *unit_current = &thread;

void preempt_schedule(void)
{
}

static unsigned char memory[PERCPU_DYNAMIC_SIZE] __aligned(4096);

static struct {
	unsigned char *at;
	size_t size;
} piece[PIECES];

static void start(void)
{
	percpu_init(memory);
	cpumask_set_cpu(0, &__cpu_possible_mask);
	nr_cpu_ids = 1;
}

static void allocate(unsigned int i, struct rnd_state *rnd)
{
	size_t size = 1 + prandom_u32_state(rnd) % 600, align = 1UL << prandom_u32_state(rnd) % 13;
	unsigned char *p = __alloc_percpu(size, align);

	piece[i].at = p;
	if (!p)
		return;
	CHECK_EQ((unsigned long)p % align, 0);
	CHECK(p >= memory && p + size <= memory + sizeof(memory));
	CHECK(!memchr_inv(p, 0, size));
	memset(p, i + 1, size);
	piece[i].size = size;
}

static void release(unsigned int i)
{
	if (!piece[i].at)
		return;
	CHECK(!memchr_inv(piece[i].at, i + 1, piece[i].size));
	free_percpu(piece[i].at);
	piece[i].at = NULL;
}

TEST(random_pieces_do_not_overlap)
{
	struct rnd_state rnd;

	start();
	prandom_seed_state(&rnd, 1);
	for (unsigned int n = 0; n < ROUNDS; n++) {
		unsigned int i = prandom_u32_state(&rnd) % PIECES;

		if (piece[i].at)
			release(i);
		else
			allocate(i, &rnd);
	}
	for (unsigned int i = 0; i < PIECES; i++)
		release(i);
	CHECK_EQ(percpu_allocated(), 0);
}

TEST(all_of_it_can_be_had)
{
	void *all;

	start();
	all = __alloc_percpu(PERCPU_DYNAMIC_SIZE, PAGE_SIZE);
	CHECK_PTR(all, memory);
	CHECK(!__alloc_percpu(1, 1));
	free_percpu(all);
	CHECK_EQ(percpu_allocated(), 0);
}

TEST(neighbours_are_told_apart)
{
	void *a, *b;

	start();
	a = __alloc_percpu(8, 8);
	b = __alloc_percpu(16, 8);
	free_percpu(a);
	CHECK_EQ(percpu_allocated(), 16);
	CHECK_PTR(__alloc_percpu(4, 4), a);
	free_percpu(b);
	CHECK_EQ(percpu_allocated(), 8);
	free_percpu(a);
	CHECK_EQ(percpu_allocated(), 0);
}
