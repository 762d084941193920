// SPDX-License-Identifier: GPL-2.0
/*
 * A probe on each instruction of a function in turn: the function must do what it did without. In between, all kinds of
 * instructions, and those that fault.
 */
#include <asm/cputable.h>
#include <asm/reg.h>
#include <kunit/test.h>
#include <linux/errno.h>
#include <linux/irqflags.h>
#include <linux/kallsyms.h>
#include <linux/kprobes.h>
#include <linux/preempt.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <stopgap/catch.h>

#include "internal.h"

static unsigned long hits;

static int count_hit(struct kprobe *p, struct pt_regs *regs)
{
	hits++;
	return 0;
}

/* What has been tried on a function. */
struct tally {
	unsigned int probed, refused, hit;
};

/*
 * Each probe stops the machine twice, which takes milliseconds where more CPUs run than the host has. What is tested here
 * does not depend on their number.
 */
static unsigned int stride(struct kunit *test)
{
	if (num_online_cpus() > 2)
		kunit_skip(test, "takes long with more than 2 CPUs");
	return num_online_cpus() > 1 ? 20 : 1;
}

/* One probe at @addr while @works is called, which says whether all is well. */
static void probe_one(struct kunit *test, unsigned long addr, bool (*works)(void), struct tally *tally)
{
	struct kprobe p = { .addr = (kprobe_opcode_t *)addr, .pre_handler = count_hit };
	int err = register_kprobe(&p);

	if (err) {
		tally->refused += err == -EINVAL;
		return;
	}
	tally->probed++;
	hits = 0;
	KUNIT_EXPECT_TRUE_MSG(test, works(), "%pS: %08x", (void *)addr, p.opcode);
	KUNIT_EXPECT_FALSE(test, irqs_disabled());
	KUNIT_EXPECT_FALSE(test, in_atomic());
	tally->hit += hits != 0;
	unregister_kprobe(&p);
}

static struct tally probe_each(struct kunit *test, const void *function, bool (*works)(void), unsigned int stride)
{
	unsigned long start = (unsigned long)function, size, offset, addr;
	struct tally tally = { 0 };

	KUNIT_ASSERT_EQ(test, kallsyms_lookup_size_offset(start, &size, &offset), 1);
	KUNIT_ASSERT_EQ(test, offset, 0UL);
	for (addr = start; addr < start + size; addr += 4 * stride)
		probe_one(test, addr, works, &tally);
	kunit_info(test, "%ps: %u instructions probed, %u of them hit, %u refused\n", function, tally.probed, tally.hit,
		   tally.refused);
	KUNIT_EXPECT_EQ(test, kprobe_slots_used(), 0U);
	return tally;
}

/* ---- all kinds of instructions ---- */

unsigned long all_kinds(unsigned long n, unsigned long *mem);

/*
 * Each part adds what it should to r5, so a wrong turn shows. Every branch of the ISA's table that code uses; r1 updated,
 * LR, CTR, CR and XER moved about; larx and stcx; what is never executed: sc, trap, a prefixed instruction.
 */
__asm__(
"	.pushsection .text\n"
"	.balign 16\n"
"	.globl	all_kinds\n"
"	.type	all_kinds,@function\n"
"all_kinds:\n"
"	mflr	0\n"
"	std	0,16(1)\n"
"	stdu	1,-64(1)\n"
"	li	5,0\n"
"	mtctr	3\n"
"1:	addi	5,5,1\n"		/* a loop: r5 = n */
"	bdnz	1b\n"
"	cmpdi	cr7,3,10\n"
"	bne	cr7,9f\n"
"	beq+	cr7,2f\n"
"	b	9f\n"
"2:	bl	3f\n"			/* a call; back with +100 */
"	b	4f\n"
"3:	addi	5,5,100\n"
"	blr\n"
"4:	bcl	20,31,5f\n"		/* where am I? */
"5:	mflr	6\n"
"	addi	6,6,6f-5b\n"
"	mtctr	6\n"
"	bctr\n"
"	b	9f\n"
"6:	addi	6,6,3b-6b\n"
"	mtctr	6\n"
"	bctrl\n"			/* +100 */
"	cmpdi	5,0\n"
"	beqlr\n"			/* not taken */
"	bcl	4,2,7f\n"		/* taken, and LR set */
"7:	mfcr	7\n"
"	crclr	2\n"
"	mtcrf	0x80,7\n"
"	bne	8f\n"
"	b	9f\n"
"8:	lnia	8\n"			/* addpcis 8,0 */
"	mfmsr	9\n"
"	mfxer	9\n"
"	addic	10,5,-1\n"
"	mtxer	9\n"
"11:	ldarx	9,0,4\n"
"	addi	9,9,1\n"
"	stdcx.	9,0,4\n"
"	bne-	11b\n"
"	lwzu	9,4(4)\n"
"	stwu	9,4(4)\n"
"	twlgti	5,30000\n"		/* traps that do not */
"	tdeqi	1,0\n"
"	b	10f\n"
"	sc	1\n"
"	trap\n"
"	.long	0x06000000, 0x38600005\n"	/* pli 3,5 */
"	.long	0x06100000, 0x38600000\n"	/* pla 3,0 */
"9:	li	5,0\n"
"10:	mr	3,5\n"
"	addi	1,1,64\n"
"	ld	0,16(1)\n"
"	mtlr	0\n"
"	blr\n"
"	.size	all_kinds,.-all_kinds\n"
"	.popsection\n");

#define ALL_KINDS_OF(n)	((n) + 200)
/* sc, trap, ldarx, the addi behind it, stdcx., the suffix of pli, both words of pla */
#define ALL_KINDS_REFUSED	8

static bool all_kinds_works(void)
{
	unsigned long mem[2] = { 41, 0x1234567800000000 };

	return all_kinds(10, mem) == ALL_KINDS_OF(10) && mem[0] == 42 && mem[1] == 42ul << 32;
}

static void each_of_all_kinds(struct kunit *test)
{
	unsigned int every = stride(test);
	struct tally tally;

	KUNIT_ASSERT_TRUE(test, all_kinds_works());
	tally = probe_each(test, all_kinds, all_kinds_works, every);
	if (every > 1)
		return;
	KUNIT_EXPECT_EQ(test, tally.refused, (unsigned int)ALL_KINDS_REFUSED);
	/* Not executed: four branches to 9f, pli, and what is at 9. */
	KUNIT_EXPECT_EQ(test, tally.hit, tally.probed - 5);
}

/* ---- the kernel's own functions ---- */

static bool sprintf_works(void)
{
	char buf[64];

	return snprintf(buf, sizeof(buf), "%d %5x|%-6s|%016lx", -5, 0xabcu, "ab", 0x1234ul) == 32 &&
	       !strcmp(buf, "-5   abc|ab    |0000000000001234");
}

static void each_of_vsnprintf(struct kunit *test)
{
	KUNIT_ASSERT_TRUE(test, sprintf_works());
	KUNIT_EXPECT_GT(test, probe_each(test, vsnprintf, sprintf_works, stride(test)).hit, 50U / stride(test));
}

static bool kmalloc_works(void)
{
	char *a = kmalloc(40, GFP_KERNEL), *b = kmalloc(40, GFP_KERNEL);
	bool works = a && b && a != b;

	kfree(a);
	kfree(b);
	return works;
}

/* Takes a spinlock with interrupts off, so reads and writes the soft mask and the preemption count. */
static void each_of_kfree(struct kunit *test)
{
	KUNIT_ASSERT_TRUE(test, kmalloc_works());
	KUNIT_EXPECT_GT(test, probe_each(test, kfree, kmalloc_works, stride(test)).hit, 20U / stride(test));
}

/* ---- faults ---- */

static bool nofault_works(void)
{
	long a = 5, b = 0;

	return copy_from_kernel_nofault(&b, &a, sizeof(b)) == 0 && b == 5 &&
	       copy_from_kernel_nofault(&b, (void *)8, sizeof(b)) == -EFAULT;
}

static void a_step_that_faults_is_fixed_up(struct kunit *test)
{
	KUNIT_ASSERT_TRUE(test, nofault_works());
	KUNIT_EXPECT_GT(test, probe_each(test, copy_from_kernel_nofault, nofault_works, stride(test)).hit, 8U / stride(test));
}

unsigned long load_from(const void *addr);
unsigned long read_msr(void);
unsigned long load_prefixed(void);
void trap_if_zero(unsigned long n);

__asm__(
"	.pushsection .text\n"
"	.globl	load_from\n"
"	.type	load_from,@function\n"
"load_from:\n"
"	ld	3,0(3)\n"
"	blr\n"
"	.size	load_from,.-load_from\n"
"	.globl	read_msr\n"
"	.type	read_msr,@function\n"
"read_msr:\n"
"	mfmsr	3\n"
"	blr\n"
"	.size	read_msr,.-read_msr\n"
"	.balign	64\n"			/* a prefixed instruction does not cross 64 bytes */
"	.globl	load_prefixed\n"
"	.type	load_prefixed,@function\n"
"load_prefixed:\n"
"	.long	0x06000001, 0x38600005\n"	/* pli 3,0x10005 */
"	blr\n"
"	.size	load_prefixed,.-load_prefixed\n"
"	.globl	trap_if_zero\n"
"	.type	trap_if_zero,@function\n"
"trap_if_zero:\n"
"	tdeqi	3,0\n"
"	blr\n"
"	.size	trap_if_zero,.-trap_if_zero\n"
"	.popsection\n");

/* The trap that @fn(@arg) runs into; .trap is 0 if none. */
static struct pt_regs trap_of(void (*fn)(unsigned long), unsigned long arg)
{
	struct fault_catch c = { .regs = { .trap = 0 } };

	if (!catch_fault(&c))
		fn(arg);
	catch_end(&c);
	return c.regs;
}

static void load_something(unsigned long addr)
{
	load_from((void *)addr);
}

static void expect_trap_at(struct kunit *test, void (*fn)(unsigned long), void *insn, unsigned long trap)
{
	struct kprobe p = { .addr = insn, .pre_handler = count_hit };
	struct pt_regs regs;

	KUNIT_ASSERT_EQ(test, register_kprobe(&p), 0);
	hits = 0;
	regs = trap_of(fn, 0);
	KUNIT_EXPECT_EQ(test, regs.trap, trap);
	KUNIT_EXPECT_EQ(test, regs.nip, (unsigned long)insn);
	KUNIT_EXPECT_EQ(test, regs.msr & (MSR_SE | MSR_EE), mfmsr() & MSR_EE);
	KUNIT_EXPECT_EQ(test, trap_of(fn, (unsigned long)&regs).trap, 0UL);
	KUNIT_EXPECT_EQ(test, hits, 2UL);
	unregister_kprobe(&p);
}

static void a_step_that_faults_is_the_codes_fault(struct kunit *test)
{
	expect_trap_at(test, load_something, load_from, 0x300);
	expect_trap_at(test, trap_if_zero, trap_if_zero, 0x700);
}

/* Were it stepped, it would see MSR[SE] on and MSR[EE] off. */
static void the_msr_does_not_show_the_probe(struct kunit *test)
{
	struct kprobe p = { .addr = (kprobe_opcode_t *)read_msr, .pre_handler = count_hit };
	unsigned long msr = read_msr();

	KUNIT_ASSERT_EQ(test, register_kprobe(&p), 0);
	KUNIT_EXPECT_EQ(test, read_msr(), msr);
	unregister_kprobe(&p);
}

static void a_prefixed_instruction(struct kunit *test)
{
	struct kprobe p = { .addr = (kprobe_opcode_t *)load_prefixed, .pre_handler = count_hit };
	struct kprobe half = { .addr = (kprobe_opcode_t *)load_prefixed + 1, .pre_handler = count_hit };

	KUNIT_EXPECT_EQ(test, register_kprobe(&half), -EINVAL);
	KUNIT_ASSERT_EQ(test, register_kprobe(&p), 0);
	hits = 0;
	if (cpu_has_prefixed_insns()) {
		KUNIT_EXPECT_EQ(test, load_prefixed(), 0x10005UL);
		KUNIT_EXPECT_EQ(test, hits, 1UL);
	}
	unregister_kprobe(&p);
}

static int fault_and_catch(struct kprobe *p, struct pt_regs *regs)
{
	hits += trap_of(load_something, 8).trap == 0x300;
	return 0;
}

/* What the thread has armed around a probed function is not for the handlers' faults; they arm their own. */
static void handlers_catch_their_own_faults(struct kunit *test)
{
	struct kprobe p = { .symbol_name = "all_kinds", .pre_handler = fault_and_catch };
	struct fault_catch c;

	KUNIT_ASSERT_EQ(test, register_kprobe(&p), 0);
	hits = 0;
	if (!catch_fault(&c))
		KUNIT_EXPECT_TRUE(test, all_kinds_works());
	else
		kunit_fail(test, &(struct kunit_loc){ __FILE__, __LINE__, false }, "caught outside");
	catch_end(&c);
	KUNIT_EXPECT_EQ(test, hits, 1UL);
	unregister_kprobe(&p);
}

static struct kunit_case step_cases[] = {
	KUNIT_CASE(each_of_all_kinds),
	KUNIT_CASE(each_of_vsnprintf),
	KUNIT_CASE(each_of_kfree),
	KUNIT_CASE(a_step_that_faults_is_fixed_up),
	KUNIT_CASE(a_step_that_faults_is_the_codes_fault),
	KUNIT_CASE(the_msr_does_not_show_the_probe),
	KUNIT_CASE(a_prefixed_instruction),
	KUNIT_CASE(handlers_catch_their_own_faults),
	{}
};

static struct kunit_suite step_suite = { .name = "kprobes_step", .test_cases = step_cases };
kunit_test_suite(step_suite);
