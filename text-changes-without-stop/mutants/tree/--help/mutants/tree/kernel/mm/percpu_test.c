// SPDX-License-Identifier: GPL-2.0
/* Per-CPU memory: what alloc_percpu() gives, on each CPU, and what this_cpu operations do. */
#include <kunit/test.h>
#include <linux/kernel.h>
#include <linux/percpu.h>
#include <linux/string.h>

#define MANY	64

struct record {
	u64 a;
	char b;
};

static DEFINE_PER_CPU(int, linked) = 3;

static void each_cpu_has_a_copy_of_its_own(struct kunit *test)
{
	struct record __percpu *r = alloc_percpu(struct record);
	unsigned int cpu, other;

	KUNIT_ASSERT_NOT_NULL(test, r);
	for_each_online_cpu(cpu) {
		KUNIT_EXPECT_EQ(test, per_cpu_ptr(r, cpu)->a, 0ull);
		per_cpu_ptr(r, cpu)->a = cpu + 1;
	}
	for_each_online_cpu(other)
		KUNIT_EXPECT_EQ(test, per_cpu_ptr(r, other)->a, other + 1ull);
	free_percpu(r);
}

/* Freed memory comes back zeroed, and none gets lost or is given out twice. */
static void it_is_handed_out_once(struct kunit *test)
{
	size_t before = percpu_allocated();
	char __percpu *p[MANY];

	for (unsigned int i = 0; i < MANY; i++) {
		p[i] = __alloc_percpu(i + 1, 1UL << i % 8);
		KUNIT_ASSERT_NOT_NULL(test, p[i]);
		KUNIT_EXPECT_EQ(test, (unsigned long)per_cpu_ptr(p[i], 0) % (1UL << i % 8), 0ul);
		KUNIT_EXPECT_NULL(test, memchr_inv(per_cpu_ptr(p[i], 0), 0, i + 1));
		memset(per_cpu_ptr(p[i], 0), i, i + 1);
	}
	for (unsigned int i = 0; i < MANY; i++) {
		KUNIT_EXPECT_NULL(test, memchr_inv(per_cpu_ptr(p[i], 0), i, i + 1));
		free_percpu(p[i]);
	}
	KUNIT_EXPECT_EQ(test, percpu_allocated(), before);
}

static void what_cannot_be_is_null(struct kunit *test)
{
	void __percpu *rest;

	KUNIT_EXPECT_NULL(test, __alloc_percpu(0, 8));
	KUNIT_EXPECT_NULL(test, __alloc_percpu(8, 3));
	KUNIT_EXPECT_NULL(test, __alloc_percpu(8, 8192));
	KUNIT_EXPECT_NULL(test, __alloc_percpu(PERCPU_DYNAMIC_SIZE + 1, 8));
	rest = __alloc_percpu(PERCPU_DYNAMIC_SIZE - percpu_allocated(), 8);
	if (rest)
		KUNIT_EXPECT_NULL(test, alloc_percpu(char));
	free_percpu(rest);
	free_percpu(NULL);
}

static void this_cpu_operations(struct kunit *test)
{
	unsigned long *p;

	preempt_disable();
	KUNIT_EXPECT_EQ(test, this_cpu_read(linked), 3);
	this_cpu_add(linked, 4);
	KUNIT_EXPECT_EQ(test, this_cpu_inc_return(linked), 8);
	this_cpu_sub(linked, 2u);
	this_cpu_or(linked, 1);
	KUNIT_EXPECT_EQ(test, __this_cpu_read(linked), 7);
	this_cpu_and(linked, 6);
	KUNIT_EXPECT_EQ(test, this_cpu_xchg(linked, 20), 6);
	KUNIT_EXPECT_EQ(test, this_cpu_cmpxchg(linked, 19, 1), 20);
	KUNIT_EXPECT_EQ(test, this_cpu_cmpxchg(linked, 20, 2), 20);
	this_cpu_write(linked, this_cpu_read(linked) + 1);
	KUNIT_EXPECT_EQ(test, per_cpu(linked, smp_processor_id()), 3);
	preempt_enable();

	p = alloc_percpu(unsigned long);
	KUNIT_ASSERT_NOT_NULL(test, p);
	*get_cpu_ptr(p) = 5;
	this_cpu_dec(*p);
	KUNIT_EXPECT_EQ(test, this_cpu_read(*p), 4ul);
	put_cpu_ptr(p);
	free_percpu(p);
}

static struct kunit_case percpu_cases[] = {
	KUNIT_CASE(each_cpu_has_a_copy_of_its_own),
	KUNIT_CASE(it_is_handed_out_once),
	KUNIT_CASE(what_cannot_be_is_null),
	KUNIT_CASE(this_cpu_operations),
	{}
};

static struct kunit_suite percpu_suite = {
	.name = "percpu",
	.test_cases = percpu_cases,
};
kunit_test_suite(percpu_suite);
