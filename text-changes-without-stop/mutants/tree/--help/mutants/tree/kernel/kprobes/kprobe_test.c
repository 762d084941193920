// SPDX-License-Identifier: GPL-2.0
/* Probes are hit where they are set and nowhere else, change nothing, and go when they are told to. */
#ifndef KBUILD_MODNAME	/* in the explore image tests are no module */
#define KBUILD_MODNAME "kprobe_test"
#endif

#include <asm/patch.h>
#include <asm/processor.h>
#include <asm/reg.h>
#include <kunit/test.h>
#include <linux/errno.h>
#include <linux/fault-inject.h>
#include <linux/ftrace.h>
#include <linux/irqflags.h>
#include <linux/kallsyms.h>
#include <linux/kprobes.h>
#include <linux/kthread.h>
#include <linux/moduleparam.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include <stopgap/boot_info.h>
#include <stopgap/hv.h>
#include <stopgap/mm.h>

#include "internal.h"

/* How often to arm and disarm under calls: insmod kunit.ko storm=1000 takes its time. */
static unsigned int storm = 10;
module_param(storm, uint, 0444);

#define MOST_CALLERS		3
#define ROUNDS_PER_CALL		8
#define MOST_ALLOCATIONS	20
#define BOUND_SECONDS		20

/**
 * struct counter - a probe that counts
 * @kp: it
 * @pre: calls of its pre_handler
 * @post: calls of its post_handler
 * @arg: the function's first argument, at the last hit
 * @next: regs->nip in the last post_handler
 * @open: calls with interrupts or preemption on
 */
struct counter {
	struct kprobe kp;
	unsigned int pre, post;
	unsigned long arg, next;
	unsigned int open;
};

static int count_pre(struct kprobe *p, struct pt_regs *regs)
{
	struct counter *c = container_of(p, struct counter, kp);

	c->pre++;
	c->arg = regs->gpr[3];
	c->open += !irqs_disabled() || !in_atomic() || kprobe_running() != p;
	return 0;
}

static void count_post(struct kprobe *p, struct pt_regs *regs, unsigned long flags)
{
	struct counter *c = container_of(p, struct counter, kp);

	c->post++;
	c->next = regs->nip;
	c->open += !irqs_disabled() || !in_atomic() || kprobe_running() != p;
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

/* ---- hits ---- */

static void hits_call_both_handlers(struct kunit *test)
{
	struct counter c = COUNTER_AT("probed_sum");
	u32 before;

	KUNIT_ASSERT_EQ(test, register_kprobe(&c.kp), 0);
	before = c.kp.opcode;
	KUNIT_EXPECT_EQ(test, word_at(c.kp.addr), (u32)PPC_INST_TRAP);
	KUNIT_EXPECT_PTR_EQ(test, get_kprobe(c.kp.addr), &c.kp);
	KUNIT_EXPECT_EQ(test, probed_sum(10), 55UL);
	KUNIT_EXPECT_EQ(test, probed_sum(4), 10UL);
	unregister_kprobe(&c.kp);
	KUNIT_EXPECT_EQ(test, c.pre, 2U);
	KUNIT_EXPECT_EQ(test, c.post, 2U);
	KUNIT_EXPECT_EQ(test, c.arg, 4UL);
	KUNIT_EXPECT_EQ(test, c.next, (unsigned long)(c.kp.addr + 1));
	KUNIT_EXPECT_EQ(test, c.open, 0U);
	KUNIT_EXPECT_EQ(test, word_at(c.kp.addr), before);
	KUNIT_EXPECT_EQ(test, probed_sum(3), 6UL);
	KUNIT_EXPECT_EQ(test, c.pre, 2U);
	KUNIT_EXPECT_FALSE(test, irqs_disabled());
	KUNIT_EXPECT_FALSE(test, in_atomic());
}

static void by_name_means_the_local_entry(struct kunit *test)
{
	struct counter c = COUNTER_AT("register_kprobe"), global = COUNTER_AT(NULL);

	KUNIT_EXPECT_EQ(test, register_kprobe(&c.kp), -EINVAL);
	c = (struct counter)COUNTER_AT("kallsyms_lookup_name");
	global.kp.addr = (kprobe_opcode_t *)kallsyms_lookup_name;
	KUNIT_ASSERT_EQ(test, register_kprobe(&c.kp), 0);
	KUNIT_EXPECT_EQ(test, register_kprobe(&global.kp), 0);
	KUNIT_EXPECT_PTR_EQ(test, c.kp.addr, global.kp.addr + 2);
	unregister_kprobe(&global.kp);
	unregister_kprobe(&c.kp);
}

static void several_at_one_address(struct kunit *test)
{
	struct counter a = COUNTER_AT("probed_sum"), b = COUNTER_AT("probed_sum"), c = COUNTER_AT("probed_sum");
	struct kprobe *all[] = { &a.kp, &b.kp, &c.kp };

	c.kp.flags = KPROBE_FLAG_DISABLED;
	KUNIT_ASSERT_EQ(test, register_kprobes(all, 3), 0);
	KUNIT_EXPECT_EQ(test, a.kp.opcode, b.kp.opcode);
	KUNIT_EXPECT_EQ(test, probed_sum(2), 3UL);
	unregister_kprobe(&a.kp);
	KUNIT_EXPECT_EQ(test, probed_sum(2), 3UL);
	KUNIT_EXPECT_EQ(test, enable_kprobe(&c.kp), 0);
	KUNIT_EXPECT_EQ(test, disable_kprobe(&b.kp), 0);
	KUNIT_EXPECT_EQ(test, probed_sum(2), 3UL);
	KUNIT_EXPECT_EQ(test, a.pre, 1U);
	KUNIT_EXPECT_EQ(test, b.pre, 2U);
	KUNIT_EXPECT_EQ(test, c.pre, 1U);
	KUNIT_EXPECT_EQ(test, disable_kprobe(&c.kp), 0);
	KUNIT_EXPECT_EQ(test, word_at(c.kp.addr), c.kp.opcode);
	unregister_kprobes(all + 1, 2);
	KUNIT_EXPECT_EQ(test, kprobe_slots_used(), 0U);
}

static int skip_function(struct kprobe *p, struct pt_regs *regs)
{
	regs->gpr[3] = 77;
	regs->nip = regs->link;
	return 1;
}

static void a_handler_may_go_elsewhere(struct kunit *test)
{
	struct counter last = COUNTER_AT("probed_sum");
	struct kprobe first = { .symbol_name = "probed_sum", .pre_handler = skip_function };

	KUNIT_ASSERT_EQ(test, register_kprobe(&first), 0);
	KUNIT_EXPECT_EQ(test, register_kprobe(&last.kp), 0);
	KUNIT_EXPECT_EQ(test, probed_sum(10), 77UL);
	unregister_kprobe(&last.kp);
	unregister_kprobe(&first);
	KUNIT_EXPECT_EQ(test, last.pre, 0U);
	KUNIT_EXPECT_EQ(test, probed_sum(10), 55UL);
}

/* ---- hits inside handlers ---- */

static noinline unsigned long used_by_handler(unsigned long n)
{
	barrier();
	return n + 1;
}

static int call_probed(struct kprobe *p, struct pt_regs *regs)
{
	return used_by_handler(1) + probed_sum(2) != 5;
}

static void hits_in_a_handler_are_missed(struct kunit *test)
{
	struct counter inner = COUNTER_AT("used_by_handler");
	struct kprobe outer = { .symbol_name = "probed_sum", .pre_handler = call_probed };

	KUNIT_ASSERT_EQ(test, register_kprobe(&inner.kp), 0);
	KUNIT_EXPECT_EQ(test, register_kprobe(&outer), 0);
	KUNIT_EXPECT_EQ(test, probed_sum(10), 55UL);
	KUNIT_EXPECT_EQ(test, used_by_handler(3), 4UL);
	unregister_kprobe(&outer);
	unregister_kprobe(&inner.kp);
	KUNIT_EXPECT_EQ(test, outer.nmissed, 1UL);
	KUNIT_EXPECT_EQ(test, inner.kp.nmissed, 1UL);
	KUNIT_EXPECT_EQ(test, inner.pre, 1U);
	KUNIT_EXPECT_EQ(test, inner.post, 1U);
}

/* ---- what is refused ---- */

static void expect_refusal(struct kunit *test, const char *symbol, unsigned int offset, void *addr, int err)
{
	struct counter c = COUNTER_AT(symbol);

	c.kp.offset = offset;
	c.kp.addr = addr;
	KUNIT_EXPECT_EQ_MSG(test, register_kprobe(&c.kp), err, "%s+%x %ps", symbol ?: "", offset, addr);
	KUNIT_EXPECT_EQ(test, enable_kprobe(&c.kp), -EINVAL);
	unregister_kprobe(&c.kp);
}

static void places_that_are_refused(struct kunit *test)
{
	static const char *const needed[] = { "trap_dispatch", "trap_common", "kprobe_trap", "insn_emulate", "hv_step",
					      "patch_instruction", "real_mode_store32", "__switch_to", "_start" };
	static unsigned long data;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(needed); i++)
		expect_refusal(test, needed[i], 0, NULL, -EINVAL);
	expect_refusal(test, "no_such_function", 0, NULL, -ENOENT);
	expect_refusal(test, "probed_sum", 0, probed_sum, -EINVAL);
	expect_refusal(test, NULL, 0, NULL, -EINVAL);
	expect_refusal(test, "probed_sum", 2, NULL, -EINVAL);
	expect_refusal(test, NULL, 0, &data, -EINVAL);
	expect_refusal(test, NULL, 0, (void *)8, -EINVAL);
	expect_refusal(test, "probed_sum", 0x10000000, NULL, -EINVAL);
}

static void registered_once(struct kunit *test)
{
	struct counter c = COUNTER_AT("probed_sum"), bad = COUNTER_AT("no_such_function");
	struct kprobe *both[] = { &c.kp, &bad.kp };

	KUNIT_EXPECT_EQ(test, register_kprobes(both, 2), -ENOENT);
	KUNIT_EXPECT_EQ(test, register_kprobes(both, 0), -EINVAL);
	KUNIT_EXPECT_EQ(test, word_at(c.kp.addr), c.kp.opcode);
	c.kp.addr = NULL;
	KUNIT_ASSERT_EQ(test, register_kprobe(&c.kp), 0);
	c.kp.addr = NULL;
	KUNIT_EXPECT_EQ(test, register_kprobe(&c.kp), -EINVAL);
	c.kp.addr = (kprobe_opcode_t *)arch_function_entry((unsigned long)probed_sum);
	unregister_kprobe(&c.kp);
	unregister_kprobe(&c.kp);
	KUNIT_EXPECT_EQ(test, disable_kprobe(&c.kp), -EINVAL);
}

static void not_where_the_shim_is(struct kunit *test)
{
	struct counter c = COUNTER_AT("probed_sum");
	unsigned long entry = arch_function_entry((unsigned long)probed_sum);

	KUNIT_ASSERT_EQ(test, hv_steal_at(entry, 1, 2), 0);
	KUNIT_EXPECT_EQ(test, register_kprobe(&c.kp), -EBUSY);
	KUNIT_EXPECT_EQ(test, probed_sum(10), 55UL);
	hv_steal_at_stop();
	KUNIT_ASSERT_EQ(test, register_kprobe(&c.kp), 0);
	KUNIT_EXPECT_EQ(test, hv_steal_at(entry, 1, 2), -EBUSY);
	KUNIT_EXPECT_EQ(test, hv_steal_at(entry + 4, 1, 2), 0);
	KUNIT_EXPECT_EQ(test, probed_sum(10), 55UL);
	hv_steal_at_stop();
	unregister_kprobe(&c.kp);
	KUNIT_EXPECT_EQ(test, c.pre, 1U);
}

/* ---- together with the function tracer ---- */

static unsigned int entered;

static notrace void count_entry(unsigned long ip, unsigned long parent_ip, struct ftrace_ops *op,
				struct ftrace_regs *fregs)
{
	entered++;
}

static struct ftrace_ops count_entries = { .func = count_entry };

static void not_where_the_tracer_calls(struct kunit *test)
{
	unsigned long site = ftrace_location((unsigned long)probed_sum);

	KUNIT_ASSERT_NE(test, site, 0UL);
	expect_refusal(test, NULL, 0, (void *)site, -EINVAL);
	KUNIT_EXPECT_EQ(test, ftrace_set_filter_ip(&count_entries, site, 0, 1), 0);
	KUNIT_EXPECT_EQ(test, register_ftrace_function(&count_entries), 0);
	expect_refusal(test, NULL, 0, (void *)site, -EINVAL);
	KUNIT_EXPECT_EQ(test, unregister_ftrace_function(&count_entries), 0);
	ftrace_free_filter(&count_entries);
}

/* The probes before and behind the site come first or second, and go first or second. */
static void expect_both_count(struct kunit *test, bool probes_first)
{
	unsigned long site = ftrace_location((unsigned long)probed_sum);
	struct counter before = COUNTER_AT(NULL), behind = COUNTER_AT(NULL);
	struct kprobe *both[] = { &before.kp, &behind.kp };

	entered = 0;
	before.kp.addr = (kprobe_opcode_t *)site - 1;
	behind.kp.addr = (kprobe_opcode_t *)site + 1;
	KUNIT_EXPECT_EQ(test, ftrace_set_filter_ip(&count_entries, site, 0, 1), 0);
	if (probes_first)
		KUNIT_EXPECT_EQ(test, register_kprobes(both, 2), 0);
	KUNIT_EXPECT_EQ(test, register_ftrace_function(&count_entries), 0);
	if (!probes_first)
		KUNIT_EXPECT_EQ(test, register_kprobes(both, 2), 0);
	KUNIT_EXPECT_EQ(test, probed_sum(10), 55UL);
	if (probes_first)
		unregister_kprobes(both, 2);
	KUNIT_EXPECT_EQ(test, unregister_ftrace_function(&count_entries), 0);
	KUNIT_EXPECT_EQ(test, probed_sum(4), 10UL);
	unregister_kprobes(both, 2);
	KUNIT_EXPECT_EQ(test, before.pre, probes_first ? 1U : 2U);
	KUNIT_EXPECT_EQ(test, behind.pre, before.pre);
	KUNIT_EXPECT_EQ(test, before.arg, probes_first ? 10UL : 4UL);
	KUNIT_EXPECT_EQ(test, entered, 1U);
	ftrace_free_filter(&count_entries);
}

static void probed_and_traced(struct kunit *test)
{
	expect_both_count(test, true);
	expect_both_count(test, false);
	KUNIT_EXPECT_EQ(test, word_at((void *)ftrace_location((unsigned long)probed_sum)), (u32)PPC_INST_NOP);
}

static void out_of_memory(struct kunit *test)
{
	struct counter c = COUNTER_AT("probed_sum");
	struct mm_stat before, after;
	unsigned int nth;
	bool failed = true;
	int err;

	mm_stat(&before);
	for (nth = 1; failed && nth < MOST_ALLOCATIONS; nth++) {
		fail_nth_start(nth);
		err = register_kprobe(&c.kp);
		failed = fail_nth_end();
		KUNIT_EXPECT_EQ_MSG(test, err, failed ? -ENOMEM : 0, "allocation %u", nth);
		mm_stat(&after);
		if (failed)
			KUNIT_EXPECT_EQ(test, after.kmalloc_objects, before.kmalloc_objects);
	}
	KUNIT_EXPECT_GT(test, nth, 2U);
	unregister_kprobe(&c.kp);
	KUNIT_EXPECT_EQ(test, kprobe_slots_used(), 0U);
}

/* ---- many CPUs ---- */

/**
 * struct caller - a thread that calls the probed function
 * @task: it
 * @calls: how often it has
 * @wrong: how often the answer was not the right one
 */
struct caller {
	struct task_struct *task;
	unsigned long calls;
	unsigned long wrong;
};

static int call_again_and_again(void *data)
{
	struct caller *c = data;

	while (!kthread_should_stop()) {
		c->wrong += probed_sum(4) != 10;
		WRITE_ONCE(c->calls, c->calls + 1);
		cpu_relax();
		cond_resched();
	}
	return 0;
}

static unsigned int start_callers(struct caller *callers)
{
	unsigned int cpu, n = 0;

	for_each_online_cpu(cpu) {
		if (cpu == (unsigned int)raw_smp_processor_id() || n == MOST_CALLERS)
			continue;
		callers[n].task = kthread_create_on_cpu(call_again_and_again, &callers[n], cpu, "caller/%u");
		if (IS_ERR(callers[n].task))
			break;
		wake_up_process(callers[n++].task);
	}
	return n;
}

/* Return: whether there has been one, before the bound. */
static bool wait_for_call(const struct caller *c)
{
	unsigned long before = READ_ONCE(c->calls);
	u64 start = mftb();

	while (READ_ONCE(c->calls) == before && mftb() - start < BOUND_SECONDS * boot_info.tb_freq) {
		cpu_relax();
		cond_resched();
	}
	return READ_ONCE(c->calls) != before;
}

/* Every now and then one of the callers, in turn, has to get through with the probe armed. */
static void arm_and_disarm(struct kunit *test, struct counter *c, unsigned int rounds)
{
	struct caller callers[MOST_CALLERS] = { 0 };
	unsigned int n, i, round;
	unsigned long total = 0;

	n = start_callers(callers);
	for (round = 0; n && round < rounds; round++) {
		if (round % ROUNDS_PER_CALL == 0)
			KUNIT_EXPECT_TRUE(test, wait_for_call(&callers[round / ROUNDS_PER_CALL % n]));
		KUNIT_EXPECT_EQ(test, disable_kprobe(&c->kp), 0);
		KUNIT_EXPECT_EQ(test, enable_kprobe(&c->kp), 0);
	}
	for (i = 0; i < n; i++) {
		kthread_stop(callers[i].task);
		KUNIT_EXPECT_EQ(test, callers[i].wrong, 0UL);
		total += callers[i].calls;
	}
	kunit_info(test, "%u rounds, %lu calls, %u of them hit the probe\n", rounds, total, c->pre);
	KUNIT_EXPECT_TRUE(test, !n || c->pre);
}

static void armed_and_disarmed_under_calls(struct kunit *test)
{
	struct counter c = COUNTER_AT("probed_sum");

	KUNIT_ASSERT_EQ(test, register_kprobe(&c.kp), 0);
	arm_and_disarm(test, &c, storm);
	unregister_kprobe(&c.kp);
}

static struct kunit_case kprobe_cases[] = {
	KUNIT_CASE(hits_call_both_handlers),
	KUNIT_CASE(by_name_means_the_local_entry),
	KUNIT_CASE(several_at_one_address),
	KUNIT_CASE(a_handler_may_go_elsewhere),
	KUNIT_CASE(hits_in_a_handler_are_missed),
	KUNIT_CASE(places_that_are_refused),
	KUNIT_CASE(registered_once),
	KUNIT_CASE(not_where_the_shim_is),
	KUNIT_CASE(not_where_the_tracer_calls),
	KUNIT_CASE(probed_and_traced),
	KUNIT_CASE(out_of_memory),
	KUNIT_CASE(armed_and_disarmed_under_calls),
	{}
};

static struct kunit_suite kprobe_suite = { .name = "kprobes", .test_cases = kprobe_cases };
kunit_test_suite(kprobe_suite);
