// SPDX-License-Identifier: GPL-2.0
/*
 * What a function entry site costs: the same function without one, with one, with one that calls an ops that does
 * nothing, and patched.
 */
#include <linux/ftrace.h>
#include <stopgap/bench.h>

#define FUNCTION(name) noinline int name(int x) { barrier(); return x + 1; }

static notrace FUNCTION(without_site)
static FUNCTION(with_site)
static FUNCTION(replacement)

static notrace int calls_without(unsigned int iterations)
{
	while (iterations--)
		without_site(1);
	return 0;
}

static notrace int calls_with(unsigned int iterations)
{
	while (iterations--)
		with_site(1);
	return 0;
}

static notrace void do_nothing(unsigned long ip, unsigned long parent_ip, struct ftrace_ops *op,
			       struct ftrace_regs *fregs)
{
}

static notrace void redirect(unsigned long ip, unsigned long parent_ip, struct ftrace_ops *op,
			     struct ftrace_regs *fregs)
{
	ftrace_instruction_pointer_set(fregs, (unsigned long)replacement);
}

static struct ftrace_ops nothing = { .func = do_nothing };
static struct ftrace_ops patched = { .func = redirect, .flags = FTRACE_OPS_FL_IPMODIFY };

static int arm(struct ftrace_ops *ops)
{
	return ftrace_set_filter_ip(ops, (unsigned long)with_site, 0, 0) ?: register_ftrace_function(ops);
}

static int arm_nothing(void)
{
	return arm(&nothing);
}

static int arm_patched(void)
{
	return arm(&patched);
}

static void disarm_nothing(void)
{
	unregister_ftrace_function(&nothing);
	ftrace_free_filter(&nothing);
}

static void disarm_patched(void)
{
	unregister_ftrace_function(&patched);
	ftrace_free_filter(&patched);
}

static const struct benchmark plain_call = {
	.name = "call, no entry site", .iterations = 100000, .samples = 31, .run = calls_without,
};
BENCHMARK(plain_call);

static const struct benchmark unarmed_call = {
	.name = "call, entry site", .iterations = 100000, .samples = 31, .run = calls_with,
};
BENCHMARK(unarmed_call);

static const struct benchmark armed_call = {
	.name = "call, entry site armed", .iterations = 10000, .samples = 31, .run = calls_with,
	.setup = arm_nothing, .teardown = disarm_nothing,
};
BENCHMARK(armed_call);

static const struct benchmark patched_call = {
	.name = "call, patched", .iterations = 10000, .samples = 31, .run = calls_with,
	.setup = arm_patched, .teardown = disarm_patched,
};
BENCHMARK(patched_call);
