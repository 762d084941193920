// SPDX-License-Identifier: GPL-2.0
/* Return probes: each return is seen once, goes where it should, and leaves nothing behind. */
#include <kunit/test.h>
#include <linux/completion.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/irqflags.h>
#include <linux/kallsyms.h>
#include <linux/kprobes.h>
#include <linux/kthread.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#include <stopgap/catch.h>
#include <stopgap/oops.h>

#include "internal.h"

/**
 * struct follower - a return probe that counts
 * @rp: it
 * @entries: calls of its entry_handler
 * @returns: calls of its handler
 * @value: what was returned last
 * @arg: the first argument of the call that returned last, kept in the instance
 * @to: where it returned to
 */
struct follower {
	struct kretprobe rp;
	unsigned int entries, returns;
	unsigned long value, arg, to;
};

static int on_entry(struct kretprobe_instance *ri, struct pt_regs *regs)
{
	struct follower *f = container_of(get_kretprobe(ri), struct follower, rp);

	f->entries++;
	*(unsigned long *)ri->data = regs_get_kernel_argument(regs, 0);
	return regs_get_kernel_argument(regs, 0) == 99;
}

static int on_return(struct kretprobe_instance *ri, struct pt_regs *regs)
{
	struct follower *f = container_of(get_kretprobe(ri), struct follower, rp);

	f->returns++;
	f->value = regs_return_value(regs);
	f->arg = *(unsigned long *)ri->data;
	f->to = instruction_pointer(regs);
	return 0;
}

#define FOLLOWER_OF(name)								\
	{ .rp = { .kp.symbol_name = (name), .handler = on_return,			\
		  .entry_handler = on_entry, .data_size = sizeof(unsigned long) } }

static noinline unsigned long twice(unsigned long n)
{
	barrier();
	return 2 * n;
}

/* The compiler must not make a loop of it. */
static noinline unsigned long depth(unsigned long n)
{
	unsigned long below;

	if (!n)
		return 0;
	below = depth(n - 1);
	__asm__ __volatile__("" : "+r" (below));
	return below + 1;
}

static void returns_are_seen(struct kunit *test)
{
	struct follower f = FOLLOWER_OF("twice");

	KUNIT_ASSERT_EQ(test, register_kretprobe(&f.rp), 0);
	KUNIT_EXPECT_EQ(test, twice(21), 42UL);
	KUNIT_EXPECT_EQ(test, f.value, 42UL);
	KUNIT_EXPECT_EQ(test, f.arg, 21UL);
	KUNIT_EXPECT_TRUE(test, f.to - (unsigned long)returns_are_seen < 0x400);
	KUNIT_EXPECT_EQ(test, twice(99), 198UL);
	unregister_kretprobe(&f.rp);
	KUNIT_EXPECT_EQ(test, f.entries, 2U);
	KUNIT_EXPECT_EQ(test, f.returns, 1U);
	KUNIT_EXPECT_EQ(test, twice(3), 6UL);
	KUNIT_EXPECT_EQ(test, f.entries, 2U);
	KUNIT_EXPECT_PTR_EQ(test, current->kretprobes, NULL);
	KUNIT_EXPECT_FALSE(test, irqs_disabled() || in_atomic());
}

static void recursion_and_maxactive(struct kunit *test)
{
	struct follower f = FOLLOWER_OF("depth");

	f.rp.maxactive = 4;
	KUNIT_ASSERT_EQ(test, register_kretprobe(&f.rp), 0);
	KUNIT_EXPECT_EQ(test, depth(2), 2UL);
	KUNIT_EXPECT_EQ(test, f.returns, 3U);
	KUNIT_EXPECT_EQ(test, f.rp.nmissed, 0);
	KUNIT_EXPECT_EQ(test, depth(9), 9UL);
	KUNIT_EXPECT_EQ(test, f.returns, 3U + 4U);
	KUNIT_EXPECT_EQ(test, f.rp.nmissed, 6);
	KUNIT_EXPECT_EQ(test, f.value, 9UL);
	unregister_kretprobe(&f.rp);
}

static void several_of_one_function(struct kunit *test)
{
	struct follower a = FOLLOWER_OF("depth"), b = FOLLOWER_OF("depth");
	struct kretprobe *both[] = { &a.rp, &b.rp };

	KUNIT_ASSERT_EQ(test, register_kretprobes(both, 2), 0);
	KUNIT_EXPECT_EQ(test, depth(3), 3UL);
	KUNIT_EXPECT_EQ(test, a.to, b.to);
	KUNIT_EXPECT_EQ(test, disable_kretprobe(&a.rp), 0);
	KUNIT_EXPECT_EQ(test, depth(3), 3UL);
	unregister_kretprobes(both, 2);
	KUNIT_EXPECT_EQ(test, a.returns, 4U);
	KUNIT_EXPECT_EQ(test, b.returns, 8U);
}

unsigned long ends_in_a_jump(unsigned long n);

__asm__(
"	.pushsection .text\n"
"	.globl	ends_in_a_jump\n"
"	.type	ends_in_a_jump,@function\n"
"ends_in_a_jump:\n"
"	addi	3,3,1\n"
"	b	jumped_to\n"
"	.size	ends_in_a_jump,.-ends_in_a_jump\n"
"	.globl	jumped_to\n"
"	.type	jumped_to,@function\n"
"jumped_to:\n"
"	mulli	3,3,3\n"
"	blr\n"
"	.size	jumped_to,.-jumped_to\n"
"	.popsection\n");

static void a_jump_at_the_end(struct kunit *test)
{
	struct follower outer = FOLLOWER_OF("ends_in_a_jump"), inner = FOLLOWER_OF("jumped_to");

	KUNIT_ASSERT_EQ(test, register_kretprobe(&outer.rp), 0);
	KUNIT_EXPECT_EQ(test, register_kretprobe(&inner.rp), 0);
	KUNIT_EXPECT_EQ(test, ends_in_a_jump(4), 15UL);
	unregister_kretprobe(&inner.rp);
	unregister_kretprobe(&outer.rp);
	KUNIT_EXPECT_EQ(test, outer.value, 15UL);
	KUNIT_EXPECT_EQ(test, inner.value, 15UL);
	KUNIT_EXPECT_EQ(test, inner.arg, 5UL);
	KUNIT_EXPECT_EQ(test, outer.arg, 4UL);
}

/* ---- calls that do not return, or late ---- */

static noinline unsigned long fault_in(const unsigned long *where)
{
	barrier();
	return *where + 1;
}

static void calls_that_are_left(struct kunit *test)
{
	struct follower f = FOLLOWER_OF("fault_in");
	struct fault_catch c;
	unsigned int i;

	f.rp.maxactive = 2;
	KUNIT_ASSERT_EQ(test, register_kretprobe(&f.rp), 0);
	for (i = 0; i < 5; i++) {
		if (!catch_fault(&c))
			fault_in((unsigned long *)8);
		catch_end(&c);
	}
	KUNIT_EXPECT_EQ(test, f.entries, 5U);
	KUNIT_EXPECT_EQ(test, f.returns, 0U);
	KUNIT_EXPECT_EQ(test, f.rp.nmissed, 0);
	KUNIT_EXPECT_EQ(test, fault_in((unsigned long[]){ 4 }), 5UL);
	KUNIT_EXPECT_EQ(test, f.returns, 1U);
	unregister_kretprobe(&f.rp);
}

static DECLARE_COMPLETION(inside);
static DECLARE_COMPLETION(leave);

static noinline int wait_inside(void *exit_code)
{
	complete(&inside);
	wait_for_completion(&leave);
	if (exit_code)
		do_exit((long)exit_code);
	return 17;
}

static int call_wait_inside(void *exit_code)
{
	int ret = wait_inside(exit_code);

	barrier();
	return ret;
}

static int run_and_unregister(struct kunit *test, void *exit_code, struct follower *f)
{
	struct task_struct *t;

	reinit_completion(&inside);
	reinit_completion(&leave);
	KUNIT_ASSERT_EQ(test, register_kretprobe(&f->rp), 0);
	t = kthread_run(call_wait_inside, exit_code, "inside");
	KUNIT_ASSERT_FALSE(test, IS_ERR(t));
	wait_for_completion(&inside);
	if (!exit_code)
		unregister_kretprobe(&f->rp);
	complete(&leave);
	return kthread_stop(t);
}

static void unregistered_while_a_call_is_inside(struct kunit *test)
{
	struct follower f = FOLLOWER_OF("wait_inside");

	KUNIT_EXPECT_EQ(test, run_and_unregister(test, NULL, &f), 17);
	KUNIT_EXPECT_EQ(test, f.entries, 1U);
	KUNIT_EXPECT_EQ(test, f.returns, 0U);
}

static void a_thread_that_ends_inside(struct kunit *test)
{
	struct follower f = FOLLOWER_OF("wait_inside");

	f.rp.maxactive = 1;
	KUNIT_EXPECT_EQ(test, run_and_unregister(test, (void *)33, &f), 33);
	unregister_kretprobe(&f.rp);
	f.rp.kp.addr = NULL;
	KUNIT_EXPECT_EQ(test, run_and_unregister(test, (void *)34, &f), 34);
	unregister_kretprobe(&f.rp);
	KUNIT_EXPECT_EQ(test, f.entries, 2U);
	KUNIT_EXPECT_EQ(test, f.rp.nmissed, 0);
}

/* ---- stack walks ---- */

struct names {
	bool caller, trampoline;
};

static noinline void walk_from_inside(struct names *names);

static void note_frame(void *arg, unsigned long sp, unsigned long ip, const struct pt_regs *regs)
{
	struct names *names = arg;

	names->caller |= ip - (unsigned long)walk_from_inside < 0x200;
	names->trampoline |= ip == (unsigned long)kretprobe_return_trap;
}

/* Under its own name: no copy of it is made for its caller. */
static __attribute__((__noipa__)) unsigned long walk(struct names *names)
{
	unsigned long sp = (unsigned long)__builtin_frame_address(0);

	walk_stack(current, sp, current->stack_lo, current->stack_hi, note_frame, names);
	return sp;
}

static noinline void walk_from_inside(struct names *names)
{
	walk(names);
	barrier();
}

static void walks_see_the_real_caller(struct kunit *test)
{
	struct follower f = FOLLOWER_OF("walk");
	struct names names = { false, false };

	KUNIT_ASSERT_EQ(test, register_kretprobe(&f.rp), 0);
	walk_from_inside(&names);
	unregister_kretprobe(&f.rp);
	KUNIT_EXPECT_EQ(test, f.returns, 1U);
	KUNIT_EXPECT_TRUE(test, names.caller);
	KUNIT_EXPECT_FALSE(test, names.trampoline);
}

static void what_is_refused(struct kunit *test)
{
	struct follower f = FOLLOWER_OF("twice");

	f.rp.kp.offset = 12;
	KUNIT_EXPECT_EQ(test, register_kretprobe(&f.rp), -EINVAL);
	f.rp.kp.offset = 0;
	f.rp.data_size = KRETPROBE_MAX_DATA_SIZE + 1;
	KUNIT_EXPECT_EQ(test, register_kretprobe(&f.rp), -E2BIG);
	f.rp.data_size = 0;
	f.rp.kp.symbol_name = "kernel_setjmp";
	KUNIT_EXPECT_EQ(test, register_kretprobe(&f.rp), -EINVAL);
	f.rp.kp.symbol_name = "no_such_function";
	KUNIT_EXPECT_EQ(test, register_kretprobe(&f.rp), -ENOENT);
	unregister_kretprobe(&f.rp);
	KUNIT_EXPECT_EQ(test, register_kretprobes(NULL, 0), -EINVAL);
}

static struct kunit_case kretprobe_cases[] = {
	KUNIT_CASE(returns_are_seen),
	KUNIT_CASE(recursion_and_maxactive),
	KUNIT_CASE(several_of_one_function),
	KUNIT_CASE(a_jump_at_the_end),
	KUNIT_CASE(calls_that_are_left),
	KUNIT_CASE(unregistered_while_a_call_is_inside),
	KUNIT_CASE(a_thread_that_ends_inside),
	KUNIT_CASE(walks_see_the_real_caller),
	KUNIT_CASE(what_is_refused),
	{}
};

static struct kunit_suite kretprobe_suite = { .name = "kretprobes", .test_cases = kretprobe_cases };
kunit_test_suite(kretprobe_suite);
