// SPDX-License-Identifier: GPL-2.0
/*
 * Function entry sites: what stands there, who is called, where a call that is sent elsewhere arrives and returns to.
 * Kernel functions only; tests/boot/test_ftrace.py does the same across modules.
 */
#include <asm/patch.h>
#include <kunit/test.h>
#include <linux/ftrace.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include <stopgap/oops.h>
#include "ftrace_subjects.h"

#define INSN_MFLR_R0	0x7c0802a6

/* ---- what is traced and patched; never inlined, so that there is a call ---- */

static noinline int add_two(int x)
{
	barrier();
	return x + 2;
}

static noinline notrace int untraced(int x)
{
	barrier();
	return x;
}

static noinline unsigned long old_factorial(unsigned int n)
{
	barrier();
	return n;
}

/* Calls the old one by name, and so itself, one deeper in the livepatch stack. */
static noinline unsigned long new_factorial(unsigned int n)
{
	return n < 2 ? 1 : n * old_factorial(n - 1);
}

/* ---- ops that note what they are told ---- */

static struct seen {
	unsigned long ip, parent_ip, arg, r31;
	unsigned int count;
} seen;

static notrace void note(unsigned long ip, unsigned long parent_ip, struct ftrace_ops *op,
			 struct ftrace_regs *fregs)
{
	seen.ip = ip;
	seen.parent_ip = parent_ip;
	seen.arg = fregs->regs.gpr[3];
	seen.r31 = fregs->regs.gpr[31];
	seen.count++;
}

/* Sends the call to op->private. */
static notrace void redirect(unsigned long ip, unsigned long parent_ip, struct ftrace_ops *op,
			     struct ftrace_regs *fregs)
{
	ftrace_instruction_pointer_set(fregs, (unsigned long)op->private);
}

static struct ftrace_ops noting = { .func = note };
static struct ftrace_ops noting_regs = { .func = note, .flags = FTRACE_OPS_FL_SAVE_REGS };
static struct ftrace_ops redirecting = {
	.func = redirect, .flags = FTRACE_OPS_FL_SAVE_REGS | FTRACE_OPS_FL_IPMODIFY,
};
static struct ftrace_ops redirecting_lightly = { .func = redirect, .flags = FTRACE_OPS_FL_IPMODIFY };

static struct ftrace_ops * const all_ops[] = {
	&noting, &noting_regs, &redirecting, &redirecting_lightly,
};

static void release_ops(struct kunit *test)
{
	for (unsigned int i = 0; i < ARRAY_SIZE(all_ops); i++) {
		unregister_ftrace_function(all_ops[i]);
		ftrace_free_filter(all_ops[i]);
	}
}

static int reset_seen(struct kunit *test)
{
	seen = (struct seen){ 0 };
	return 0;
}

static int arm(struct ftrace_ops *ops, void *fn)
{
	return ftrace_set_filter_ip(ops, (unsigned long)fn, 0, 0) ?: register_ftrace_function(ops);
}

static int patch(struct ftrace_ops *ops, void *from, void *to)
{
	ops->private = to;
	return arm(ops, from);
}

static u32 insn_at(unsigned long ip)
{
	return *(const u32 *)ip;
}

static u32 site_of(void *fn)
{
	return insn_at(ftrace_location((unsigned long)fn));
}

/* ---- cases ---- */

static void unarmed_site_is_a_nop(struct kunit *test)
{
	unsigned long ip = ftrace_location((unsigned long)add_one);

	KUNIT_ASSERT_NE(test, ip, 0ul);
	KUNIT_EXPECT_EQ(test, insn_at(ip), (u32)PPC_INST_NOP);
	KUNIT_EXPECT_EQ(test, insn_at(ip - 4), (u32)INSN_MFLR_R0);
	KUNIT_EXPECT_EQ(test, ftrace_location(ip), ip);
	KUNIT_EXPECT_EQ(test, ftrace_location(ip + 4), 0ul);
	KUNIT_EXPECT_EQ(test, ftrace_location((unsigned long)untraced), 0ul);
}

static int check_site(void *bad, unsigned long ip)
{
	if (insn_at(ip) != PPC_INST_NOP || insn_at(ip - 4) != INSN_MFLR_R0)
		*(unsigned int *)bad += 1;
	return 0;
}

static int count_site(void *n, unsigned long ip)
{
	*(unsigned int *)n += 1;
	return 0;
}

static void all_sites_are_nops(struct kunit *test)
{
	unsigned int n = 0, bad = 0;

	ftrace_for_each_site(NULL, count_site, &n);
	ftrace_for_each_site(NULL, check_site, &bad);
	KUNIT_EXPECT_GT(test, n, 500u);
	KUNIT_EXPECT_EQ(test, bad, 0u);
}

static void ops_is_told(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, arm(&noting, add_one), 0);
	KUNIT_EXPECT_NE(test, site_of(add_one), (u32)PPC_INST_NOP);
	KUNIT_EXPECT_EQ(test, add_one(41), 42);
	KUNIT_EXPECT_EQ(test, seen.count, 1u);
	KUNIT_EXPECT_EQ(test, seen.ip, ftrace_location((unsigned long)add_one));
	KUNIT_EXPECT_EQ(test, seen.arg, 41ul);
	KUNIT_EXPECT_LT(test, seen.parent_ip - (unsigned long)ops_is_told, 0x400ul);
	KUNIT_ASSERT_EQ(test, unregister_ftrace_function(&noting), 0);
	KUNIT_EXPECT_EQ(test, site_of(add_one), (u32)PPC_INST_NOP);
	KUNIT_EXPECT_EQ(test, add_one(1), 2);
	KUNIT_EXPECT_EQ(test, seen.count, 1u);
}

/* Call @fn with @mark in r31, in a frame of its own as GCC sees no call. Return: what is there afterwards. */
static noinline unsigned long call_with_r31(int (*fn)(int), unsigned long mark)
{
	register int (*entry)(int) __asm__("r12") = fn;

	__asm__ __volatile__("stdu %%r1, -320(%%r1); mr %%r31, %0; mtctr %1; bctrl;"
			     "mr %0, %%r31; addi %%r1, %%r1, 320"
			     : "+r" (mark), "+r" (entry) :
			     : "r0", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11", "r31", "lr", "ctr",
			       "xer", "cr0", "cr1", "cr5", "cr6", "cr7", "memory");
	return mark;
}

static void all_registers_are_there(struct kunit *test)
{
	unsigned long after;

	KUNIT_ASSERT_EQ(test, arm(&noting_regs, add_one), 0);
	after = call_with_r31(add_one, 0x1234567);
	KUNIT_EXPECT_EQ(test, after, 0x1234567ul);
	KUNIT_EXPECT_EQ(test, seen.r31, 0x1234567ul);
}

static void two_ops_share_a_site(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, arm(&noting, add_one), 0);
	KUNIT_ASSERT_EQ(test, arm(&noting_regs, add_one), 0);
	KUNIT_EXPECT_EQ(test, add_one(1), 2);
	KUNIT_EXPECT_EQ(test, seen.count, 2u);
	KUNIT_ASSERT_EQ(test, unregister_ftrace_function(&noting_regs), 0);
	KUNIT_EXPECT_EQ(test, add_one(1), 2);
	KUNIT_EXPECT_EQ(test, seen.count, 3u);
}

static void filter_changes_while_registered(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, arm(&noting, add_one), 0);
	KUNIT_ASSERT_EQ(test, ftrace_set_filter_ip(&noting, (unsigned long)add_two, 0, 0), 0);
	add_two(add_one(0));
	KUNIT_EXPECT_EQ(test, seen.count, 2u);
	KUNIT_ASSERT_EQ(test, ftrace_set_filter_ip(&noting, (unsigned long)add_one, 1, 0), 0);
	add_two(add_one(0));
	KUNIT_EXPECT_EQ(test, seen.count, 3u);
	KUNIT_ASSERT_EQ(test, ftrace_set_filter_ip(&noting, (unsigned long)add_one, 0, 1), 0);
	add_two(0);
	KUNIT_EXPECT_EQ(test, seen.count, 3u);
	KUNIT_EXPECT_EQ(test, site_of(add_two), (u32)PPC_INST_NOP);
}

static void wrong_use_is_refused(struct kunit *test)
{
	struct ftrace_ops empty = { 0 };
	unsigned long ips[] = { (unsigned long)add_one, (unsigned long)untraced };

	KUNIT_EXPECT_EQ(test, register_ftrace_function(&empty), -EINVAL);
	KUNIT_EXPECT_EQ(test, register_ftrace_function(&noting), -EINVAL);
	KUNIT_EXPECT_EQ(test, unregister_ftrace_function(&noting), -ENOENT);
	KUNIT_EXPECT_EQ(test, ftrace_set_filter_ip(&noting, (unsigned long)untraced, 0, 0), -EINVAL);
	KUNIT_EXPECT_EQ(test, ftrace_set_filter_ip(&noting, 0, 0, 0), -EINVAL);
	KUNIT_EXPECT_EQ(test, ftrace_set_filter_ip(&noting, (unsigned long)add_one, 1, 0), -ENOENT);
	KUNIT_EXPECT_EQ(test, ftrace_set_filter_ips(&noting, ips, 2, 0, 0), -EINVAL);
	KUNIT_ASSERT_EQ(test, arm(&noting, add_one), 0);
	KUNIT_EXPECT_EQ(test, register_ftrace_function(&noting), -EBUSY);
}

static void only_one_changes_the_ip(struct kunit *test)
{
	unsigned long ips[] = { (unsigned long)add_two, (unsigned long)add_one };

	KUNIT_ASSERT_EQ(test, patch(&redirecting, add_one, add_two), 0);
	KUNIT_ASSERT_EQ(test, ftrace_set_filter_ips(&redirecting_lightly, ips, 2, 0, 0), 0);
	KUNIT_EXPECT_EQ(test, register_ftrace_function(&redirecting_lightly), -EBUSY);
	KUNIT_EXPECT_EQ(test, site_of(add_two), (u32)PPC_INST_NOP);
	KUNIT_EXPECT_EQ(test, add_one(1), 3);
}

static void batch_is_all_or_nothing(struct kunit *test)
{
	struct ftrace_ops *both[] = { &noting, &noting_regs };

	KUNIT_ASSERT_EQ(test, ftrace_set_filter_ip(&noting, (unsigned long)add_one, 0, 0), 0);
	KUNIT_EXPECT_EQ(test, register_ftrace_functions(both, 2), -EINVAL);
	KUNIT_EXPECT_EQ(test, site_of(add_one), (u32)PPC_INST_NOP);
	KUNIT_ASSERT_EQ(test, ftrace_set_filter_ip(&noting_regs, (unsigned long)add_one, 0, 0), 0);
	KUNIT_ASSERT_EQ(test, register_ftrace_functions(both, 2), 0);
	add_one(1);
	KUNIT_EXPECT_EQ(test, seen.count, 2u);
	KUNIT_EXPECT_EQ(test, unregister_ftrace_functions(both, 2), 0);
	KUNIT_EXPECT_EQ(test, site_of(add_one), (u32)PPC_INST_NOP);
}

static void call_arrives_elsewhere(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, patch(&redirecting, add_one, add_two), 0);
	KUNIT_EXPECT_EQ(test, add_one(40), 42);
	KUNIT_EXPECT_EQ(test, current->livepatch_used, 0ul);
	KUNIT_ASSERT_EQ(test, unregister_ftrace_function(&redirecting), 0);
	KUNIT_EXPECT_EQ(test, add_one(40), 41);
}

static unsigned long read_toc(void)
{
	unsigned long toc;

	__asm__ __volatile__("mr %0, %%r2" : "=r" (toc));
	return toc;
}

/* From a module into the kernel by a local call, behind which nothing restores r2. */
static void toc_comes_back(struct kunit *test)
{
	unsigned long before, after;

	KUNIT_ASSERT_EQ(test, patch(&redirecting, add_one, nr_free_pages), 0);
	before = read_toc();
	add_one(1);
	after = read_toc();
	__asm__ __volatile__("mr %%r2, %0" : : "r" (before));
	KUNIT_EXPECT_EQ(test, after, before);
}

static void stack_arguments_survive(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, patch(&redirecting, sum_of, product_of), 0);
	KUNIT_EXPECT_EQ(test, sum_of(12, 1l, 2l, 3l, 4l, 5l, 6l, 7l, 8l, 9l, 10l, 11l, 12l), 479001600l);
	KUNIT_ASSERT_EQ(test, unregister_ftrace_function(&redirecting), 0);
	KUNIT_EXPECT_EQ(test, sum_of(12, 1l, 2l, 3l, 4l, 5l, 6l, 7l, 8l, 9l, 10l, 11l, 12l), 78l);
	KUNIT_ASSERT_EQ(test, patch(&redirecting_lightly, sum_of, product_of), 0);
	KUNIT_EXPECT_EQ(test, sum_of(12, 1l, 2l, 3l, 4l, 5l, 6l, 7l, 8l, 9l, 10l, 11l, 12l), 479001600l);
}

static void patched_function_recurses(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, patch(&redirecting, old_factorial, new_factorial), 0);
	KUNIT_EXPECT_EQ(test, old_factorial(20), 2432902008176640000ul);
	KUNIT_EXPECT_EQ(test, current->livepatch_used, 0ul);
}

/* A tracer's function that is in its own way, and one that is patched in its. */
static void note_and_call(unsigned long ip, unsigned long parent_ip, struct ftrace_ops *op,
			  struct ftrace_regs *fregs)
{
	seen.count++;
	seen.arg = (unsigned long)add_one(40);
}

static void ops_does_not_recurse(struct kunit *test)
{
	struct ftrace_ops ops = { .func = note_and_call };

	KUNIT_ASSERT_EQ(test, arm(&ops, add_one), 0);
	KUNIT_EXPECT_EQ(test, add_one(1), 2);
	KUNIT_EXPECT_EQ(test, seen.count, 1u);
	KUNIT_ASSERT_EQ(test, patch(&redirecting, add_one, add_two), 0);
	KUNIT_EXPECT_EQ(test, add_one(1), 3);
	KUNIT_EXPECT_EQ(test, seen.count, 2u);
	KUNIT_EXPECT_EQ(test, seen.arg, 42ul);
	KUNIT_EXPECT_EQ(test, unregister_ftrace_function(&ops), 0);
	ftrace_free_filter(&ops);
}

static struct kernel_jmp_buf way_out;

static noinline int jump_out(int x)
{
	kernel_longjmp(&way_out, x);
}

static void longjmp_leaves_patched_function(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, patch(&redirecting, add_one, jump_out), 0);
	if (!kernel_setjmp(&way_out))
		add_one(7);
	KUNIT_EXPECT_EQ(test, current->livepatch_used, 0ul);
}

/* ---- the stack ---- */

struct frames {
	unsigned long ip[8];
	unsigned int n;
};

static struct frames frames;

static void note_frame(void *arg, unsigned long sp, unsigned long ip, const struct pt_regs *regs)
{
	struct frames *f = arg;

	if (f->n < ARRAY_SIZE(f->ip))
		f->ip[f->n++] = ip;
}

static noinline int walk_here(int x)
{
	walk_stack(current, (unsigned long)__builtin_frame_address(0), local_paca->stack_lo, local_paca->stack_hi,
		   note_frame, &frames);
	return x;
}

static noinline int calls_add_one(int x)
{
	return add_one(x) + 1;
}

static void stack_shows_the_caller(struct kunit *test)
{
	frames.n = 0;
	KUNIT_ASSERT_EQ(test, patch(&redirecting, add_one, walk_here), 0);
	KUNIT_EXPECT_EQ(test, calls_add_one(1), 2);
	KUNIT_ASSERT_GT(test, frames.n, 1u);
	KUNIT_EXPECT_LT(test, frames.ip[0] - (unsigned long)calls_add_one, 0x80ul);
}

static struct kunit_case ftrace_cases[] = {
	KUNIT_CASE(unarmed_site_is_a_nop),
	KUNIT_CASE(all_sites_are_nops),
	KUNIT_CASE(ops_is_told),
	KUNIT_CASE(all_registers_are_there),
	KUNIT_CASE(two_ops_share_a_site),
	KUNIT_CASE(filter_changes_while_registered),
	KUNIT_CASE(wrong_use_is_refused),
	KUNIT_CASE(only_one_changes_the_ip),
	KUNIT_CASE(batch_is_all_or_nothing),
	KUNIT_CASE(call_arrives_elsewhere),
	KUNIT_CASE(toc_comes_back),
	KUNIT_CASE(stack_arguments_survive),
	KUNIT_CASE(patched_function_recurses),
	KUNIT_CASE(ops_does_not_recurse),
	KUNIT_CASE(longjmp_leaves_patched_function),
	KUNIT_CASE(stack_shows_the_caller),
	{}
};

static struct kunit_suite ftrace_suite = {
	.name = "ftrace",
	.init = reset_seen,
	.exit = release_ops,
	.test_cases = ftrace_cases,
};
kunit_test_suite(ftrace_suite);
