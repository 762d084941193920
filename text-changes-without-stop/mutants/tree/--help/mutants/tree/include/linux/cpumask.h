/* SPDX-License-Identifier: GPL-2.0 */
/* Sets of logical CPUs. NR_CPUS fits one word; code goes through the functions all the same. */
#ifndef _LINUX_CPUMASK_H
#define _LINUX_CPUMASK_H

#include <asm/bitops.h>
#include <asm/paca.h>

struct cpumask {
	unsigned long bits[1];
};

typedef struct cpumask cpumask_t;

/* CPU numbers that can exist in this boot are 0 .. nr_cpu_ids - 1. */
extern unsigned int nr_cpu_ids;
extern struct cpumask __cpu_online_mask;
extern struct cpumask __cpu_possible_mask;

#define cpu_online_mask		((const struct cpumask *)&__cpu_online_mask)
#define cpu_possible_mask	((const struct cpumask *)&__cpu_possible_mask)
#define CPUMASK_ALL		((1UL << NR_CPUS) - 1)

static inline void cpumask_set_cpu(unsigned int cpu, struct cpumask *mask)
{
	set_bit(cpu, mask->bits);
}

static inline void cpumask_clear_cpu(unsigned int cpu, struct cpumask *mask)
{
	clear_bit(cpu, mask->bits);
}

static inline bool cpumask_test_cpu(unsigned int cpu, const struct cpumask *mask)
{
	return test_bit(cpu, mask->bits);
}

static inline bool cpumask_test_and_set_cpu(unsigned int cpu, struct cpumask *mask)
{
	return test_and_set_bit(cpu, mask->bits);
}

static inline bool cpumask_test_and_clear_cpu(unsigned int cpu, struct cpumask *mask)
{
	return test_and_clear_bit(cpu, mask->bits);
}

static inline void cpumask_clear(struct cpumask *mask)
{
	WRITE_ONCE(mask->bits[0], 0);
}

static inline void cpumask_setall(struct cpumask *mask)
{
	WRITE_ONCE(mask->bits[0], CPUMASK_ALL);
}

static inline void cpumask_copy(struct cpumask *dst, const struct cpumask *src)
{
	WRITE_ONCE(dst->bits[0], READ_ONCE(src->bits[0]));
}

/* Return: whether anything is left in @dst. */
static inline bool cpumask_and(struct cpumask *dst, const struct cpumask *a,
			       const struct cpumask *b)
{
	return (dst->bits[0] = a->bits[0] & b->bits[0]) != 0;
}

static inline void cpumask_or(struct cpumask *dst, const struct cpumask *a, const struct cpumask *b)
{
	dst->bits[0] = a->bits[0] | b->bits[0];
}

static inline bool cpumask_andnot(struct cpumask *dst, const struct cpumask *a,
				  const struct cpumask *b)
{
	return (dst->bits[0] = a->bits[0] & ~b->bits[0]) != 0;
}

static inline bool cpumask_empty(const struct cpumask *mask)
{
	return READ_ONCE(mask->bits[0]) == 0;
}

static inline bool cpumask_equal(const struct cpumask *a, const struct cpumask *b)
{
	return a->bits[0] == b->bits[0];
}

static inline bool cpumask_subset(const struct cpumask *a, const struct cpumask *b)
{
	return (a->bits[0] & ~b->bits[0]) == 0;
}

static inline unsigned int cpumask_weight(const struct cpumask *mask)
{
	unsigned long left;
	unsigned int n = 0;

	for (left = READ_ONCE(mask->bits[0]); left; left &= left - 1)
		n++;
	return n;
}

/* The first CPU after @n in @mask, nr_cpu_ids or more if none; start with n = -1. */
static inline unsigned int cpumask_next(int n, const struct cpumask *mask)
{
	unsigned long left = READ_ONCE(mask->bits[0]) & (~0UL << (n + 1));

	return left ? __ffs(left) : NR_CPUS;
}

static inline unsigned int cpumask_first(const struct cpumask *mask)
{
	return cpumask_next(-1, mask);
}

#define cpumask_any(mask)	cpumask_first(mask)

/* The set of @cpu alone. */
static inline const struct cpumask *cpumask_of(unsigned int cpu)
{
	extern const struct cpumask cpumask_single[NR_CPUS];

	return &cpumask_single[cpu];
}

#define for_each_cpu(cpu, mask)						\
	for ((cpu) = cpumask_first(mask); (cpu) < nr_cpu_ids;		\
	     (cpu) = cpumask_next((cpu), (mask)))

#define for_each_online_cpu(cpu)	for_each_cpu(cpu, cpu_online_mask)
#define for_each_possible_cpu(cpu)	for_each_cpu(cpu, cpu_possible_mask)

#define num_online_cpus()	cpumask_weight(cpu_online_mask)
#define num_possible_cpus()	cpumask_weight(cpu_possible_mask)
#define cpu_online(cpu)		cpumask_test_cpu((cpu), cpu_online_mask)
#define cpu_possible(cpu)	cpumask_test_cpu((cpu), cpu_possible_mask)

#endif
