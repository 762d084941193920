// SPDX-License-Identifier: GPL-2.0
/*
 * What a hit costs, by how the instruction is passed; what a return costs; and that a probe which is not armed costs
 * nothing: the function without a probe and with a disabled one are measured one after the other.
 */
#include <linux/compiler.h>
#include <linux/kprobes.h>
#include <stopgap/bench.h>

#include "internal.h"

/* The first instruction is stepped, the second, a branch, emulated. */
void kprobe_bench_target(void);

__asm__(
"	.pushsection .text\n"
"	.globl	kprobe_bench_target\n"
"	.type	kprobe_bench_target,@function\n"
"kprobe_bench_target:\n"
"	addi	3,3,1\n"
"	blr\n"
"	.size	kprobe_bench_target,.-kprobe_bench_target\n"
"	.popsection\n");

static int do_nothing(struct kprobe *p, struct pt_regs *regs)
{
	return 0;
}

static int do_nothing_at_return(struct kretprobe_instance *ri, struct pt_regs *regs)
{
	return 0;
}

static struct kprobe probe;
static struct kretprobe return_probe;

static int calls(unsigned int iterations)
{
	while (iterations--)
		kprobe_bench_target();
	return 0;
}

static int probe_word(unsigned int word, u32 flags)
{
	probe = (struct kprobe){ .addr = (kprobe_opcode_t *)kprobe_bench_target + word, .flags = flags,
				 .pre_handler = do_nothing };
	return register_kprobe(&probe);
}

static int probe_stepped(void)
{
	return probe_word(0, 0);
}

static int probe_emulated(void)
{
	return probe_word(1, 0);
}

static int probe_disabled(void)
{
	return probe_word(0, KPROBE_FLAG_DISABLED);
}

static void unprobe(void)
{
	unregister_kprobe(&probe);
}

static int probe_return(void)
{
	return_probe = (struct kretprobe){ .kp.addr = (kprobe_opcode_t *)kprobe_bench_target,
					   .handler = do_nothing_at_return };
	return register_kretprobe(&return_probe);
}

static void unprobe_return(void)
{
	unregister_kretprobe(&return_probe);
}

static int register_and_unregister(unsigned int iterations)
{
	int err = 0;

	while (!err && iterations--) {
		err = probe_stepped();
		unprobe();
	}
	return err;
}

static const struct benchmark no_probe_bench = {
	.name = "call, no kprobe", .iterations = 10000, .samples = 41, .run = calls,
};
BENCHMARK(no_probe_bench);

static const struct benchmark disabled_bench = {
	.name = "call, kprobe disarmed", .iterations = 10000, .samples = 41, .run = calls,
	.setup = probe_disabled, .teardown = unprobe,
};
BENCHMARK(disabled_bench);

static const struct benchmark emulated_bench = {
	.name = "call, kprobe hit, emulated", .iterations = 1000, .samples = 41, .run = calls,
	.setup = probe_emulated, .teardown = unprobe,
};
BENCHMARK(emulated_bench);

static const struct benchmark stepped_bench = {
	.name = "call, kprobe hit, stepped", .iterations = 1000, .samples = 41, .run = calls,
	.setup = probe_stepped, .teardown = unprobe,
};
BENCHMARK(stepped_bench);

static const struct benchmark return_bench = {
	.name = "call, kretprobe", .iterations = 1000, .samples = 41, .run = calls,
	.setup = probe_return, .teardown = unprobe_return,
};
BENCHMARK(return_bench);

static const struct benchmark register_bench = {
	.name = "register_kprobe + unregister_kprobe", .iterations = 10, .samples = 21, .run = register_and_unregister,
};
BENCHMARK(register_bench);
