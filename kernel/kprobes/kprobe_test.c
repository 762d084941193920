// SPDX-License-Identifier: GPL-2.0
/* Probes are hit where they are set and nowhere else, change nothing, and go when they are told to. */
#include <asm/patch.h>
#include <kunit/test.h>
#include <linux/kallsyms.h>
#include <linux/kprobes.h>
#include <linux/preempt.h>
#include <linux/sched.h>

#include "internal.h"

/**
 * struct counter - a probe that counts
 * @kp: it
 * @pre: calls of its pre_handler
 * @post: calls of its post_handler
 * @arg: the function's first argument, at the last hit
 * @next: regs->nip in the last post_handler
 */
struct counter {
	struct kprobe kp;
	unsigned int pre, post;
	unsigned long arg, next;
};

static int count_pre(struct kprobe *p, struct pt_regs *regs)
{
	struct counter *c = container_of(p, struct counter, kp);

	c->pre++;
	c->arg = regs->gpr[3];
	return 0;
}

static void count_post(struct kprobe *p, struct pt_regs *regs, unsigned long flags)
{
	struct counter *c = container_of(p, struct counter, kp);

	c->post++;
	c->next = regs->nip;
}

#define COUNTER_AT(name)	\
	{ .kp = { .symbol_name = (name), .pre_handler = count_pre, .post_handler = count_post } }

static noinline unsigned long probed_sum(unsigned long n)
{
	unsigned long sum = 0;

	while (n) {
		barrier();
		sum += n--;
	}
	return sum;
}

static u32 word_at(const void *addr)
{
	return READ_ONCE(*(const u32 *)addr);
}

static void hits_call_both_handlers(struct kunit *test)
{
	struct counter c = COUNTER_AT("probed_sum");
	u32 before;

	KUNIT_ASSERT_EQ(test, register_kprobe(&c.kp), 0);
	before = c.kp.opcode;
	KUNIT_EXPECT_EQ(test, word_at(c.kp.addr), (u32)PPC_INST_TRAP);
	KUNIT_EXPECT_EQ(test, probed_sum(10), 55UL);
	KUNIT_EXPECT_EQ(test, probed_sum(4), 10UL);
	KUNIT_EXPECT_EQ(test, c.pre, 2U);
	KUNIT_EXPECT_EQ(test, c.post, 2U);
	KUNIT_EXPECT_EQ(test, c.arg, 4UL);
	KUNIT_EXPECT_EQ(test, c.next, (unsigned long)(c.kp.addr + 1));
	unregister_kprobe(&c.kp);
	KUNIT_EXPECT_EQ(test, word_at(c.kp.addr), before);
	KUNIT_EXPECT_EQ(test, probed_sum(3), 6UL);
	KUNIT_EXPECT_EQ(test, c.pre, 2U);
}

static struct kunit_case kprobe_cases[] = {
	KUNIT_CASE(hits_call_both_handlers),
	{}
};

static struct kunit_suite kprobe_suite = { .name = "kprobes", .test_cases = kprobe_cases };
kunit_test_suite(kprobe_suite);
